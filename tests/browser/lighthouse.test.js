// Lighthouse, as a phone sees the home page and an event of a static host that packs what it sends. What it measures in
// time depends on the machine, so that this part is held against a lower bound.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import lighthouse from 'lighthouse';
import { measured } from './floors.js';
import { browser, pages, served } from './site.js';

const port = 9300 + (process.pid % 600);
let chromium;
let server;
before(async () => {
  chromium = await browser([`--remote-debugging-port=${port}`]);
  server = await served('/');
});
after(async () => {
  await chromium?.close();
  await server?.close();
});

const wanted = ['accessibility', 'best-practices', 'seo'];
const views = { home: 'index.html', event: pages.find((path) => path.startsWith('timeline/')) };

for (const [name, path] of Object.entries(views)) {
  test(`Lighthouse has nothing to find fault with on ${name === 'home' ? 'the home page' : 'an event'}, and finds it quick`, async () => {
    const { lhr } = await lighthouse(server.home + path, { port, output: 'json', logLevel: 'silent', onlyCategories: [...wanted, 'performance'] });
    assert.equal(lhr.runtimeError, undefined);
    const score = (category) => Math.round(lhr.categories[category].score * 100);
    const faults = (category) => lhr.categories[category].auditRefs
      .map(({ id }) => lhr.audits[id])
      .filter((audit) => audit.score !== null && audit.score < 1)
      .map(({ id, title, displayValue }) => `${id}: ${title} ${displayValue ?? ''}`);
    measured(`lighthouse-${name}`, Math.min(...wanted.map(score)), wanted.flatMap(faults));
    measured(`speed-${name}`, score('performance'), faults('performance'));
  });
}
