// Light or dark before the first paint, as the reader chose; without a choice the device decides.
try {
  const chosen = localStorage.getItem("sigap:tema");
  if (chosen) document.documentElement.dataset.tema = chosen;
} catch {
  // a browser that keeps nothing: the device decides
}
