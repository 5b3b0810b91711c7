// Hostile texts in every field: whatever content says, no page, edition, feed or message does anything.
//
// PAYLOADS=tag,style tries only some kinds of payloads.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { after, before, test } from 'node:test';
import { look, trapped, visit } from './canary.js';
import { hostileSites, run, written } from './hostile.js';
import { CANARY, SUM, payloads } from './payloads.js';
import { folderFor, newSite, serve } from './program.js';
import { browser, served } from './site.js';

const folder = folderFor(after);
const kinds = process.env.PAYLOADS?.split(',');
const list = payloads.filter(({ kind }) => kinds?.includes(kind) ?? true);
let chromium;
let sites;
before(async () => {
  // Not at once: a browser that nobody closes, because the sites failed, would keep the tests from ending.
  chromium = await browser();
  sites = await hostileSites(folder, list);
  for (const site of sites) {
    site.server = await served('/under/', site.out);
    site.files = readdirSync(site.out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(site.out.length + 1).split(sep).join('/'));
  }
});
after(async () => {
  await chromium?.close();
  await Promise.all((sites ?? []).map((site) => site.server?.close()));
});

const bytes = (site, path) => readFileSync(join(site.out, path), 'utf8');
const isRedirect = (site, path) => bytes(site, path).includes('<meta http-equiv="refresh"');
const address = (site, path) => site.server.home + path.split('/').map(encodeURIComponent).join('/');
const named = (site, end) => site.files.filter((path) => path.endsWith(end));

/** Opens addresses of every site with the policy and without it; returns how many pages were looked at. */
async function harmless(addresses, act, policies = [true, false]) {
  let pages = 0;
  for (const policy of policies) {
    for (const site of sites) {
      const trap = await trapped(chromium, site.server.home, { policy, own: site.address });
      await visit(trap, addresses(site), act && ((page, at) => act(site, page, at)));
      await trap.context.close();
      assert.deepEqual(trap.notes.found, [], `policy: ${policy}`);
      pages += trap.notes.pages;
    }
  }
  assert.ok(pages > 0);
  return pages;
}

test('every field of every schema carries every payload, or refuses it', () => {
  const all = (name) => new Set(sites.flatMap((site) => [...site[name]]));
  const [fields, carried, refused] = [all('fields'), all('carried'), new Set(sites.flatMap((site) => [...site.refused.keys()]))];
  // The small sites try some again, in other surroundings.
  const both = [...refused].filter((pair) => carried.has(pair)).length;
  console.log(`# ${list.length} payloads in ${fields.size} fields: ${carried.size} carried, ${refused.size - both} refused`);
  const formats = new Set(sites.flatMap((site) => site.files.map((path) => path.split('.').pop())));
  console.log(`# in files of these kinds: ${[...formats].sort().join(' ')}`);
  // What editors type most takes nearly everything; a harness that carries nothing would find nothing.
  for (const field of ['event.title', 'page.title', 'event.claims[].said-by', 'sources.*.title', 'sources.*.publisher', 'questions.*.title', 'site.authors[]', 'site.title']) {
    const own = list.filter(({ number }) => sites.some((site) => site.carried.has(`${field} ${number}`)));
    assert.ok(own.length > list.length * 0.9, `${field} carries ${own.length} of ${list.length}`);
  }
  for (const field of ['event.summary', 'event.claims[].note', 'event.body.html', 'event.body.paragraph', 'sources.*.note', 'questions.*.note']) {
    const own = list.filter(({ number }) => sites.some((site) => site.carried.has(`${field} ${number}`)));
    assert.ok(own.length > list.length * 0.7, `${field} carries ${own.length} of ${list.length}`);
  }
});

test('pages, one-page editions and 404.html do nothing, with their policy and without it', async () => {
  const pages = await harmless((site) => named(site, '.html').filter((path) => !isRedirect(site, path)).map((path) => address(site, path)), async (site, page, at) => {
    const number = Number(/timeline\/e(\d+)\.html$/.exec(at)?.[1]);
    if (site.carried.has(`event.title ${number}`)) {
      const plain = (text) => text.replace(/[^A-Za-z0-9<>"'=]/g, '');
      const title = plain(await page.title());
      assert.ok(title.startsWith(plain(payloads[number].text)), `${at}: the title is ${title}`);
    }
  });
  console.log(`# ${pages} pages opened`);
});

test('the search box finds payloads and runs none', async () => {
  let results = 0;
  // The theme plain has no search.
  await harmless((site) => (site.theme === 'plain' ? [] : [address(site, 'index.html')]), async (site, page) => {
    await page.evaluate(() => document.getElementById('dateline--search').showModal());
    // The first search fetches the index.
    await page.locator('#dateline--search input').fill('title');
    await page.waitForFunction(() => document.querySelector('#dateline--search [role=status]').textContent !== '');
    results += await page.evaluate(async (texts) => {
      const [input, list] = ['input', 'ol'].map((name) => document.querySelector(`#dateline--search ${name}`));
      let found = 0;
      for (const text of texts) {
        input.value = text.slice(0, 200);
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await new Promise((done) => setTimeout(done, 1));
        found += list.children.length;
      }
      return found;
    }, site.own.map(({ text }) => text));
    assert.deepEqual(await page.evaluate(look, { canary: CANARY, own: site.address }), []);
  });
  assert.ok(results > list.length, `only ${results} were ever found`);
});

test('feeds and the timeline for others do nothing in a reader without a policy', async () => {
  const reader = (site, name, parts) => {
    const text = `<!doctype html><title>Reader</title>${parts.map((part) => `<article>${part}</article>`).join('\n')}`;
    writeFileSync(join(site.out, name), text);
  };
  for (const site of sites) {
    const feed = JSON.parse(bytes(site, 'feed.json'));
    assert.ok(feed.items.length > 0);
    reader(site, 'reader-json.html', feed.items.flatMap(({ content_html, summary }) => [content_html, summary?.replaceAll('<', '&lt;') ?? '']));
    const { title, events } = JSON.parse(bytes(site, 'data/timeline.json'));
    const texts = [title, ...events].flatMap(({ text, media, group }) => [text?.headline, text?.text, media?.caption, media?.credit, group]);
    reader(site, 'reader-timeline.html', texts.filter(Boolean));
    const page = await chromium.newPage();
    const atom = await page.evaluate((xml) => {
      const tree = new DOMParser().parseFromString(xml, 'application/xml');
      const texts = [...tree.querySelectorAll('title, subtitle, summary, content, rights')];
      const bad = tree.querySelector('parsererror')?.textContent;
      return { bad, html: texts.filter((part) => part.getAttribute('type') === 'html').map((part) => part.textContent) };
    }, bytes(site, 'feed.xml'));
    await page.close();
    assert.equal(atom.bad, undefined);
    assert.ok(atom.html.length > 0);
    reader(site, 'reader-atom.html', atom.html);
  }
  await harmless((site) => ['reader-json.html', 'reader-timeline.html', 'reader-atom.html'].map((name) => address(site, name)), undefined, [false]);
});

test('books are whole XHTML and do nothing', async () => {
  await harmless((site) => {
    const [book] = named(site, '.epub');
    const out = join(site.out, 'book');
    mkdirSync(out, { recursive: true });
    execFileSync('python3', ['-m', 'zipfile', '-e', join(site.out, book), out]);
    const chapters = readdirSync(out, { recursive: true }).filter((path) => path.endsWith('.xhtml'));
    assert.ok(chapters.length > site.own.length);
    return chapters.map((path) => address(site, `book/${path.split(sep).join('/')}`));
  }, undefined, [false]);
});

test('old addresses lead to pages of the site', async () => {
  for (const site of sites) {
    for (const path of named(site, '.html').filter((path) => isRedirect(site, path))) {
      const [, to] = /http-equiv="refresh" content="0; url=([^"]*)"/.exec(bytes(site, path));
      assert.ok(/^[\w./%-]+\.html$/.test(to), `${path} leads to ${to}`);
    }
  }
});

test('no cell of a table is a formula, data can be read, and no text was taken for a template', async () => {
  const page = await chromium.newPage();
  let cells = 0;
  for (const site of sites) {
    for (const path of named(site, '.csv')) {
      for (const cell of [',', ';', '\t', '|'].flatMap((end) => cellsOf(bytes(site, path), end))) {
        cells += 1;
        assert.ok(!/^[\s\u0000-\u001f"\ufeff]*[=+@\uff1d\uff0b\uff0d\uff20-]/.test(cell) && !/^[\t\r\n]/.test(cell) || /^-?\d+(\.\d+)?$/.test(cell), `${path}: ${JSON.stringify(cell)}`);
      }
    }
    named(site, '.json').forEach((path) => JSON.parse(bytes(site, path)));
    for (const path of [...named(site, '.xml'), ...named(site, '.svg')].filter((path) => !path.startsWith('book/'))) {
      const bad = await page.evaluate((xml) => new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')?.textContent, bytes(site, path));
      assert.equal(bad, undefined, path);
    }
    for (const path of site.files.filter((path) => /\.(html|xml|json|js|csv|bib|css|txt|webmanifest)$/.test(path))) {
      assert.ok(!bytes(site, path).includes(SUM), `${path} holds ${SUM}`);
    }
    for (const path of named(site, '.png')) {
      assert.equal(readFileSync(join(site.out, path)).subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n', path);
    }
  }
  await page.close();
  assert.ok(cells > 4 * list.length, `${cells} cells`);
});

/** The cells of a table in CSV, by RFC 4180, and as a spreadsheet sees them that parts cells at another sign than a comma. */
function cellsOf(text, end) {
  const sign = end === '|' ? '\\|' : end;
  const parted = new RegExp(`(?:^|${sign}|\\r\\n|\\r|\\n)(?:"((?:[^"]|"")*)"|([^${sign}\\r\\n]*))`, 'g');
  return [...text.matchAll(parted)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

test('messages show payloads and obey none: in a terminal, in reports, and over a served page', async () => {
  const root = await written(folder, list);
  const formats = await Promise.all(['human', 'json', 'github', 'sarif'].map((format) => run('check', '--root', root, '--color', 'never', '--format', format)));
  const [human, ...reports] = formats;
  assert.equal(human.code, 1);
  const odd = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u.exec(human.stderr);
  assert.equal(odd, null, `at ${odd?.index}: ${JSON.stringify(human.stderr.slice(odd?.index - 200, odd?.index + 50))}`);
  // GitHub takes a line for a command however far in it stands; `::: PATH` is how another file is named.
  assert.ok(!/^\s*::(?!: content\/)/m.test(human.stderr), 'a line is a command');
  const { diagnostics } = JSON.parse(reports[0].stdout);
  assert.ok(diagnostics.length > list.length);
  const github = reports[1].stdout.split('\n').filter(Boolean);
  assert.equal(github.length, diagnostics.length);
  assert.deepEqual(github.filter((line) => !/^::(error|warning|notice) [^\r]*$/.test(line)), []);
  const { runs } = JSON.parse(reports[2].stdout);
  assert.equal(runs[0].results.length, diagnostics.length);

  const server = await serve({ folder: root });
  after(() => server.stop());
  for (const policy of [true, false]) {
    const trap = await trapped(chromium, server.home, { policy });
    await visit(trap, [server.home], async (page) => {
      assert.ok(await page.locator('article').count() >= diagnostics.length / 2, 'the mistakes are shown');
    });
    await trap.context.close();
    assert.deepEqual(trap.notes.found.filter((what) => !/status of 503/.test(what)), []);
  }
  await server.stop();
});

test('served pages do nothing, nor does what stands over them', async () => {
  const site = newSite();
  after(site.drop);
  const server = await serve(site);
  const trap = await trapped(chromium, server.home, { policy: false });
  const page = await trap.context.newPage();
  await page.goto(server.home);
  const front = list.map(({ text }, at) => `x${at}-${text.replace(/[^!-~]|["\\]/g, '')}`).map((key) => `"${key.slice(0, 200)}": 1`);
  site.put('content/pages/bad.md', `---\ntitle: Bad\n${front.join('\n')}\n---\n${list.map(({ text }) => `[a](javascript:x) ${text.replace(/[^ -~]/g, ' ')}`).join('\n\n')}\n`);
  await page.waitForFunction(() => document.querySelector('dateline-serve').shadowRoot.querySelectorAll('article').length > 0);
  const shown = await page.evaluate(() => document.querySelector('dateline-serve').shadowRoot.querySelectorAll('article').length);
  assert.ok(shown >= list.length / 2, `${shown} mistakes are shown`);
  assert.deepEqual(await page.evaluate(look, { canary: CANARY }), []);
  await trap.context.close();
  await server.stop();
  assert.deepEqual(trap.notes.found, []);
});

test('this harness hears a payload: of a theme that does not escape, all of this is found', async () => {
  const site = newSite({
    'themes/careless/theme.yaml': 'name: careless\ntitle: Careless\nextends: broadsheet\n',
    'themes/careless/templates/page.html': '{% extends "base.html" %}{% block main %}<h1>{{ page.title | safe }}</h1>{% endblock main %}',
    'content/pages/bad.md': `---\ntitle: >-\n  A <script>hit(1)</script> <img src=x onerror=hit(2)> <img src=https://${CANARY}/3>\n---\nText.\n`,
  });
  after(site.drop);
  site.edit('content/site.yaml', 'theme: broadsheet', 'theme: careless');
  const out = join(folder, 'careless');
  const built = await run('build', '--root', site.folder, '--out', out);
  assert.equal(built.code, 0, built.stderr);
  const server = await served('/', out);
  const told = {};
  for (const policy of [true, false]) {
    const trap = await trapped(chromium, server.home, { policy });
    await visit(trap, [`${server.home}pages/bad.html`]);
    await trap.context.close();
    told[policy] = trap.notes.found.join('\n');
  }
  await server.close();
  for (const heard of [/says HIT 1/, /says HIT 2/, /asks for https:\/\/canary/, /has a handler/, /has a script in it/, /asks the canary/]) {
    assert.match(told.false, heard);
  }
  assert.doesNotMatch(told.true, /HIT/, 'the policy stops what the theme let in');
  assert.match(told.true, /Content Security Policy/);
});
