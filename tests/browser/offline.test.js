// A site that was visited once opens without a network, and a reader with a network never sees an old page.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browser, served as serve } from './site.js';
import { dateline, folderFor } from './program.js';

let chromium;
before(async () => {
  chromium = await browser();
});
after(() => chromium?.close());

/** Serves a folder until the tests end, or until it is closed. */
async function served(...given) {
  const server = await serve(...given);
  after(() => server.close());
  return server;
}

/** A site of its own, built; `publish` builds it again. */
function started(pages = 0) {
  const folder = folderFor(after);
  dateline(folder, 'new', 'site', 'demo');
  const root = join(folder, 'demo');
  for (let number = 0; number < pages; number += 1) {
    writeFileSync(join(root, `content/pages/p${number}.md`), `---\ntitle: Page ${number}\n---\n\nText.\n`);
  }
  const publish = () => dateline(root, 'build', '--quiet');
  const change = (path, from, to) => {
    const text = readFileSync(join(root, path), 'utf8');
    assert.ok(text.includes(from), `${path} does not hold "${from}"`);
    writeFileSync(join(root, path), text.replaceAll(from, to));
  };
  publish();
  return { root, site: join(root, 'public'), publish, change };
}

async function opened() {
  const context = await chromium.newContext();
  const said = [];
  context.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  context.on('weberror', (error) => said.push(`error: ${error.error().message}`));
  return { context, page: await context.newPage(), said };
}

/** Waits until something is so on a page; what it asks may take its time. */
async function until(page, what, ...given) {
  for (let tries = 0; !(await page.evaluate(what, ...given)); tries += 1) {
    assert.ok(tries < 200, `it never came: ${what}`);
    await page.waitForTimeout(100);
  }
}

/** Waits until the worker of a version has taken over, and no other one is on its way. */
const settled = (page, version) => until(
  page,
  async (wanted) => {
    const registration = await navigator.serviceWorker.getRegistration();
    const names = await caches.keys();
    const ready = registration?.active?.state === 'activated' && !registration.installing && !registration.waiting;
    return ready && navigator.serviceWorker.controller !== null && names.some((name) => name.endsWith(wanted));
  },
  version,
);

const version = (site) => readFileSync(join(site, 'sw.js'), 'utf8').match(/VERSION = '([0-9a-f]+)'/)[1];

test('a site that was visited once opens without a network, every page of it', async () => {
  const { site } = started();
  const server = await served('/under/a-path/', site);
  const { context, page, said } = await opened();
  await page.goto(`${server.home}index.html`);
  await settled(page, version(site));
  assert.deepEqual(said, []);
  await server.close();
  const pages = readdirSync(site, { recursive: true }).filter((path) => path.endsWith('.html'));
  assert.ok(pages.length > 5);
  for (const path of pages) {
    await page.goto(server.home + path);
    const heading = readFileSync(join(site, path), 'utf8').match(/<h1[^>]*>([^<]*)/)[1].trim();
    assert.equal((await page.locator('h1').innerText()).trim().slice(0, 20), heading.slice(0, 20), path);
    const styled = await page.evaluate(() => [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0));
    assert.ok(styled, `${path} has lost its style`);
  }
  // What a reader types is a folder as well.
  await page.goto(server.home);
  assert.ok(await page.locator('main').isVisible());
  await context.close();
});

test('after a publication a reader sees the new page at once, and without a network the new one too', async () => {
  const { site, publish, change } = started();
  let server = await served('/', site);
  const { context, page, said } = await opened();
  await page.goto(`${server.home}pages/about.html`);
  await settled(page, version(site));
  const old = version(site);
  change('content/pages/about.md', 'title: ', 'title: New. ');
  publish();
  assert.notEqual(version(site), old, 'the worker is the same');
  await page.reload();
  assert.match(await page.locator('h1').innerText(), /^New\. /);
  await settled(page, version(site));
  const names = await page.evaluate(() => caches.keys());
  assert.ok(!names.some((name) => name.endsWith(old)), `the old version is kept: ${names}`);
  await server.close();
  await page.goto(`${server.home}pages/about.html`);
  assert.match(await page.locator('h1').innerText(), /^New\. /);
  // And back on the network, a page that was published while the reader was away.
  change('content/pages/about.md', 'title: New. ', 'title: Newest. ');
  publish();
  server = await served('/', site, server.port);
  await page.goto(`${server.home}pages/about.html`);
  assert.match(await page.locator('h1').innerText(), /^Newest\. /);
  assert.deepEqual(said, []);
  await server.close();
  await context.close();
});

test('of a large site, what was visited opens without a network, and for the rest there is a page that says so', async () => {
  const { site } = started(600);
  const server = await served('/large/', site);
  const { context, page } = await opened();
  await page.goto(`${server.home}index.html`);
  await settled(page, version(site));
  await page.goto(`${server.home}pages/p7.html`);
  await until(page, async (address) => (await caches.match(address)) !== undefined, `${server.home}pages/p7.html`);
  await server.close();
  await page.goto(`${server.home}pages/p7.html`);
  assert.equal((await page.locator('h1').innerText()).trim(), 'Page 7');
  const response = await page.goto(`${server.home}pages/p8.html`);
  assert.equal(response.status(), 404);
  await context.close();
});
