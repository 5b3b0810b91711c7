// The theme plain, with the first site and with a site from right to left: right for axe and the checker, no wider than
// the screen, nothing said in the console.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { address, axeFinds, build, nuSays, pagesOf, repository, tooWide } from './made.js';
import { browser, watched } from './site.js';

/** Builds the site whose root this folder is, with the theme plain. */
function plain(root) {
  const copy = mkdtempSync(join(tmpdir(), 'dateline-'));
  cpSync(join(root, 'content'), join(copy, 'content'), { recursive: true });
  const settings = join(copy, 'content/site.yaml');
  writeFileSync(settings, `${readFileSync(settings, 'utf8').replace(/^theme:.*$/m, '')}\ntheme: plain\n`);
  return build(copy);
}

let chromium;
const sites = {};
before(async () => {
  chromium = await browser();
  sites.first = plain(repository);
  sites.arabic = plain(join(repository, 'tests/projects/arabic'));
});
after(() => chromium?.close());

for (const name of ['first', 'arabic']) {
  test(`axe finds nothing in the theme plain (${name}), at 360 and 1280 px, light and dark`, async () => {
    for (const width of [360, 1280]) {
      assert.deepEqual(await axeFinds(chromium, sites[name], width), []);
    }
  });

  test(`the Nu HTML checker has nothing to say of the theme plain (${name})`, () => {
    assert.deepEqual(nuSays(sites[name]), []);
  });

  test(`no page in the theme plain (${name}) is wider than the screen`, async () => {
    for (const width of [320, 1280]) {
      assert.deepEqual(await tooWide(chromium, sites[name], width), [], `${width} px`);
    }
  });

  test(`no page in the theme plain (${name}) says anything or asks for anything elsewhere`, async () => {
    const { context, notes } = await watched(chromium, `${pathToFileURL(sites[name]).href}/`);
    const page = await context.newPage();
    for (const path of pagesOf(sites[name])) {
      await page.goto(address(sites[name], path));
    }
    await context.close();
    assert.deepEqual(notes, { said: [], asked: [], failed: [] });
  });
}
