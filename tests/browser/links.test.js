// Every link of every page leads to a file and an anchor that are there; ids are unique; every page has one first heading.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browser, files, onDisk, pages, site, text } from './site.js';

/** By page: what the browser's parser makes of its links, ids and headings; nothing is loaded or followed. */
const found = new Map();
before(async () => {
  const chromium = await browser();
  const page = await chromium.newPage();
  await page.goto('about:blank');
  for (const path of files.filter((path) => path.endsWith('.html'))) {
    found.set(path, await read(page, path));
  }
  await chromium.close();
});
after(() => found.clear());

async function read(page, path) {
  return page.evaluate(
    ([html, address]) => {
      const tree = new DOMParser().parseFromString(html, 'text/html');
      const absolute = (value) => new URL(value, address).href;
      const all = (selector) => [...tree.querySelectorAll(selector)];
      return {
        links: all('[href]').filter((element) => element.localName !== 'base').map((element) => absolute(element.getAttribute('href'))),
        parts: all('[src]').map((element) => absolute(element.getAttribute('src'))),
        refresh: all('meta[http-equiv="refresh"]').map((element) => absolute(element.content.split('url=')[1])),
        references: all('[aria-labelledby],[aria-describedby],[for],[popovertarget]').flatMap((element) =>
          ['aria-labelledby', 'aria-describedby', 'for', 'popovertarget'].flatMap((name) => element.getAttribute(name)?.split(/\s+/) ?? [])),
        ids: all('[id]').map((element) => element.id),
        headings: all('h1').length,
        levels: all('h1,h2,h3,h4,h5,h6').map((element) => Number(element.localName[1])),
        styles: all('[style]').length,
        scripts: all('script:not([src])').filter((script) => !/json/.test(script.type)).length,
      };
    },
    [text(path), onDisk(path)],
  );
}

const home = `${pathToFileURL(site).href}/`;
const known = new Set(files.map(onDisk));

test('every link leads to a file and an anchor that are there', () => {
  const broken = [];
  let followed = 0;
  for (const [path, { links, parts, refresh }] of found) {
    for (const link of [...links, ...parts, ...refresh]) {
      if (/^(https?|mailto|tel|data):/.test(link)) {
        continue;
      }
      const address = new URL(link);
      const anchor = decodeURIComponent(address.hash.slice(1));
      address.hash = '';
      address.search = '';
      followed += 1;
      if (!known.has(address.href)) {
        broken.push(`${path}: ${link.replace(home, '')} is not there`);
      } else if (anchor) {
        const target = files.find((file) => onDisk(file) === address.href);
        if (!found.get(target)?.ids.includes(anchor)) {
          broken.push(`${path}: ${target} has no #${anchor}`);
        }
      }
    }
  }
  console.log(`# ${followed} links of ${found.size} pages`);
  assert.ok(followed > 1000, 'the links were not seen');
  assert.deepEqual(broken, []);
});

test('pictures, styles, scripts and fonts come from the site itself', () => {
  for (const [path, { parts }] of found) {
    assert.deepEqual(parts.filter((part) => !part.startsWith(home) && !part.startsWith('data:')), [], path);
  }
});

test('ids are unique on their page, and what refers to one finds it', () => {
  for (const [path, { ids, references }] of found) {
    assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), [], `${path} has ids twice`);
    assert.deepEqual(references.filter((id) => !ids.includes(id)), [], `${path} refers to ids that it does not have`);
  }
});

test('every page has one first heading, and no level is skipped', () => {
  for (const path of pages) {
    const { headings, levels } = found.get(path);
    assert.equal(headings, 1, path);
    levels.forEach((level, at) => assert.ok(at === 0 || level <= levels[at - 1] + 1, `${path} goes from h${levels[at - 1]} to h${level}`));
  }
});

test('nothing is written that the policy would have to forbid: no style attribute, no inline script', () => {
  for (const [path, { styles, scripts }] of found) {
    assert.deepEqual({ path, styles, scripts }, { path, styles: 0, scripts: 0 });
  }
});
