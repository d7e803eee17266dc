// Stepping: from change to change by button or key, with the address following.
import { kept, node } from "./dom.js";
import { unitOf } from "./address.js";

const KEYS = "sigap-pintasan";

/**
 * @param {HTMLElement} bar
 * @param {HTMLElement} within the comparison: keys work in it alone
 */
export function stepping(bar, within) {
  const status = /** @type {HTMLElement} */ (document.getElementById("hitung"));
  const keys = /** @type {HTMLButtonElement} */ (document.getElementById("pintasan"));
  let total = 0;
  /** @type {() => number[]} */
  let shown = () => [];
  /** @type {(number: number) => void} */
  let seen = () => {};
  let at = 0;

  const say = () => {
    const numbers = shown();
    const hidden = numbers.length < total ? `, ${numbers.length} ditampilkan` : "";
    status.textContent = total ? `Perubahan ${at || "–"} dari ${total}${hidden}` : "Tidak ada perubahan teks";
  };
  const element = (/** @type {number} */ number) => document.getElementById(`u-${number}`);

  /** In the whole text, on to the first mark where it is below the screen. @param {Element} from @param {number} room */
  const follow = (from, room) => {
    const marks = [...within.querySelectorAll('.teks [data-r]:not([data-r="n"])')];
    const mark = marks.find((one) => from.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING && one.getClientRects().length);
    if (mark && mark.getBoundingClientRect().top > room) mark.scrollIntoView({ block: "center" });
  };

  /** Go to a change; one that is taller than the screen is entered at its top. @param {number} number */
  const go = (number) => {
    const target = element(number);
    if (!target) return false;
    for (const before of within.querySelectorAll(".kini")) before.classList.remove("kini");
    at = number;
    target.classList.add("kini");
    target.focus({ preventScroll: true });
    const room = innerHeight - bar.offsetHeight - 80;
    target.scrollIntoView({ block: target.offsetHeight > room || target.matches(".tanda") ? "start" : "center" });
    if (target.matches(".tanda")) follow(target, room);
    say();
    seen(number);
    return true;
  };
  const step = (/** @type {number} */ by) => {
    const numbers = shown();
    if (!numbers.length) return;
    const next = by > 0 ? numbers.find((number) => number > at) ?? numbers[0] : numbers.findLast((number) => number < at) ?? numbers.at(-1);
    history.replaceState(history.state, "", `${location.search}#u-${next}`);
    go(/** @type {number} */ (next));
  };

  const allowed = () => kept(KEYS) !== "mati";
  const showKeys = () => {
    keys.setAttribute("aria-pressed", String(allowed()));
    keys.replaceChildren("Pintasan ", node("kbd", { textContent: "n" }), " ", node("kbd", { textContent: "p" }));
    keys.title = allowed() ? "Matikan pintasan satu huruf" : "Nyalakan pintasan satu huruf";
  };
  keys.addEventListener("click", () => { kept(KEYS, allowed() ? "mati" : "nyala"); showKeys(); });
  showKeys();
  document.getElementById("maju")?.addEventListener("click", () => step(1));
  document.getElementById("mundur")?.addEventListener("click", () => step(-1));
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const inside = target === document.body || within.contains(target) || bar.contains(target);
    if (bar.hidden || !inside || !allowed() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
  });

  return {
    go,
    say,
    get at() { return at; },
    /**
     * @param {number} count of the whole list
     * @param {() => number[]} visible the numbers that may be stepped to now
     * @param {(number: number) => void} onSeen
     */
    begin(count, visible, onSeen) {
      [total, shown, seen] = [count, visible, onSeen];
      at = 0;
      bar.hidden = false;
      say();
      const wanted = unitOf();
      if (wanted) go(wanted);
    },
  };
}
