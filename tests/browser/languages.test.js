// A site in Arabic and one in Korean: right for axe and the checker, no wider than the screen, and turned around where
// the script runs from right to left.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { address, axeFinds, build, nuSays, repository, tooWide } from './made.js';
import { browser } from './site.js';

let chromium;
const sites = {};
before(async () => {
  chromium = await browser();
  for (const language of ['arabic', 'korean']) {
    sites[language] = build(join(repository, 'tests/projects', language));
  }
});
after(() => chromium?.close());

for (const language of ['arabic', 'korean']) {
  test(`axe finds nothing on any page in ${language}, at 360 and 1280 px, light and dark`, async () => {
    for (const width of [360, 1280]) {
      assert.deepEqual(await axeFinds(chromium, sites[language], width), []);
    }
  });

  test(`the Nu HTML checker has nothing to say of any page in ${language}`, () => {
    assert.deepEqual(nuSays(sites[language]), []);
  });

  test(`no page in ${language} is wider than the screen`, async () => {
    for (const width of [320, 768, 1280]) {
      assert.deepEqual(await tooWide(chromium, sites[language], width), [], `${width} px`);
    }
  });
}

async function on(path, look, width = 1280) {
  const page = await chromium.newPage({ viewport: { width, height: 900 } });
  await page.goto(address(sites.arabic, path));
  const seen = await page.evaluate(look);
  await page.close();
  return seen;
}

test('from right to left, the rail stands at the right and time runs to the left', async () => {
  const seen = await on('index.html', () => {
    const middle = (selector) => {
      const box = document.querySelector(selector).getBoundingClientRect();
      return box.left + box.width / 2;
    };
    const years = [...document.querySelectorAll('.strip .wide text')].filter((text) => /^\d{4}$/.test(text.textContent));
    return {
      rail: middle('.entry .mark') > middle('.entry .text') && middle('.entry .text') > middle('.entry .figure'),
      years: years.map((year) => [year.textContent, year.getBoundingClientRect().left]),
    };
  });
  assert.ok(seen.rail, 'the order is not mark, text, figure from the right');
  const places = seen.years.sort(([a], [b]) => a.localeCompare(b)).map(([, left]) => left);
  assert.ok(places.length >= 3, 'no years were seen');
  places.forEach((place, at) => assert.ok(at === 0 || place < places[at - 1], `years do not run to the left: ${seen.years}`));
});

test('values grow to the right in every script, and a number stands before its unit', async () => {
  const seen = await on('timeline/2021-thefts.html', () => {
    const chart = document.querySelector('.chart');
    const labels = [...chart.querySelectorAll('.axis text')].map((text) => [parseFloat(text.textContent), text.getBoundingClientRect().left]);
    const lines = [...chart.querySelectorAll('.lines line')].map((line) => line.getBoundingClientRect().left);
    const row = chart.querySelector('li svg[role=img]').getBoundingClientRect();
    const label = chart.querySelector('li text');
    const at = label.textContent.indexOf('400');
    return {
      labels,
      inside: lines.every((left) => left >= row.left - 1 && left <= row.right + 1),
      number: label.getStartPositionOfChar(at).x,
      unit: label.getStartPositionOfChar(label.textContent.length - 1).x,
    };
  });
  const sorted = [...seen.labels].sort(([a], [b]) => a - b);
  sorted.forEach(([, left], at) => assert.ok(at === 0 || left > sorted[at - 1][1], `values do not grow to the right: ${seen.labels}`));
  assert.ok(seen.inside, 'the lines of the axis do not stand under the rows');
  assert.ok(seen.number > seen.unit, 'the number stands after its unit, read from the right');
});

test('names in Latin letters do not take the digits after them along', async () => {
  const seen = await on('sources.html', () => document.body.textContent);
  assert.match(seen, /الأمم المتحدة/);
  const short = await on('timeline/2019-un.html', () => [...document.querySelectorAll('.seen a')].map((link) => link.textContent));
  assert.ok(short.some((text) => /\u2068.*S\/2019\/691\u2069، 30/.test(text)), `${short}`);
});

test('Arabic letters join: nothing is spaced out', async () => {
  const spaced = await on('index.html', () =>
    [...document.querySelectorAll('body *')].filter((element) => !['normal', '0px'].includes(getComputedStyle(element).letterSpacing)).map((element) => element.className));
  assert.deepEqual(spaced, []);
});
