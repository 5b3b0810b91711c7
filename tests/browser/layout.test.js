// How pages lie on a screen and on paper: nothing sideways, nothing jumps, nothing lost, all of it by keyboard.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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

/** Runs a check on every page at a width, and returns what it finds by page. */
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

/** Names what reaches over the right edge of the page, where the page can be moved sideways. */
function sideways(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) {
      return undefined;
    }
    const wide = [...document.querySelectorAll('main *, header *, footer *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
    return `${scrollWidth} px in ${clientWidth}: ${wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 90)).join(' … ')}`;
  });
}

for (const width of [320, 360, 768, 1280, 1920]) {
  test(`no page moves sideways at ${width} px`, async () => {
    assert.deepEqual(await onEveryPage({ viewport: { width, height: 800 } }, sideways), {});
  });
}

test('with the text spacing that WCAG 1.4.12 allows a reader to set, no page moves sideways at 320 px', async () => {
  const spaced = async (page) => {
    await page.addStyleTag({
      content: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }',
    });
    return sideways(page);
  };
  assert.deepEqual(await onEveryPage({ viewport: { width: 320, height: 800 }, bypassCSP: true }, spaced), {});
});

test('nothing jumps while a page loads', async () => {
  for (const width of [360, 1280]) {
    const context = await chromium.newContext({ viewport: { width, height: 800 } });
    await context.addInitScript(() => {
      window.shifted = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; })).observe({ type: 'layout-shift', buffered: true });
    });
    const page = await context.newPage();
    const shifts = {};
    for (const path of pages) {
      await page.goto(server.home + path, { waitUntil: 'load' });
      await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
      const shifted = await page.evaluate(() => window.shifted);
      if (shifted > 0) {
        shifts[path] = shifted;
      }
    }
    await context.close();
    assert.deepEqual(shifts, {}, `at ${width} px`);
  }
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
  assert.deepEqual(moving, {});
});

test('the first Tab reaches the skip link, which shows itself and leads to the text', async () => {
  const page = await chromium.newPage();
  for (const path of ['index.html', pages.find((path) => path.startsWith('timeline/')), 'ledger.html']) {
    await page.goto(onDisk(path));
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => {
      const { left, top, width, height } = document.activeElement.getBoundingClientRect();
      return { skip: document.activeElement.matches('a[href="#main"]'), shown: left >= 0 && top >= 0 && width > 1 && height > 1 };
    });
    assert.deepEqual(first, { skip: true, shown: true }, path);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => location.hash), '#main', path);
  }
  await page.close();
});

/** How an element and what is in it are painted: what may tell that it has the focus. */
const painted = (element) => [element, ...element.querySelectorAll('*')]
  .map((part) => {
    const { outlineStyle, outlineWidth, boxShadow, stroke, strokeWidth, fill, backgroundColor, color, opacity } = getComputedStyle(part);
    return [outlineStyle === 'none' ? '' : outlineWidth, boxShadow, stroke, strokeWidth, fill, backgroundColor, color, opacity].join();
  })
  .join('|');

test('the keyboard reaches every control of the home page and of an event, and shows where it is', async () => {
  for (const width of [360, 1280]) {
    const page = await chromium.newPage({ viewport: { width, height: 800 } });
    await page.addInitScript(`window.painted = ${painted}`);
    for (const path of ['index.html', pages.find((path) => path.startsWith('timeline/'))]) {
      await page.goto(onDisk(path));
      const controls = await page.evaluate(() => {
        const all = [...document.querySelectorAll('a[href], button, input, summary, select, textarea, [tabindex="0"]')];
        // Of a group of radio buttons Tab reaches the one that is chosen.
        const chosen = (element) => element.type !== 'radio' || element.checked;
        window.controls = all.filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0 && chosen(element));
        window.before = window.controls.map(window.painted);
        return window.controls.length;
      });
      const reached = new Set();
      const unmarked = [];
      for (let at = 0; at < controls + 5; at += 1) {
        await page.keyboard.press('Tab');
        const state = await page.evaluate(() => {
          const at = window.controls.indexOf(document.activeElement);
          return at < 0 ? undefined : { at, marked: window.painted(window.controls[at]) !== window.before[at], html: window.controls[at].outerHTML.slice(0, 120) };
        });
        if (state === undefined) {
          break;
        }
        reached.add(state.at);
        if (!state.marked) {
          unmarked.push(state.html);
        }
      }
      assert.deepEqual(unmarked, [], `${path} at ${width} px: focus is not to be seen`);
      assert.equal(reached.size, controls, `${path} at ${width} px: controls that the keyboard reaches`);
    }
    await page.close();
  }
});
