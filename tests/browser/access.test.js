// axe-core finds nothing on any page: WCAG 2.2 A and AA and best practices, light and dark, on a phone and on a desk.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { measured } from './floors.js';
import { everyRule, rulesOfColour } from './made.js';
import { browser, onDisk, pages } from './site.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let chromium;
before(async () => {
  chromium = await browser();
});
after(() => chromium?.close());

/** Lets axe look at the page, and tells what it finds in a line each. */
async function look(page, path, runOnly) {
  const { violations, passes } = await page.evaluate((options) => window.axe.run(document, options), { runOnly, resultTypes: ['violations'] });
  assert.ok(passes.length >= Math.min(runOnly.values.length, 20) / 2, `axe looked at nothing on ${path}`);
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
    const found = [];
    for (const path of pages) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(onDisk(path));
      await page.addScriptTag({ path: axe });
      found.push(...await look(page, path, everyRule));
      await page.emulateMedia({ colorScheme: 'dark' });
      found.push(...await look(page, path, rulesOfColour));
    }
    await context.close();
    measured(`axe-${width}`, found.length, found);
  });
}
