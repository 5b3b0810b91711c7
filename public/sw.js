// Keeps this site for reading without a network. The network comes first, always: what is kept is shown only where there
// is no answer, so that nobody who is connected sees an old page. Written by Dateline; the list below is made anew
// whenever a file changes.
'use strict';

const VERSION = '394de5fbca8d990a';
const FILES = {
  "404.html": "eb570da3e6ff1edf",
  "all.html": "298066841b26a988",
  "corrections.html": "61888c280b635a1c",
  "data.html": "6fc9fb7597844334",
  "data/claims.csv": "3a7f13fffda80318",
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
  "data/questions/stolen-2020-2021.csv": "115b450b2f231126",
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
  "data/sources.bib": "05b255faa80bc257",
  "data/sources.json": "249f080dc4ebdc31",
  "data/timeline.json": "b6d4e7146f4759ac",
  "groups/contested.html": "803c45d5850f18a2",
  "groups/denials.html": "1b41ae272b804b6f",
  "groups/estimates.html": "b1cdd86ece9b0e8d",
  "groups/sanctions.html": "9633b992248fe627",
  "groups/thefts.html": "41c729aafabf6bb4",
  "groups/united-nations.html": "e6e9882f02331909",
  "index.html": "b07200915220fc22",
  "ledger.html": "4d468a8a37b1fd98",
  "pages/about.html": "6855f48a1850370d",
  "pages/glossary.html": "4457a58f0138545a",
  "pages/how-thefts-work.html": "c09b2a23e4db3386",
  "pages/numbers.html": "cf97ba5dac5cc3a2",
  "pages/what-north-korea-says.html": "7f772813a2ab29f6",
  "pages/where-the-money-goes.html": "f6a6084ec26a9a1b",
  "pages/who-is-blamed.html": "f094ca052a6c292d",
  "pages/who-was-counting.html": "9aef9632b4cfd8bf",
  "site.webmanifest": "2dd8ab769918f49a",
  "sources.html": "75c063a6e22693de",
  "static/dateline.js": "98d36f9b9cca79e2",
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
  "static/style.css": "e50d539c4cc29049",
  "static/variables.css": "4c6735a937f46fe5",
  "timeline/2016-bangladesh-bank.html": "7a5ef681eb4bdcce",
  "timeline/2017-wannacry.html": "5504592bf8b487d6",
  "timeline/2018-coincheck.html": "8289ebcbd61922c8",
  "timeline/2019-lazarus-sanctions.html": "9ea7d832e5189c16",
  "timeline/2019-un-warning.html": "def8b7b8c637fdb8",
  "timeline/2020-kucoin.html": "3cf707f803bb7f88",
  "timeline/2021-indictment.html": "fd88dae46c0da7bb",
  "timeline/2021-reported-total.html": "8045000251a25d91",
  "timeline/2021-thefts.html": "f07ae6e9c787e31a",
  "timeline/2022-harmony.html": "332736915336555c",
  "timeline/2022-mixers.html": "6017e7e622544279",
  "timeline/2022-ronin.html": "139cf41324045550",
  "timeline/2022-un-report.html": "a027cd9fb6ef743f",
  "timeline/2023-june-thefts.html": "0fc2544651fcd96d",
  "timeline/2024-dmm.html": "00c31c1c92cf7d1b",
  "timeline/2024-panel-ends.html": "a580a32e8802f18f",
  "timeline/2025-bybit.html": "30bc69c16459a084",
  "timeline/2025-msmt.html": "ec9865c9ef3809c2"
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
