// Every page opens from a disk and from a server, with JavaScript and without, says nothing, and asks for nothing else.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { measured } from './floors.js';
import { browser, onDisk, pages, served, site, watched } from './site.js';

let chromium;
let server;
before(async () => {
  chromium = await browser();
  server = await served();
});
after(async () => {
  await chromium?.close();
  await server?.close();
});

/** Opens every page and returns how much text each shows. */
async function openAll(home, address, options) {
  const { context, notes } = await watched(chromium, home, options);
  const page = await context.newPage();
  const shown = {};
  for (const path of pages) {
    const response = await page.goto(address(path), { waitUntil: 'load' });
    assert.ok(response === null || response.ok(), `${path} does not open: ${response?.status()}`);
    shown[path] = (await page.locator('main').innerText()).trim().length;
    assert.ok(shown[path] > 40, `${path} shows nothing`);
  }
  await context.close();
  return { notes, shown };
}

const disk = pathToFileURL(site).href;

/** How pages are opened; each way is gone once, and its result kept. */
const ways = {
  'from a disk with JavaScript': () => openAll(disk, onDisk, {}),
  'from a disk without JavaScript': () => openAll(disk, onDisk, { javaScriptEnabled: false }),
  'from a server under a path, with JavaScript': () => openAll(server.home, (path) => server.home + path, {}),
  'from a server under a path, without JavaScript': () => openAll(server.home, (path) => server.home + path, { javaScriptEnabled: false }),
};
const gone = new Map();
const go = (name) => gone.get(name) ?? gone.set(name, ways[name]()).get(name);
const quiet = { said: [], asked: [], failed: [] };

for (const name of Object.keys(ways)) {
  test(`every page opens ${name}, with an empty console and no request to anywhere else`, async () => {
    const { notes } = await go(name);
    assert.deepEqual(notes, quiet);
  });
}

test('of all these ways, none says anything or asks for anything elsewhere', async () => {
  const all = await Promise.all(Object.keys(ways).map(async (name) => (await go(name)).notes));
  const [said, asked] = [all.flatMap((notes) => notes.said), all.flatMap((notes) => notes.asked)];
  measured('console', said.length, said);
  measured('elsewhere', asked.length, asked);
});

test('a page shows the same text with JavaScript and without', async () => {
  const [on, off] = [await go('from a disk with JavaScript'), await go('from a disk without JavaScript')];
  for (const path of pages) {
    assert.ok(off.shown[path] >= on.shown[path] * 0.95, `${path}: ${off.shown[path]} letters without JavaScript, ${on.shown[path]} with it`);
  }
});

test('the home page leads to an event and back by clicks, from a disk', async () => {
  const { context, notes } = await watched(chromium, disk, { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(onDisk('index.html'));
  await page.locator('main a[href^="timeline/"]').first().click();
  assert.match(page.url(), /\/timeline\/[^/]+\.html/);
  await page.locator('a.brand').first().click();
  assert.equal(page.url(), onDisk('index.html'));
  assert.deepEqual(notes, quiet);
  await context.close();
});

test('an address that is not there gets a page that leads home, at any depth', async () => {
  const { context, notes } = await watched(chromium, server.home);
  const page = await context.newPage();
  const response = await page.goto(`${server.home}no/such/page.html`);
  assert.equal(response.status(), 404);
  assert.match(await page.locator('h1').innerText(), /no page/);
  assert.deepEqual(notes.asked, []);
  await context.close();
});
