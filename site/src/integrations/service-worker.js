/*
 * Keeps what a reader has loaded, so that it can be read again without a network. Files with a hash in their name never change
 * and come from the cache first; all else is asked for anew, and comes from the cache when nobody answers.
 */
const CACHE = 'minefield-VERSION';

addEventListener('install', () => {
  skipWaiting();
});

addEventListener('activate', (event) => {
  event.waitUntil(dropOldCaches());
});

/** What the page had loaded before this worker was there. */
addEventListener('message', (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keep(event.data.keep));
});

addEventListener('fetch', (event) => {
  const {request} = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  event.respondWith(request.url.includes('/_astro/') ? fromCache(request) : fromNetwork(request));
});

async function dropOldCaches() {
  const names = await caches.keys();
  await Promise.all(
    names
      .filter((name) => name.startsWith('minefield-') && name !== CACHE)
      .map((name) => caches.delete(name)),
  );
}

async function keep(addresses) {
  const cache = await caches.open(CACHE);
  const own = addresses.filter((address) => new URL(address).origin === location.origin);
  await Promise.allSettled(own.map((address) => cache.add(address)));
}

async function fromCache(request) {
  return (await caches.match(request)) ?? fromNetwork(request);
}

async function fromNetwork(request) {
  const cache = await caches.open(CACHE);
  // The search asks for its index with the time behind it, which makes it no other index.
  const key = request.url.includes('/pagefind/') ? request.url.replace(/\?.*$/, '') : request;
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(key, response.clone());
    return response;
  } catch (error) {
    // What a reader has set is in the address of a page, and makes it no other page.
    const known = await cache.match(key, {ignoreSearch: request.mode === 'navigate'});
    if (known !== undefined) return known;
    throw error;
  }
}
