// Lead on to where the page says, keeping query and fragment.
// @ts-check
{
  const { ke } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  if (ke) location.replace(ke + location.search + location.hash);
}
