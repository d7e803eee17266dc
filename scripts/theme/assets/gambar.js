// A picture as large as the screen, for a class that looks at the wall: one button below each picture.
// @ts-check
import { make } from "./sigap.js";

/** @param {HTMLImageElement} picture @param {HTMLElement} from where the keyboard goes back to */
const show = (picture, from) => {
  const close = make("button", { type: "button", className: "tombol" }, "Tutup gambar");
  const large = make("img", { src: picture.src, alt: picture.alt });
  const dialog = make("dialog", { className: "layar" }, large, close);
  dialog.setAttribute("aria-label", "Gambar");
  dialog.addEventListener("close", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    dialog.remove();
    from.focus();
  });
  // Escape leaves the full screen first; the dialog goes with it, so that one key is enough.
  dialog.addEventListener("fullscreenchange", () => document.fullscreenElement || dialog.close());
  close.addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  dialog.requestFullscreen?.().catch(() => {});
};

for (const picture of /** @type {NodeListOf<HTMLImageElement>} */ (document.querySelectorAll("article :is(p, li) > img:only-child"))) {
  const button = make("button", { type: "button", className: "tombol tayang" }, "Tayangkan gambar");
  button.setAttribute("aria-label", `Tayangkan gambar: ${picture.alt.split(/[.:]/)[0]}`);
  button.addEventListener("click", () => show(picture, button));
  picture.after(button);
}
