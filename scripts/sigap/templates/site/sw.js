// Pages that were visited or saved open without a network. What is kept belongs to a numbered edition and is fetched from
// its numbered folder, which a publication leaves alone: never from the alias `terbaru`, which may change between two
// requests. So a reader gets one edition whole, not a mixture of two.
// @ts-check
/// <reference lib="webworker" />

const sw = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const ROOT = new URL("./", sw.location.href);
const VERSIONS = new URL("versions.json", ROOT).href;
const SHARED = "sigap-bersama";
const EDITIONS = "sigap-edisi-";
const NUMBERED = /^\d{4}\.\d+$/;
const DIGEST = "x-sigap-sidik";
const PATIENCE = 4000;

/** @typedef {{version: string, aliases?: string[]}} Edition */
/** @typedef {{edition: string, key: string}} Spot the edition that a request belongs to, its address in that folder */

sw.addEventListener("install", () => sw.skipWaiting());
sw.addEventListener("activate", (event) => event.waitUntil(sw.clients.claim()));

// --- What is kept, with the digest of its bytes: what was damaged counts as not kept ---

/** @param {ArrayBuffer} data */
const digest = async (data) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", data))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Rejects where the disk is full. @param {Cache} cache @param {string} key @param {Response} answer */
const keep = async (cache, key, answer) => {
  const data = await answer.arrayBuffer();
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding");
  headers.set(DIGEST, await digest(data));
  await cache.put(key, new Response(data, { headers }));
};

/** @param {Cache} cache @param {string} key */
const kept = async (cache, key) => {
  const found = await cache.match(key);
  if (!found) return undefined;
  const data = await found.arrayBuffer();
  if ((await digest(data)) === found.headers.get(DIGEST)) return new Response(data, { headers: found.headers });
  await cache.delete(key);
  return undefined;
};

// --- Editions ---

/** What is slow is given up where something else is at hand. @param {Promise<Response>} answer @returns {Promise<Response>} */
const timed = (answer) => Promise.race([answer, new Promise((_, late) => setTimeout(() => late(new Error("lambat")), PATIENCE))]);

/**
 * The list of editions. It is asked for anew when a page is opened; all that this page asks for later is answered by
 * the same list.
 * @param {boolean} anew @returns {Promise<Edition[]>}
 */
const versions = async (anew) => {
  const shared = await caches.open(SHARED);
  const known = await (await kept(shared, VERSIONS))?.json();
  if (known && !anew) return known;
  try {
    const asked = fetch(VERSIONS, { cache: "no-cache" });
    const fresh = await (known ? timed(asked) : asked);
    if (!fresh.ok) return known ?? [];
    await keep(shared, VERSIONS, fresh.clone()).catch(() => undefined);
    return await fresh.json();
  } catch {
    return known ?? [];
  }
};

/** @param {URL} url */
const parts = (url) => url.pathname.slice(ROOT.pathname.length).split("/");

/** Undefined for what belongs to no edition. @param {URL} url @param {Edition[]} list @returns {Spot | undefined} */
const place = (url, list) => {
  const [first, ...rest] = parts(url);
  const edition = NUMBERED.test(first) ? first : list.find((one) => one.aliases?.includes(first))?.version;
  if (!edition || !NUMBERED.test(edition)) return undefined;
  return { edition, key: new URL([edition, ...rest].join("/"), ROOT).href };
};

/** A saved copy in an older edition than the newest: the reader is led to it and sees which edition it is. @param {URL} url */
const older = async (url) => {
  const [first, ...rest] = parts(url);
  if (NUMBERED.test(first)) return undefined;
  const names = (await caches.keys()).filter((name) => name.startsWith(EDITIONS));
  for (const name of names.sort((a, b) => b.localeCompare(a, "id", { numeric: true }))) {
    const key = new URL([name.slice(EDITIONS.length), ...rest].join("/"), ROOT).href;
    if (await kept(await caches.open(name), key)) return Response.redirect(key + url.search);
  }
  return undefined;
};

// --- Answers ---

/**
 * From the numbered folder, nameless so that scripts still find each other by the address that the page knows; where a
 * host has none, as it was asked for.
 * @param {Request} request @param {Spot | undefined} spot @returns {Promise<{answer: Response, whole: boolean}>}
 */
const get = async (request, spot) => {
  const plain = request.url.split(/[?#]/)[0];
  if (spot && spot.key !== plain) {
    const found = await fetch(spot.key);
    const { status, statusText, headers } = found;
    if (found.ok && !found.redirected) return { answer: new Response(found.body, { status, statusText, headers }), whole: status === 200 };
    return { answer: await fetch(request), whole: false };
  }
  const answer = await fetch(request);
  return { answer, whole: answer.status === 200 && answer.type === "basic" && !answer.redirected };
};

/** @param {FetchEvent} event */
const respond = async (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const page = request.mode === "navigate";
  if (url.href === VERSIONS) return Response.json(await versions(false));
  let spot = place(url, await versions(false));
  let network = get(request, spot);
  network.catch(() => undefined); // heard below, or no longer needed
  if (page) {
    const now = place(url, await versions(true)); // what `terbaru` is may have changed since
    if (now?.key !== spot?.key) network = get(request, (spot = now));
  }
  const cache = await caches.open(spot ? EDITIONS + spot.edition : SHARED);
  const key = spot?.key ?? url.href.split(/[?#]/)[0];
  const fetched = network.then(({ answer, whole }) => {
    if (whole) event.waitUntil(keep(cache, key, answer.clone()).catch(() => undefined)); // a full disk costs the copy only
    return answer;
  });
  try {
    return await ((await cache.match(key)) ? timed(fetched) : fetched);
  } catch {
    const found = (await kept(cache, key)) ?? (await fetched.catch(() => undefined));
    return found ?? (page ? ((await older(url)) ?? offline()) : Response.error());
  }
};

const offline = () =>
  new Response(
    '<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
      '<meta name="color-scheme" content="light dark"><title>Tanpa jaringan - Sigap</title><h1>Halaman ini belum tersimpan</h1>' +
      "<p>Anda sedang tanpa jaringan, dan halaman ini belum pernah dibuka atau disimpan di perangkat ini.</p>" +
      `<p><a href="${ROOT.pathname}terbaru/">Beranda</a></p></html>`,
    { status: 503, headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": "default-src 'none'" } },
  );

sw.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && url.origin === ROOT.origin && url.pathname.startsWith(ROOT.pathname)) event.respondWith(respond(event));
});

// --- Saving: a page names an address, and hears the name of what went wrong, or nothing ---

/** @param {URL} url */
const save = async (url) => {
  const spot = place(url, []);
  const answer = await fetch(url, { cache: "no-cache" });
  if (answer.status !== 200) throw new Error(String(answer.status));
  await keep(await caches.open(spot ? EDITIONS + spot.edition : SHARED), url.href, answer);
};

sw.addEventListener("message", (event) => {
  const [port] = event.ports;
  const told = (/** @type {string} */ text) => port.postMessage(text);
  event.waitUntil(save(new URL(event.data)).then(() => told(""), (error) => told(error.name)));
});
