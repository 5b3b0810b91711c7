// Printed: the text of the PDF has every heading, every figure with its hedge, and the address of every source; nothing
// is wider than the paper.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { measured } from './floors.js';
import { folderFor } from './program.js';
import { browser, onDisk, pages } from './site.js';

let chromium;
const folder = folderFor(after);
before(async () => {
  chromium = await browser();
});
after(() => chromium?.close());

/** Letters without what a line break adds: spaces, hyphens, marks of direction, ligatures. */
const plain = (text) => text.normalize('NFKC').replace(/[\s\u00ad\u200b-\u200f\u2060\u2066-\u2069-]+/g, '').toLowerCase();

/** Whether a text is there, whole or in two parts: what a page break parts has a page number or a drawing between. */
const has = (printed, words) => printed.includes(words)
  || [...words].some((_, at) => printed.includes(words.slice(0, at)) && printed.includes(words.slice(at)));

test('a printed page has all its text: headings, figures, and sources with their addresses', async () => {
  const missing = [];
  const clipped = [];
  let seen = 0;
  let sheets = 0;
  const page = await chromium.newPage();
  for (const path of pages.filter((path) => !/^(404|all)\.html$/.test(path))) {
    await page.goto(onDisk(path));
    const wanted = await page.evaluate(() => {
      const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => {
        const copy = element.cloneNode(true);
        copy.querySelectorAll('.anchor, .hidden, .status, .sidenote').forEach((part) => part.remove());
        return copy.textContent.trim();
      });
      const addresses = [...document.querySelectorAll('.cited a[href^=http], .sources a[href^=http]')].map((link) => link.getAttribute('href'));
      return [...texts('main h1, main h2, main h3, main .body p:not(.more), main .figure .value, main .figure figcaption b, main .ledger th .value, main .claim').filter((text) => text !== ''), ...addresses];
    });
    const file = join(folder, 'page.pdf');
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true, format: 'A4' }));
    const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 });
    sheets += text.split('\f').length - 1;
    const printed = plain(text);
    seen += wanted.length;
    missing.push(...wanted.filter((words) => !has(printed, plain(words))).map((words) => `${path}: ${words}`));
    // As wide as the text is on A4 with the margins of the style sheet: 210 − 2 × 16 mm.
    await page.setViewportSize({ width: Math.round((210 - 32) / 25.4 * 96), height: 1000 });
    await page.emulateMedia({ media: 'print' });
    clipped.push(...await page.evaluate((path) => {
      const { clientWidth } = document.documentElement;
      const parts = [...document.querySelectorAll('main table, main figure, main svg, main img, main pre')].filter((element) => element.checkVisibility());
      return parts.filter((element) => element.getBoundingClientRect().right > clientWidth + 1).map((element) => `${path}: ${element.outerHTML.slice(0, 100)}`);
    }, path));
    await page.emulateMedia({ media: null });
  }
  await page.close();
  console.log(`# ${seen} texts looked for on ${sheets} printed sheets`);
  assert.ok(seen > 1000, `${seen} texts`);
  measured('paper', missing.length, missing);
  measured('clipped', clipped.length, clipped);
});
