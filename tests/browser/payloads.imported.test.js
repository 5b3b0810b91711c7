// Payloads that come by an import or in the names of files do nothing in either theme, with the policy and without it.
//
// PAYLOADS=tag,style tries only some kinds of payloads. Of the many pages, those are opened that show all of the others, and
// a few of each kind.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { after, before, test } from 'node:test';
import { trapped, visit } from './canary.js';
import { importedSite, namedSite } from './imported.js';
import { SUM, payloads } from './payloads.js';
import { folderFor } from './program.js';
import { browser, served } from './site.js';

const folder = folderFor(after);
const kinds = process.env.PAYLOADS?.split(',');
const list = payloads.filter(({ kind }) => kinds?.includes(kind) ?? true);
let chromium;
before(async () => {
  chromium = await browser();
});
after(() => chromium?.close());

/** The files of an output with this end. */
const ending = (out, end) => readdirSync(out, { recursive: true }).map((path) => path.split(sep).join('/')).filter((path) => path.endsWith(end));

/** Opens the pages that show others, and every so many of the others; returns how many were looked at. */
async function harmless(out, every) {
  const isRedirect = (path) => readFileSync(join(out, path), 'utf8').includes('http-equiv="refresh"');
  const pages = ending(out, '.html').filter((path) => !isRedirect(path)).sort();
  const shown = pages.filter((path, at) => !path.includes('/') || at % every === 0);
  assert.ok(shown.includes('all.html') && shown.length > 4, `${shown}`);
  const server = await served('/under/', out);
  let opened = 0;
  for (const policy of [true, false]) {
    const trap = await trapped(chromium, server.home, { policy, own: 'https://site.example/under/' });
    await visit(trap, shown.map((path) => server.home + path.split('/').map(encodeURIComponent).join('/')));
    await trap.context.close();
    assert.deepEqual(trap.notes.found, [], `policy: ${policy}`);
    opened += trap.notes.pages;
  }
  await server.close();
  for (const path of ['.html', '.json', '.js', '.csv', '.bib', '.xml'].flatMap((end) => ending(out, end))) {
    assert.ok(!readFileSync(join(out, path), 'utf8').includes(SUM), `${path} holds ${SUM}`);
  }
  ending(out, '.json').forEach((path) => JSON.parse(readFileSync(join(out, path), 'utf8')));
  return opened;
}

test('what is imported from TimelineJS, CSL and BibTeX does nothing', async () => {
  const { outs, pages, sources } = await importedSite(folder, list, after);
  // Those that are no sound text come in without the letters that make them so.
  assert.ok(pages > list.length * 2, `${pages} pages`);
  assert.ok((sources.match(/^[^\s#].*:$/gm) ?? []).length > list.length, 'sources came of both formats');
  const calls = list.filter(({ text }) => text.includes('hit('));
  for (const out of outs) {
    const shown = new Set(readFileSync(join(out, 'sources.html'), 'utf8').match(/hit\(\d+\)/g));
    assert.ok(shown.size >= calls.length * 0.7, `only ${shown.size} of ${calls.length} calls are shown`);
  }
  let opened = 0;
  for (const out of outs) {
    opened += await harmless(out, 12);
  }
  console.log(`# imported: ${pages} events of ${list.length} payloads; ${opened} pages opened`);
});

test('names of pages and of pictures do nothing', async () => {
  const { outs, taken, refused } = await namedSite(folder, list, after);
  assert.ok(taken > list.length / 3, `${taken} names are taken`);
  let opened = 0;
  for (const out of outs) {
    opened += await harmless(out, 2);
  }
  console.log(`# names: ${taken} taken, ${refused} refused; ${opened} pages opened`);
});
