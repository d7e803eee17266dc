// Pages that were visited or saved open without a network. What is kept belongs to a numbered edition, never to the
// alias `terbaru`: a reader who is offline gets one edition whole, not a mixture of two.
// @ts-check
/// <reference lib="webworker" />

const sw = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const ROOT = new URL("./", sw.location.href);
const VERSIONS = new URL("versions.json", ROOT).href;
const SHARED = "sigap-bersama";
const PATIENCE = 4000;
const of = (/** @type {string} */ edition) => `sigap-edisi-${edition}`;
const EDITION = /^\d{4}\.\d+$/;

sw.addEventListener("install", () => sw.skipWaiting());
sw.addEventListener("activate", (event) => event.waitUntil(sw.clients.claim()));

/** The list of editions: fresh where there is a network, else as it was last seen. */
const versions = async () => {
  const shared = await caches.open(SHARED);
  try {
    const answer = await timed(new Request(VERSIONS));
    if (answer.ok) await put(shared, VERSIONS, answer.clone());
    return answer.ok ? await answer.json() : [];
  } catch {
    return (await shared.match(VERSIONS))?.json() ?? [];
  }
};

/** @param {Request} request */
const timed = (request) =>
  Promise.race([fetch(request), new Promise((_, late) => setTimeout(() => late(new Error("lambat")), PATIENCE))]);

/** A full disk costs the copy, never the page. @param {Cache} cache @param {string} key @param {Response} answer */
const put = (cache, key, answer) => cache.put(key, answer).catch(() => undefined);

/**
 * The edition and the address under which a request is kept; undefined for what belongs to no edition.
 * @param {URL} url
 */
const place = async (url) => {
  const [first, ...rest] = url.pathname.slice(ROOT.pathname.length).split("/");
  if (EDITION.test(first)) return { edition: first, key: new URL([first, ...rest].join("/"), ROOT).href };
  if (first !== "terbaru") return undefined;
  const shared = await caches.open(SHARED);
  const known = (await (await shared.match(VERSIONS))?.json()) ?? (await versions());
  const newest = known.find((/** @type {any} */ e) => e.aliases?.includes("terbaru"))?.version;
  return newest && { edition: newest, key: new URL([newest, ...rest].join("/"), ROOT).href };
};

/** @param {Request} request */
const answer = async (request) => {
  const url = new URL(request.url);
  if (url.href === VERSIONS) {
    const shared = await caches.open(SHARED);
    try {
      const fresh = await timed(request);
      if (fresh.ok) await put(shared, VERSIONS, fresh.clone());
      return fresh;
    } catch {
      return (await shared.match(VERSIONS)) ?? Response.json([]);
    }
  }
  if (request.mode === "navigate") await versions(); // what `terbaru` is may have changed since
  const kept = await place(url);
  const cache = await caches.open(kept ? of(kept.edition) : SHARED);
  const key = kept?.key ?? url.href.split("#")[0];
  try {
    const fresh = await timed(request);
    if (fresh.ok && fresh.type === "basic" && !fresh.redirected) await put(cache, key.split("?")[0], fresh.clone());
    return fresh;
  } catch (error) {
    const found = await cache.match(key, { ignoreSearch: true });
    if (found) return found;
    if (request.mode === "navigate") return offline();
    throw error;
  }
};

const offline = () =>
  new Response(
    '<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
      "<title>Tanpa jaringan - Sigap</title><h1>Halaman ini belum tersimpan</h1>" +
      "<p>Anda sedang tanpa jaringan, dan halaman ini belum pernah dibuka atau disimpan di perangkat ini.</p>" +
      `<p><a href="${ROOT.pathname}terbaru/">Beranda</a></p></html>`,
    { status: 503, headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": "default-src 'none'" } },
  );

sw.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && url.origin === ROOT.origin && url.pathname.startsWith(ROOT.pathname)) event.respondWith(answer(event.request));
});
