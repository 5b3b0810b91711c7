// axe-core finds nothing on any page: WCAG 2.2 A and AA and best practices, light and dark, on a phone and on a desk.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { browser, onDisk, pages } from './site.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const all = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
/** The rules that colours decide: what else is there is the same in the light and in the dark. */
const colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
/** Running text has more contrast than WCAG AA asks for: 7:1. */
const running = { include: [['main .body p'], ['main .body li'], ['main .standfirst']], exclude: [['.sidenote'], ['.chart'], ['figure'], ['sup']] };
const enhanced = { type: 'rule', values: ['color-contrast-enhanced'] };

let chromium;
before(async () => {
  chromium = await browser();
});
after(() => chromium?.close());

/** Lets axe look at the page, or at a part of it, and tells what it finds in a line each. */
async function look(page, path, runOnly, part) {
  const { violations, passes } = await page.evaluate(([context, options]) => window.axe.run(context ?? document, options), [part, { runOnly }]);
  assert.ok(part || passes.length >= Math.min(runOnly.values.length, 20) / 2, `axe looked at nothing on ${path}`);
  return violations.map(({ id, impact, nodes }) => {
    const [node] = nodes;
    return `${path}: ${id} (${impact}), ${nodes.length} times, first ${node.html.slice(0, 200)}: ${node.failureSummary}`;
  });
}

for (const width of [360, 1280]) {
  test(`axe finds nothing on any page at ${width} px, light and dark`, async () => {
    // The policy of the pages forbids scripts from elsewhere; axe is put in from outside of the page.
    const context = await chromium.newContext({ viewport: { width, height: 800 }, bypassCSP: true });
    const page = await context.newPage();
    const found = { light: [], dark: [] };
    for (const path of pages) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(onDisk(path));
      await page.addScriptTag({ path: axe });
      found.light.push(...await look(page, path, all));
      await page.emulateMedia({ colorScheme: 'dark' });
      found.dark.push(...await look(page, path, colours));
    }
    await context.close();
    assert.deepEqual(found, { light: [], dark: [] });
  });
}

test('running text has a contrast of 7:1, light and dark', async () => {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
  const page = await context.newPage();
  const found = [];
  for (const path of pages.filter((path) => /^(index\.html|timeline\/|pages\/)/.test(path))) {
    await page.goto(onDisk(path));
    await page.addScriptTag({ path: axe });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      found.push(...await look(page, `${path}, ${colorScheme}`, enhanced, running));
    }
  }
  await context.close();
  assert.deepEqual(found, []);
});
