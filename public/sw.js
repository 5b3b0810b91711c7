// Keeps this site for reading without a network. The network comes first, always: what is kept is shown only where there
// is no answer, so that nobody who is connected sees an old page. Written by Dateline; the list below is made anew
// whenever a file changes.
'use strict';

const VERSION = '30242413149eae90';
const FILES = {
  "404.html": "eb570da3e6ff1edf",
  "all.html": "2a13731b4375e5c5",
  "corrections.html": "acf8f64e970df77e",
  "data.html": "5b5273cf7ae53829",
  "data/claims.csv": "e9f7d8e436fac1f5",
  "data/claims.json": "edb212eccffa94c0",
  "data/questions/attacks-2021.csv": "af65a127c566d645",
  "data/questions/attacks-2021.json": "1700dd282020ffcf",
  "data/questions/bybit.csv": "8a5903b2e7d988af",
  "data/questions/bybit.json": "e955eaafc36b9925",
  "data/questions/coincheck.csv": "a5690ccab1f42011",
  "data/questions/coincheck.json": "58cb89f1cd78e511",
  "data/questions/exchanges-hit.csv": "d99d8c7834bf85c9",
  "data/questions/exchanges-hit.json": "005e4be277e427dd",
  "data/questions/incidents-2019.csv": "f2cec94bc8b5e48c",
  "data/questions/incidents-2019.json": "f7cb1bc4b14e3882",
  "data/questions/liquid.csv": "38588cd8380a4e5e",
  "data/questions/liquid.json": "90d3910ca4da4d89",
  "data/questions/long-run.csv": "e2cdb7fc82cf1c21",
  "data/questions/long-run.json": "41d540f44b5be1b1",
  "data/questions/raised-by-2019.csv": "1283624f8e3faab3",
  "data/questions/raised-by-2019.json": "ab055cc03e5c5b19",
  "data/questions/ronin.csv": "469c262dcf7b48e9",
  "data/questions/ronin.json": "99d4fa408d1b9487",
  "data/questions/running-total.csv": "19a22863ba489308",
  "data/questions/running-total.json": "f9d60d0d0f496077",
  "data/questions/share.csv": "54df649c68863732",
  "data/questions/share.json": "13ccfe5f7fbc0aab",
  "data/questions/stolen-2017-2018.csv": "21e652c50cb9ec88",
  "data/questions/stolen-2017-2018.json": "dc01746f69aed668",
  "data/questions/stolen-2020-2021.csv": "f1594b612d47f05d",
  "data/questions/stolen-2020-2021.json": "b0ef7c08e1315583",
  "data/questions/stolen-2021.csv": "5925e2c3a67d414a",
  "data/questions/stolen-2021.json": "8e8c839fc7947e26",
  "data/questions/stolen-2022.csv": "64b2952ce638e46c",
  "data/questions/stolen-2022.json": "0d7ab9ae50ac5bf0",
  "data/questions/stolen-2025.csv": "8f9eafcbee9308ba",
  "data/questions/stolen-2025.json": "2a224d452b2f380e",
  "data/questions/unlaundered.csv": "ddd10dbdca86e0d8",
  "data/questions/unlaundered.json": "16c2dd7a1bf02a7c",
  "data/questions/yearly.csv": "735b11d125216527",
  "data/questions/yearly.json": "0b12d94d7eb6a7ae",
  "data/sources.bib": "752b937dce2535f5",
  "data/sources.json": "249f080dc4ebdc31",
  "data/timeline.json": "b6d4e7146f4759ac",
  "groups/contested.html": "9190e339b90525db",
  "groups/denials.html": "6efdda1c9e26224e",
  "groups/estimates.html": "52d9b128b1ef001d",
  "groups/sanctions.html": "bff48ce7af407aeb",
  "groups/thefts.html": "d8ed55919cc1d99b",
  "groups/united-nations.html": "b4c61b62b66904f2",
  "index.html": "aacd51c1a486464a",
  "ledger.html": "2d4e8d582d251390",
  "pages/about.html": "ba6676771db47119",
  "pages/glossary.html": "be974cce18269de9",
  "pages/how-thefts-work.html": "1a360207b7258535",
  "pages/numbers.html": "c564944a2f668832",
  "pages/what-north-korea-says.html": "67ac65dee7637b65",
  "pages/where-the-money-goes.html": "9d015f4cfa468119",
  "pages/who-is-blamed.html": "445bddc60c3e8825",
  "pages/who-was-counting.html": "0aab9c3c6938de61",
  "site.webmanifest": "2dd8ab769918f49a",
  "sources.html": "b40ac4a09c777eeb",
  "static/dateline.js": "02f4d9f0951427cc",
  "static/fonts/OFL-Libre-Franklin.txt": "7e982e27dc99e50b",
  "static/fonts/OFL-Newsreader.txt": "26028ec4e13b6500",
  "static/fonts/libre-franklin-ext.woff2": "00dcae244a8d916a",
  "static/fonts/libre-franklin.woff2": "c39ee135d0a3d5ac",
  "static/fonts/newsreader-display.woff2": "ae2d0226d7c3ce42",
  "static/fonts/newsreader-italic.woff2": "7a47da764d680c09",
  "static/fonts/newsreader-text-ext.woff2": "1b6f3aaf246d213d",
  "static/fonts/newsreader-text.woff2": "eb9bb88854945c0f",
  "static/icon.svg": "66c587601d571274",
  "static/minisearch-LICENSE.txt": "70d37354d6395629",
  "static/minisearch.js": "f1f5ae836e3c1c92",
  "static/offline.js": "01e942704899a76b",
  "static/search-index.js": "dd4631ef0b0a619e",
  "static/style.css": "53420021a34fbb7c",
  "static/variables.css": "4c6735a937f46fe5",
  "timeline/2016-bangladesh-bank.html": "1928320816677249",
  "timeline/2017-wannacry.html": "d61a83938ad3fb07",
  "timeline/2018-coincheck.html": "1e2640436f312687",
  "timeline/2019-lazarus-sanctions.html": "6b69c56c7c3a8ad4",
  "timeline/2019-un-warning.html": "b8697d73b9698a9e",
  "timeline/2020-kucoin.html": "9c7475e14d9b56e5",
  "timeline/2021-indictment.html": "cdd77d1b5e382f1a",
  "timeline/2021-reported-total.html": "d9af1140929f6404",
  "timeline/2021-thefts.html": "90ec5937826c4d8a",
  "timeline/2022-harmony.html": "811cb501dae824b4",
  "timeline/2022-mixers.html": "7b6b12188401c1fc",
  "timeline/2022-ronin.html": "124c8d6646be7a9e",
  "timeline/2022-un-report.html": "7ae2c1f8139ebf51",
  "timeline/2023-june-thefts.html": "fe9bb1983ef7ad12",
  "timeline/2024-dmm.html": "0040948dfd40eefc",
  "timeline/2024-panel-ends.html": "894094a2d784cfb4",
  "timeline/2025-bybit.html": "0293c26672914f4b",
  "timeline/2025-msmt.html": "534a5e687d900946"
};

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
