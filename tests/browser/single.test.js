// The edition that is one HTML file: it asks for nothing, runs nothing, every link works in it, and it prints whole.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browser, watched } from './site.js';
import { dateline, folderFor, repository } from './program.js';

const folder = folderFor(after);
const address = pathToFileURL(join(folder, 'site.html')).href;
let chromium;
before(async () => {
  chromium = await browser();
  dateline(repository, 'export', 'single', join(folder, 'site.html'));
});
after(() => chromium?.close());

for (const javaScriptEnabled of [true, false]) {
  test(`the file opens by itself, JavaScript ${javaScriptEnabled ? 'on' : 'off'}: an empty console, no request, its own fonts`, async () => {
    const { context, notes } = await watched(chromium, address, { javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(address);
    assert.ok((await page.locator('main').innerText()).length > 20_000);
    assert.deepEqual(notes, { said: [], asked: [], failed: [] });
    await context.close();
  });
}

test('its style and its fonts are in it', async () => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const fonts = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family.replaceAll('"', ''));
  });
  assert.ok(fonts.includes('Newsreader'), `loaded: ${fonts}`);
  await context.close();
});

test('every link stays in the file or leads out by its whole address, and every anchor is there once', async () => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const { broken, twice, odd, within } = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const links = [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'));
    const within = links.filter((href) => href.startsWith('#'));
    return {
      within: within.length,
      twice: ids.filter((id, at) => ids.indexOf(id) !== at),
      broken: within.filter((href) => !document.getElementById(decodeURIComponent(href.slice(1)))),
      odd: links.filter((href) => !/^(#|https?:|mailto:|data:)/.test(href)),
    };
  });
  assert.ok(within > 1000, `${within} links`);
  assert.deepEqual({ broken, twice, odd }, { broken: [], twice: [], odd: [] });
  await context.close();
});

test('a click on a citation leads to its source in the same file', async () => {
  const context = await chromium.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address);
  const link = page.locator('sup.cite a').first();
  const target = await link.getAttribute('href');
  await link.click();
  assert.equal(new URL(page.url()).hash, target);
  await context.close();
});

test('nothing is wider than a small screen', async () => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 800 } });
  const page = await context.newPage();
  await page.goto(address);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  await context.close();
});

test('printed, it has every heading', async (context) => {
  const page = await chromium.newPage();
  await page.goto(address);
  const titles = await page.locator('main h2, main h3').evaluateAll((all) => all.map((one) => one.childNodes[0].textContent.trim()));
  const file = join(folder, 'site.pdf');
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
  await page.close();
  let text;
  try {
    text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (error) {
    if (error.code === 'ENOENT') {
      return context.skip('pdftotext (poppler-utils) is not here');
    }
    throw error;
  }
  const plain = (words) => words.normalize('NFKC').replace(/[\s\u00ad-]+/g, '').toLowerCase();
  const printed = plain(text);
  assert.ok(titles.length > 60);
  assert.deepEqual(titles.filter((title) => !printed.includes(plain(title))), []);
});
