// Keeps this site for reading without a network. The network comes first, always: what is kept is shown only where there
// is no answer, so that nobody who is connected sees an old page. Written by Dateline; the list below is made anew
// whenever a file changes.
'use strict';

const VERSION = 'VERSION_OF_THE_SITE';
const FILES = {/* files */};

const HERE = new URL('./', self.location).href;
// Names of caches are shared by everything on a host: ours begin with where the site is.
const OURS = `dateline ${HERE} `;
const KEPT = `${OURS}${VERSION}`; // What the list names.
const SEEN = `${OURS}seen`; // Pages and pictures that were visited beyond it.
const MOST_SEEN = 300;

const at = (path) => new URL(path, HERE).href;

// Takes what has not changed from the versions before, and asks the network for the rest, past the browser's own cache.
async function keep() {
  const kept = await caches.open(KEPT);
  const before = await listed();
  const missing = [];
  for (const [path, hash] of Object.entries(FILES)) {
    const old = before.get(`${path} ${hash}`);
    const response = old && (await old.match(at(path)));
    if (response) {
      await kept.put(at(path), response);
    } else {
      missing.push(path);
    }
  }
  // A few at a time. One file that does not come must not cost the reader all others: the next visit asks again.
  const next = async () => {
    for (let path = missing.pop(); path !== undefined; path = missing.pop()) {
      try {
        const response = await fetch(at(path), { cache: 'no-cache', credentials: 'same-origin' });
        if (response.ok && !response.redirected) {
          await kept.put(at(path), response);
        }
      } catch {
        // Offline again.
      }
    }
  };
  await Promise.all([next(), next(), next(), next()]);
  await kept.put(`${HERE}?list`, new Response(JSON.stringify(FILES)));
}

// Finds what earlier versions keep: by path and hash, the cache that has it.
async function listed() {
  const found = new Map();
  for (const name of await caches.keys()) {
    if (name.startsWith(OURS) && name !== SEEN && name !== KEPT) {
      const cache = await caches.open(name);
      const list = await cache.match(`${HERE}?list`);
      for (const [path, hash] of Object.entries(list ? await list.json() : {})) {
        found.set(`${path} ${hash}`, cache);
      }
    }
  }
  return found;
}

async function tidy() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== KEPT && name !== SEEN);
  await Promise.all(names.map((name) => caches.delete(name)));
  // What the list has is newer now than what was seen of it.
  const seen = await caches.open(SEEN);
  await Promise.all(Object.keys(FILES).map((path) => seen.delete(at(path))));
  await self.clients.claim();
}

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => event.waitUntil(tidy()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(HERE) && !request.headers.has('range')) {
    event.respondWith(answer(event));
  }
});

async function answer(event) {
  const { request } = event;
  try {
    const response = await fetch(request);
    if (response.status === 200 && response.type === 'basic') {
      event.waitUntil(see(request.url, response.clone()));
    }
    return response;
  } catch (error) {
    const kept = await find(request.url);
    if (kept) {
      return kept;
    }
    const none = request.mode === 'navigate' && (await caches.match(at('404.html'), { cacheName: KEPT }));
    if (none) {
      return new Response(await none.blob(), { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } });
    }
    throw error;
  }
}

// Remembers what was visited and is newer than what is kept, or not in it.
async function see(url, response) {
  try {
    const seen = await caches.open(SEEN);
    const address = plain(url);
    await seen.delete(address);
    await seen.put(address, response);
    const keys = await seen.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_SEEN)).map((key) => seen.delete(key)));
  } catch {
    // The disk is full: what is kept stays.
  }
}

// An address as it is kept: without what follows `?` or `#`, and a folder as its page.
function plain(url) {
  const address = new URL(url);
  address.hash = '';
  address.search = '';
  if (address.pathname.endsWith('/')) {
    address.pathname += 'index.html';
  }
  return address.href;
}

// What was seen is at least as new as what was kept.
async function find(url) {
  const address = plain(url);
  for (const cacheName of [SEEN, KEPT]) {
    // Some hosts serve `page.html` at `/page`.
    const found = (await caches.match(address, { cacheName })) ?? (await caches.match(`${address}.html`, { cacheName }));
    if (found) {
      // A response that was redirected may not answer a visit.
      return found.redirected ? new Response(await found.blob(), { headers: found.headers }) : found;
    }
  }
  return undefined;
}
