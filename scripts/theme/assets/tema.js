// What must be known before the first paint: light or dark, as the reader chose (without a choice the device decides),
// and whether the address opens a planner, whose room is kept so that the page below does not jump.
try {
  const chosen = localStorage.getItem("sigap:tema");
  if (chosen) document.documentElement.dataset.tema = chosen;
} catch {
  // a browser that keeps nothing: the device decides
}
if (new URLSearchParams(location.search).has("susun")) document.documentElement.dataset.susun = "";
