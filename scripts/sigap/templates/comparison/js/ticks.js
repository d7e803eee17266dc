// "Sudah dibaca": which changes of a pair this reader has ticked off, kept in the browser alone.
import { kept } from "./dom.js";

/** @param {string} pair names the pair, alike in both directions */
export function ticksOf(pair) {
  const key = `sigap-dibaca:${pair}`;
  /** @type {Set<number>} */
  const read = new Set((kept(key) ?? "").split(",").filter(Boolean).map(Number));
  return {
    has: (/** @type {number} */ number) => read.has(number),
    /** @param {number} number @param {boolean} on */
    set(number, on) {
      if (on) read.add(number);
      else read.delete(number);
      kept(key, [...read].join());
    },
    count: (/** @type {number[]} */ numbers) => numbers.filter((number) => read.has(number)).length,
  };
}
