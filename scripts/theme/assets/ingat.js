// What a reader typed or chose on a page: kept in this browser, never sent, gone when it is emptied.
// @ts-check
import { kode } from "./sigap.js";

const versi = document.querySelector('meta[name="sigap:versi"]')?.getAttribute("content") ?? "";
const [folder, page] = location.pathname.split("/").filter(Boolean).slice(-2);

/** @param {string} what */
export const memory = (what) => {
  const place = `sigap:${what}:${kode || folder}:${versi}:${page}`;
  return {
    /** @returns {Record<string, string>} */
    kept: () => {
      try {
        return JSON.parse(localStorage.getItem(place) ?? "{}") ?? {};
      } catch {
        return {};
      }
    },
    /** @param {Record<string, string>} values */
    keep: (values) => {
      try {
        Object.keys(values).length ? localStorage.setItem(place, JSON.stringify(values)) : localStorage.removeItem(place);
      } catch {
        // a browser that keeps nothing still lets the page be filled in and printed
      }
    },
  };
};
