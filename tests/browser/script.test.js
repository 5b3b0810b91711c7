// What the theme's script adds: filters, search, keys, copied links, colours. And that it keeps out of the way without it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { measured } from './floors.js';
import { browser, files, looked, onDisk, pages, served, site, text } from './site.js';

const disk = pathToFileURL(site).href;
const events = pages.filter((path) => path.startsWith('timeline/'));
const here = createRequire(import.meta.url);

let chromium;
let server;
before(async () => {
  chromium = await browser();
  server = await served();
});
after(async () => {
  await chromium?.close();
  await server?.close();
});

/** Opens a page, lets a reader act on it, and holds the console and the network against silence. */
const on = (path, options, act, more) => {
  const [file, query] = path.split('?');
  return looked(chromium, disk, onDisk(file) + (query ? `?${query}` : ''), options, act, more);
};

/** The entries of the rail that are to be seen, by their ids. */
const seen = (page) => page.$$eval('.entry', (entries) => entries.filter((entry) => entry.checkVisibility()).map((entry) => entry.id));

test('the script is a classic one of at most 10 kB that asks for nothing by itself', () => {
  const script = text('static/dateline.js');
  const bytes = Buffer.byteLength(script);
  measured('script', bytes / 1000);
  assert.doesNotMatch(script, /\bfetch\(|XMLHttpRequest|\bimport\b|\beval\(|innerHTML|\.style\b/);
  for (const path of pages.filter((path) => path !== '404.html')) {
    const scripts = [...text(path).matchAll(/<script\b([^>]*)>/g)].map(([, attributes]) => attributes);
    const own = scripts.filter((attributes) => /static\//.test(attributes)).map((attributes) => attributes.replace(/(\.\.\/)+/, ''));
    // The script of the offline copy comes from the program, and only where a site has one.
    assert.deepEqual(own.filter((attributes) => attributes !== ' src="static/offline.js" defer'), [' src="static/dateline.js"'], path);
  }
});

test('what the site carries of minisearch is the package, made small by terser', () => {
  const terser = here.resolve('terser/bin/terser');
  const dist = join(dirname(here.resolve('minisearch')), '..');
  const source = join(dist, 'umd/index.js');
  const small = execFileSync(process.execPath, [terser, source, '--compress', '--mangle', '--comments', 'false']).toString();
  const [first, ...rest] = text('static/minisearch.js').split('\n');
  assert.equal(rest.join('\n').trim(), small.trim());
  assert.ok(first.includes(JSON.parse(readFileSync(join(dist, '../package.json'))).version), first);
  assert.match(text('static/minisearch-LICENSE.txt'), /Permission is hereby granted, free of charge/);
});

test('without JavaScript nothing is shown that needs it', async () => {
  for (const path of ['index.html', events[0], 'ledger.html']) {
    await on(path, { javaScriptEnabled: false }, async (page) => {
      assert.equal(await page.locator('.tool:visible, dialog:visible, [role=status]:visible').count(), 0, path);
    });
  }
  await on('index.html', { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } }, async (page) => {
    const all = await page.locator('.entry:visible').count();
    await page.uncheck('#dateline--show-context');
    const keys = await page.locator('.entry:visible').count();
    assert.ok(keys > 0 && keys < all, 'context events fold without a script');
  });
});

test('a group filters the rail, the address keeps it, and it is there again after going on and back', async () => {
  await on('index.html', {}, async (page) => {
    const all = await seen(page);
    const button = page.locator('.filters button').nth(2);
    const group = await button.getAttribute('data-group');
    await button.click();
    const some = await seen(page);
    const expected = await page.$$eval('.entry', (entries, name) => entries.filter((entry) => entry.dataset.groups.split(' ').includes(name)).map((entry) => entry.id), group);
    assert.deepEqual(some, expected);
    assert.ok(some.length > 0 && some.length < all.length);
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    assert.equal(new URL(page.url()).search, `?group=${group}`);
    assert.match(await page.locator('#dateline--found').innerText(), new RegExp(`^${some.length} `));
    await page.uncheck('#dateline--show-context');
    assert.equal(new URL(page.url()).search, `?group=${group}&context=off`);
    const left = await seen(page);
    await page.locator('.entry:visible h3 a').first().click();
    await page.waitForURL(/timeline\//);
    await page.goBack();
    await page.waitForURL(/context=off/);
    assert.deepEqual(await seen(page), left);
    await page.reload();
    assert.deepEqual(await seen(page), left);
    await page.check('#dateline--show-context');
    await page.locator('.filters button').first().click();
    assert.deepEqual(await seen(page), all);
    assert.equal(new URL(page.url()).search, '');
    assert.equal(await page.locator('#dateline--found').innerText(), '');
  });
});

test('where no event is left, the page says so and leads back', async () => {
  await on('index.html?group=no-such-group&context=off', {}, async (page) => {
    assert.deepEqual(await seen(page), []);
    const all = await page.locator('.entry').count();
    assert.ok(await page.locator('.nothing').isVisible());
    await page.locator('.nothing button').click();
    assert.equal((await seen(page)).length, all);
    assert.ok(await page.locator('.nothing').isHidden());
    assert.equal(await page.evaluate(() => document.activeElement.id), 'dateline--show-context', 'the focus is not lost');
  });
});

for (const [how, address] of [['from a disk', onDisk('index.html')], ['from a server under a path', undefined]]) {
  test(`the search finds claims with their hedge in front, ${how}, and loads its index only when it is opened`, async () => {
    const home = address ? disk : server.home;
    await looked(chromium, home, address ?? `${server.home}index.html`, {}, async (page) => {
      const asked = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.reload();
      assert.deepEqual(asked.filter((url) => /minisearch|search-index/.test(url)), []);
      await page.keyboard.press('/');
      await page.keyboard.type('panel experts 2bn');
      const first = page.locator('#dateline--search .results a').first();
      await first.waitFor();
      assert.deepEqual(asked.filter((url) => /minisearch|search-index/.test(url)).length, 2);
      assert.equal(await first.locator('span').first().getAttribute('class'), 'hedge');
      assert.match((await first.innerText()).replace(/\s+/g, ' '), /^up to \$2bn/i);
      assert.match(await page.locator('#dateline--search [role=status]').innerText(), /^\d+ /);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/ledger\.html#claim-/);
      assert.equal(await page.locator(':target .hedge').first().innerText().then((hedge) => hedge.toLowerCase()), 'up to');
    });
  });
}

test('every figure in the index that has a hedge or a speaker in the ledger has it in the search too', async () => {
  const index = {};
  new Function('window', text('static/search-index.js'))(index);
  const claims = index.datelineIndex.filter(({ kind }) => kind === 'claim');
  const rows = JSON.parse(text('data/claims.json'));
  assert.equal(claims.length, rows.length);
  for (const row of rows) {
    const claim = claims.find(({ path }) => path === `ledger.html#claim-${row.id}`);
    assert.deepEqual([claim?.hedge ?? null, claim?.by ?? null], [row.hedge, row.said_by], row.id);
  }
  for (const { path } of index.datelineIndex) {
    const [file, anchor] = path.split('#');
    assert.ok(files.includes(decodeURIComponent(file)), path);
    assert.ok(!anchor || text(file).includes(`id="${anchor}"`), path);
  }
});

test('the search takes accents, half syllables of Hangul, the Arabic article and a wrong letter as they are meant', async () => {
  await on(events[0], {}, async (page) => {
    // Another index in place of the site's own: the words of other languages.
    await page.addInitScript(() => {
      const entry = (title) => ({ kind: 'page', title, path: 'index.html' });
      Object.defineProperty(window, 'datelineIndex', { get: () => ['북한은 부인했다', 'البنك المركزي', 'Entführte Gelder der Größe', 'Cryptocurrency and weapons'].map(entry), set: () => {} });
    });
    await page.reload();
    await page.keyboard.press('/');
    const find = async (query) => {
      await page.fill('#dateline--search input', query);
      await page.waitForFunction(() => document.querySelector('#dateline--search [role=status]').textContent !== '');
      return page.locator('#dateline--search .results .title').allInnerTexts();
    };
    for (const [query, found] of [['북ㅎ', '북한은'], ['북하', '북한은'], ['بنك', 'البنك'], ['entfuhrte', 'Entführte'], ['GROSSE', 'Größe'], ['cryptocurency', 'Crypto']]) {
      const titles = await find(query);
      assert.ok(titles.length === 1 && titles[0].includes(found), `${query}: ${titles}`);
    }
    assert.deepEqual(await find('zzzz'), []);
    assert.match(await page.locator('#dateline--search [role=status]').innerText(), /Nothing found/);
  });
});

test('an index that does not load is told, and asked for again', async () => {
  await on('index.html', {}, async (page) => {
    let refused = 0;
    await page.route('**/search-index.js', (route) => (refused++ ? route.continue() : route.fulfill({ status: 404, body: '' })));
    await page.evaluate(() => { window.onerror = () => true; });
    await page.keyboard.press('/');
    // Only now: letters that come before the answer ask for nothing new.
    const told = page.locator('#dateline--search [role=status]');
    await page.waitForFunction((status) => status.textContent && status.textContent === status.dataset.failed, await told.elementHandle());
    await page.keyboard.type('panel');
    await page.locator('#dateline--search .results a').first().waitFor();
    assert.ok(refused > 1);
  }, { quiet: false });
});

test('j and k go along the rail; on an event j, k and the arrows go to the next page and back', async () => {
  await on('index.html', {}, async (page) => {
    const at = () => page.evaluate(() => document.activeElement.closest('.entry')?.id);
    const all = await seen(page);
    for (const [key, to] of [['j', 0], ['j', 1], ['ArrowRight', 2], ['k', 1], ['ArrowLeft', 0]]) {
      await page.keyboard.press(key);
      assert.equal(await at(), all[to], key);
    }
    await page.uncheck('#dateline--show-context');
    await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
    await page.keyboard.press('j');
    assert.equal(await at(), (await seen(page))[0], 'what is folded away is passed over');
  });
  const first = text('index.html').match(/<h3><a href="(timeline\/[^"]+)"/)[1];
  await on(first, {}, async (page) => {
    const next = await page.locator('.neighbours [rel=next]').evaluate((link) => link.href);
    for (const [forth, back] of [['j', 'k'], ['ArrowRight', 'ArrowLeft']]) {
      await page.keyboard.press(forth);
      await page.waitForURL(next);
      await page.keyboard.press(back);
      await page.waitForURL(onDisk(first));
    }
  });
});

test('keys leave inputs, other modifiers and what scrolls sideways alone, and can be switched off for good', async () => {
  await on(events[3], {}, async (page) => {
    const stays = async (what) => {
      await page.waitForTimeout(100);
      assert.equal(page.url(), onDisk(events[3]), what);
      assert.equal(await page.locator('dialog[open]').count(), 0, what);
    };
    for (const key of ['Control+j', 'Alt+k', 'Shift+ArrowRight', 'Meta+/']) {
      await page.keyboard.press(key);
      await stays(key);
    }
    await page.locator('[name=theme]').first().focus();
    await page.keyboard.press('ArrowRight');
    await stays('arrows choose among the colours');
    await page.evaluate(() => { document.activeElement.blur(); document.body.append(Object.assign(document.createElement('div'), { tabIndex: 0, id: 'box' })); document.querySelector('#box').focus(); });
    await page.keyboard.press('ArrowRight');
    await stays('a table that can be moved');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('?');
    assert.ok(await page.locator('#dateline--keys').isVisible());
    assert.ok(await page.locator('#dateline--keys kbd').count() > 4);
    await page.keyboard.press('j');
    assert.equal(page.url(), onDisk(events[3]));
    await page.uncheck('#dateline--keys input');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await stays('switched off');
    await page.reload();
    await page.keyboard.press('/');
    await stays('switched off, after loading again');
  });
});

test('links to claims, headings, questions, sources and events show themselves and are copied, and the target is marked', async () => {
  const permissions = ['clipboard-read', 'clipboard-write'];
  const places = [
    ['ledger.html', 'tr .anchor'], ['ledger.html', '.asked .anchor'], ['sources.html', 'h2 .anchor'],
    ['index.html', '.entry .anchor'], [pages.find((path) => text(path).includes('<div class="body">') && /<h2 id="[^"]+">[^<]* <a class="anchor"/.test(text(path))), '.body h2 .anchor'],
  ];
  await looked(chromium, server.home, `${server.home}index.html`, { permissions }, async (page) => {
    for (const [path, selector] of places) {
      await page.goto(`${server.home}${path}?group=thefts`);
      const anchor = page.locator(selector).first();
      await anchor.focus();
      await page.waitForFunction((element) => getComputedStyle(element).opacity === '1', await anchor.elementHandle());
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.querySelector('#dateline--said').textContent !== '');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, `${server.home}${path}${await anchor.getAttribute('href')}`);
      assert.equal(await page.locator('#dateline--said').innerText(), 'Link copied');
      const marked = await page.evaluate(() => {
        const target = document.querySelector(':target');
        return [target, ...target.querySelectorAll('h3, .asked, th')].some((element) => {
          const { boxShadow, borderInlineStartWidth } = getComputedStyle(element);
          return boxShadow !== 'none' || parseFloat(borderInlineStartWidth) >= 2;
        });
      });
      assert.ok(marked, `${path} ${selector}`);
    }
  });
});

test('where nothing may be copied, the address bar has the link and the page says so', async () => {
  await on('ledger.html', {}, async (page) => {
    await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); });
    await page.locator('.asked .anchor').first().click();
    await page.waitForFunction(() => document.querySelector('#dateline--said').textContent !== '');
    assert.match(await page.locator('#dateline--said').innerText(), /address bar/);
    assert.match(page.url(), /#question-/);
  });
});

test('the colours follow the system until a reader chooses, and the choice is there before anything is painted', async () => {
  const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await on('index.html', { colorScheme: 'light' }, async (page) => {
    const light = await paper(page);
    await page.check('[name=theme][value=dark]');
    const dark = await paper(page);
    assert.notEqual(dark, light);
    // What is painted first: the script has run before the body is there.
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (document.body) {
          window.first = document.documentElement.dataset.theme;
          observer.disconnect();
        }
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(onDisk(events[0]));
    assert.equal(await page.evaluate(() => window.first), 'dark');
    assert.equal(await paper(page), dark);
    assert.ok(await page.isChecked('[name=theme][value=dark]'));
    await page.check('[name=theme][value=system]');
    assert.equal(await paper(page), light);
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.equal(await paper(page), dark);
  });
});

test('where the browser forbids keeping anything, everything else goes on', async () => {
  await on('index.html', { colorScheme: 'light' }, async (page) => {
    await page.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } }));
    await page.reload();
    await page.check('[name=theme][value=dark]');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await page.locator('.filters button').nth(1).click();
    assert.ok((await seen(page)).length > 0);
  });
});

test('the windows that the script opens pass axe, light and dark', async () => {
  const axe = here.resolve('axe-core/axe.min.js');
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      await on('index.html?context=off', { colorScheme, bypassCSP: true, viewport: { width, height: 800 } }, async (page) => {
        await page.addScriptTag({ path: axe });
        for (const key of ['/', '?']) {
          await page.keyboard.press(key);
          if (key === '/') {
            await page.keyboard.type('panel');
            await page.locator('#dateline--search .results a').first().waitFor();
          }
          const { violations } = await page.evaluate(() => window.axe.run(document, { preload: false }));
          assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 150)} ${nodes[0].failureSummary}`), [], `${key} ${width} ${colorScheme}`);
          await page.keyboard.press('Escape');
          await page.locator('dialog[open]').waitFor({ state: 'detached' });
        }
      }, { quiet: false });
    }
  }
});
