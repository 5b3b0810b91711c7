// Everything by keyboard: each control is reached, in the order in which one reads, and shows that it is.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { measured } from './floors.js';
import { browser, onDisk, pages } from './site.js';

let chromium;
before(async () => {
  chromium = await browser();
});
after(() => chromium?.close());

const event = pages.find((path) => path.startsWith('timeline/'));
/** One page of each kind. */
const kinds = ['index.html', event, ...['pages/', 'groups/'].map((under) => pages.find((path) => path.startsWith(under))), 'ledger.html', 'sources.html', 'corrections.html', 'data.html', '404.html']
  .filter((path) => pages.includes(path));

test('the first Tab reaches the skip link, which shows itself and leads to the text', async () => {
  const page = await chromium.newPage();
  for (const path of ['index.html', pages.find((path) => path.startsWith('timeline/')), 'ledger.html']) {
    await page.goto(onDisk(path));
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => {
      const { left, top, width, height } = document.activeElement.getBoundingClientRect();
      return { skip: document.activeElement.matches('a[href="#dateline--main"]'), shown: left >= 0 && top >= 0 && width > 1 && height > 1 };
    });
    assert.deepEqual(first, { skip: true, shown: true }, path);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => location.hash), '#dateline--main', path);
  }
  await page.close();
});

/** Notes the controls of a page that Tab should reach, in their order, as `window.controls`. */
const listed = () => {
  const all = [...document.querySelectorAll('a[href], button, input, summary, select, textarea, [tabindex="0"]')];
  // Of a group of radio buttons Tab reaches the one that is chosen.
  const chosen = (element) => element.type !== 'radio' || element.checked;
  window.controls = all.filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0 && chosen(element));
  return window.controls.length;
};

/** Where the focus is, and whether it went back up to another part of the page, as nobody reads. */
const state = () => {
  const now = document.activeElement;
  const before = window.last;
  window.last = now;
  const top = (element) => element.getBoundingClientRect().top;
  const parts = 'article, li, tr, figure, p, fieldset, .entry, dl';
  const apart = before?.isConnected && !before.closest(parts)?.contains(now) && !now.closest(parts)?.contains(before);
  return { at: window.controls.indexOf(now), back: Boolean(apart) && top(now) < top(before) - 40 };
};

test('the keyboard reaches every control of each kind of page, in the order in which one reads', async () => {
  const wrong = [];
  let walked = 0;
  const page = await chromium.newPage();
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of kinds) {
      await page.goto(onDisk(path));
      const controls = await page.evaluate(listed);
      assert.ok(controls > 0, path);
      const reached = [];
      while (reached.length < controls) {
        await page.keyboard.press('Tab');
        const { at, back } = await page.evaluate(state);
        if (at < 0) {
          break;
        }
        // Only in one column does further down mean later.
        if (at !== reached.length || (back && width === 360)) {
          wrong.push(`${path} at ${width} px: ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 120))}: ${at}, after ${reached.at(-1)}`);
        }
        reached.push(at);
      }
      if (reached.length !== controls) {
        wrong.push(`${path} at ${width} px: ${reached.length} of ${controls} controls`);
      }
      walked += reached.length;
    }
  }
  await page.close();
  console.log(`# ${walked} controls walked on ${kinds.length} pages`);
  measured('keyboard', wrong.length, wrong);
});

test('where the focus comes, enough pixels change to see it', async () => {
  let least = { changed: Infinity };
  const page = await chromium.newPage({ viewport: { width: 1280, height: 800 } });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const path of ['index.html', event, 'ledger.html']) {
      await page.goto(onDisk(path));
      const controls = Math.min(await page.evaluate(listed), 45);
      for (let at = 0; at < controls; at += 1) {
        await page.keyboard.press('Tab');
        const focused = PNG.sync.read(await page.screenshot());
        await page.evaluate(() => document.activeElement.blur());
        const plain = PNG.sync.read(await page.screenshot());
        await page.evaluate((at) => window.controls[at].focus({ focusVisible: true }), at);
        const changed = pixelmatch(focused.data, plain.data, undefined, focused.width, focused.height, { threshold: 0.1, includeAA: true });
        if (changed < least.changed) {
          least = { changed, where: `${path}, ${colorScheme}: ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 120))}` };
        }
      }
    }
  }
  await page.close();
  measured('focus', least.changed, [least.where]);
});
