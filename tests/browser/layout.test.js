// How pages lie on a screen and on paper: nothing sideways, nothing jumps, nothing lost, all of it by keyboard.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { measured } from './floors.js';
import { browser, onDisk, pages, served } from './site.js';

let chromium;
let server;
before(async () => {
  chromium = await browser();
  server = await served('/');
});
after(async () => {
  await chromium?.close();
  await server?.close();
});

/** Runs a check on every page and returns what it finds by page. */
async function onEveryPage(options, check) {
  const context = await chromium.newContext(options);
  const page = await context.newPage();
  const found = {};
  for (const path of pages) {
    await page.goto(onDisk(path));
    const result = await check(page);
    if (result !== undefined) {
      found[path] = result;
    }
  }
  await context.close();
  return found;
}

/** Names what reaches over the right edge of the page, where the page can be moved sideways, and text that is cut off. */
function lost(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const told = (elements) => elements.slice(0, 3).map((element) => element.outerHTML.slice(0, 90)).join(' … ');
    const all = [...document.querySelectorAll('main *, header *, footer *')];
    if (scrollWidth > clientWidth) {
      return `${scrollWidth} px in ${clientWidth}: ${told(all.filter((element) => element.getBoundingClientRect().right > clientWidth + 1))}`;
    }
    const cut = all.filter((element) => {
      if (element.closest('.hidden, svg') || element.scrollWidth <= element.clientWidth + 1 && element.scrollHeight <= element.clientHeight + 1) {
        return false;
      }
      const { overflowX, overflowY, clipPath } = getComputedStyle(element);
      const closed = (value) => value === 'hidden' || value === 'clip';
      const over = (closed(overflowX) && element.scrollWidth > element.clientWidth + 1) || (closed(overflowY) && element.scrollHeight > element.clientHeight + 1);
      return over && clipPath === 'none' && element.innerText.trim() !== '' && element.checkVisibility();
    });
    return cut.length > 0 ? `cut off: ${told(cut)}` : undefined;
  });
}

/** What a check found, in a line for each page. */
const lines = (found) => Object.entries(found).map(([path, what]) => `${path}: ${what}`);

test('no page moves sideways or cuts text off, from the smallest phone to a wide screen', async () => {
  const found = await onEveryPage({}, async (page) => {
    for (const width of [320, 360, 768, 1280, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      const what = await lost(page);
      if (what !== undefined) {
        return `at ${width} px: ${what}`;
      }
    }
    return undefined;
  });
  measured('sideways', lines(found).length, lines(found));
});

test('at 400 % zoom no page moves sideways or cuts text off, and nothing that stays in place hides the text', async () => {
  const found = await onEveryPage({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }, async (page) => {
    const covered = () => page.evaluate(() => {
      scrollTo(0, 600);
      const fixed = [...document.querySelectorAll('body *')].filter((element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position) && element.checkVisibility({ opacityProperty: true }));
      return fixed.some((element) => element.getBoundingClientRect().height > 128) ? 'half of the screen is covered' : undefined;
    });
    return await lost(page) ?? covered();
  });
  measured('zoom', lines(found).length, lines(found));
});

test('with the text spacing that WCAG 1.4.12 allows a reader to set, no page moves sideways or cuts text off at 320 px', async () => {
  const spaced = async (page) => {
    await page.addStyleTag({
      content: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }',
    });
    return lost(page);
  };
  const found = await onEveryPage({ viewport: { width: 320, height: 800 }, bypassCSP: true }, spaced);
  measured('spacing', lines(found).length, lines(found));
});

test('nothing jumps while a page loads', async () => {
  const shifts = {};
  for (const width of [360, 1280]) {
    const context = await chromium.newContext({ viewport: { width, height: 800 } });
    await context.addInitScript(() => {
      window.shifted = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; })).observe({ type: 'layout-shift', buffered: true });
    });
    const page = await context.newPage();
    for (const path of pages) {
      await page.goto(server.home + path, { waitUntil: 'load' });
      await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
      const shifted = await page.evaluate(() => window.shifted);
      shifts[`${path} at ${width} px`] = shifted;
    }
    await context.close();
  }
  measured('shift', Math.max(...Object.values(shifts)), lines(shifts).filter((line) => !line.endsWith(': 0')));
});

test('on paper a page has all its text, and neither navigation nor the switches of a screen', async () => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  for (const path of pages.filter((path) => path !== '404.html')) {
    await page.goto(onDisk(path));
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate(() => {
      const visible = (element) => element.checkVisibility({ visibilityProperty: true });
      const named = (selector) => [...document.querySelectorAll(selector)];
      const of = (elements) => elements.map((element) => element.outerHTML.slice(0, 80));
      return {
        lost: of(named('h1, main p, main h2, main h3, main li, main td').filter((element) => !visible(element) && !element.closest('nav, [hidden], .toggle, .more, .sidenote, .legend, [aria-hidden], .hidden, svg'))),
        left: of(named('header nav, button, input, a.skip').filter(visible)),
      };
    });
    assert.deepEqual(seen, { lost: [], left: [] }, path);
  }
  await page.goto(onDisk('index.html'));
  const pdf = await page.pdf({ format: 'A4' });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  await context.close();
});

test('who asks for less motion gets none', async () => {
  const moving = await onEveryPage({ reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } }, (page) => page.evaluate(() => {
    const moves = (element) => {
      const { transitionDuration, animationName } = getComputedStyle(element);
      return animationName !== 'none' || transitionDuration.split(',').some((time) => parseFloat(time) > 0.01);
    };
    const found = [document.documentElement, ...document.querySelectorAll('*')].filter(moves);
    return found.length > 0 ? found[0].outerHTML.slice(0, 100) : undefined;
  }));
  measured('motion', lines(moving).length, lines(moving));
});
