// What `dateline serve` does to a page while it is written: it changes in place, and mistakes stand over it.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { newSite, serve } from './program.js';
import { browser, watched } from './site.js';

const LONG = Array.from({ length: 60 }, (_, at) => `Paragraph ${at} of a text that is long enough to be scrolled.\n`).join('\n');
const EVENT = 'content/timeline/1900-long.md';
const event = (text) => `---\ntitle: A long story\ndate: 1900\npublished: 2026-11-20\n---\n${text}\n`;
const body = (first, last = 'The end.') => event(`${first}\n\n<details><summary>More</summary>\n\nHidden.\n\n</details>\n\n${LONG}\n\n[A link](../pages/about.md) to somewhere.\n\n${last}`);

let chromium;
let opened = [];
before(async () => { chromium = await browser(); });
after(async () => { await chromium?.close(); });
afterEach(async () => {
  for (const close of opened.reverse()) {
    await close();
  }
  opened = [];
});

/** Serves a site and opens a page of it. */
async function open(files, path, ...options) {
  const site = newSite(files);
  const server = await serve(site, ...options);
  const { context, notes } = await watched(chromium, server.home, { viewport: { width: 900, height: 600 } });
  opened.push(site.drop, () => server.stop(), () => context.close());
  const page = await context.newPage();
  await page.goto(server.home + path, { waitUntil: 'load' });
  await page.waitForFunction(() => !document.querySelector('dateline-serve').hidden);
  // Something that a new load would lose.
  await page.evaluate(() => { window.sameLoad = true; });
  return { site, server, page, context, notes };
}

const isSameLoad = (page) => page.evaluate(() => window.sameLoad === true);
const shown = (page, text) => page.getByText(text).first().waitFor({ state: 'attached' });
const quiet = { said: [], asked: [], failed: [] };

test('a change comes in place: scroll, open details, focus and selection stay', async () => {
  const { site, page, notes } = await open({ [EVENT]: body('First words.') }, 'timeline/1900-long.html');
  await page.locator('details summary').first().click();
  await page.locator('main a', { hasText: 'A link' }).focus();
  await page.evaluate(() => {
    const [from, to] = ['Paragraph 40', 'Paragraph 42'].map((start) => [...document.querySelectorAll('p')].find((p) => p.textContent.startsWith(start)));
    from.scrollIntoView({ block: 'center' });
    getSelection().setBaseAndExtent(from.firstChild, 2, to.firstChild, 5);
    window.held = from;
    window.top0 = from.getBoundingClientRect().top;
    window.selected = String(getSelection());
  });
  site.put(EVENT, body('Other words, and far more of them.\n\nA new paragraph.\n\nAnother new paragraph.'));
  await shown(page, 'Another new paragraph.');
  const now = await page.evaluate(() => ({
    same: window.sameLoad === true,
    moved: Math.abs(window.held.getBoundingClientRect().top - window.top0),
    connected: window.held.isConnected,
    open: document.querySelector('main details').open,
    focus: document.activeElement.textContent,
    selected: String(getSelection()) === window.selected && window.selected.length > 20,
  }));
  assert.ok(now.moved < 2, `what was read moved by ${now.moved} px`);
  assert.deepEqual({ ...now, moved: 0 }, { same: true, moved: 0, connected: true, open: true, focus: 'A link', selected: true });
  assert.deepEqual(notes, quiet);
});

test('what a script of the page added and changed stays', async () => {
  const { site, page } = await open({ [EVENT]: body('First words.') }, 'timeline/1900-long.html');
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'dark';
    const button = document.createElement('button');
    button.textContent = 'Added';
    button.addEventListener('click', () => { button.textContent = 'Clicked'; });
    document.querySelector('main h1').append(button);
    document.querySelector('main').prepend(document.createElement('aside'));
  });
  site.edit(EVENT, 'First words.', 'Second words.');
  await shown(page, 'Second words.');
  site.edit(EVENT, 'title: A long story', 'title: A longer story');
  await shown(page, 'A longer story');
  await page.getByRole('button', { name: 'Added' }).click();
  assert.equal(await page.getByRole('button', { name: 'Clicked' }).count(), 1);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  assert.ok(await isSameLoad(page));
});

test('a page equals one that is loaded afresh, after many kinds of change', async () => {
  const { site, server, page, context } = await open({ [EVENT]: body('First words.') }, 'timeline/1900-long.html');
  const states = [
    body('A [link](../pages/about.md) and *emphasis*.', '| a | b |\n|---|---|\n| 1 | 2 |\n'),
    body('- one\n- two\n- three', '| a | b |\n|---|---|\n| 0 | 0 |\n| 1 | 3 |\n'),
    body('- zero\n- one\n- three\n- four', '## A heading {#x}\n\nText.'),
    event('Short.'),
    body('> Quoted.\n\n1. one\n2. two', '## Another\n\n## A heading\n\nText.[^a]\n\n[^a]: A note.'),
    event(''),
    body('First words.'),
  ];
  const fresh = await context.newPage();
  const html = (of) => of.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    copy.querySelectorAll('dateline-serve, script[data-moment]').forEach((element) => element.remove());
    copy.querySelectorAll('link').forEach((link) => { link.href = link.href.replace(/\?moment=\d+/, ''); });
    return copy.outerHTML.replace(/\n\n+/g, '\n');
  });
  for (const [at, state] of states.entries()) {
    const digest = await fresh.goto(`${server.home}timeline/1900-long.html`).then((response) => response.text());
    site.put(EVENT, state);
    await page.evaluate(() => new Promise((done) => { document.addEventListener('dateline:changed', done, { once: true }); }));
    await fresh.goto(`${server.home}timeline/1900-long.html`);
    assert.notEqual(await fresh.content(), digest);
    assert.equal(await html(page), await html(fresh), `state ${at}`);
  }
  assert.ok(await isSameLoad(page));
});

test('styles are exchanged without a new load', async () => {
  const { site, page } = await open({ [EVENT]: body('First words.') }, 'timeline/1900-long.html');
  await page.evaluate(() => scrollTo(0, 700));
  const before = await page.evaluate(() => scrollY);
  site.put('themes/broadsheet/static/style.css', 'body { background: rgb(1, 2, 3) } p { margin: 1rem 0 }');
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)');
  site.put('themes/broadsheet/static/style.css', 'body { background: rgb(4, 5, 6) } p { margin: 1rem 0 }');
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(4, 5, 6)');
  await page.waitForFunction(() => document.querySelectorAll('link[href*="style.css"]').length === 1);
  assert.ok(await isSameLoad(page));
  assert.ok(before > 0 && await page.evaluate(() => scrollY) > 0);
});

test('a mistake stands over the last good page, closes with Escape, and goes when it is mended', async () => {
  const { site, page, notes } = await open({ [EVENT]: body('First words.') }, 'timeline/1900-long.html');
  await page.locator('main a', { hasText: 'A link' }).focus();
  const dialog = page.locator('dateline-serve dialog');
  site.edit(EVENT, 'title:', 'titel:');
  await dialog.waitFor({ state: 'visible' });
  const text = await dialog.innerText();
  assert.match(text, /2 mistakes: this is the last good page/);
  assert.match(text, /error\[unknown-field\]: there is no field `titel` here/);
  assert.match(text, /help: write `title`/);
  const link = await dialog.getByRole('link').first().getAttribute('href');
  assert.match(link, /^vscode:\/\/file\/.*1900-long\.md:2:1$/);
  assert.equal(await dialog.locator('.red').first().evaluate((span) => getComputedStyle(span).fontWeight), '700');
  assert.match(await page.locator('main').innerText(), /First words\./);

  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'A link');
  const count = page.locator('dateline-serve .count');
  assert.equal(await count.innerText(), '2 mistakes');
  await count.focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'visible' });

  site.edit(EVENT, 'titel:', 'title:');
  await dialog.waitFor({ state: 'hidden' });
  await count.waitFor({ state: 'hidden' });
  assert.ok(await isSameLoad(page));
  assert.deepEqual(notes, quiet);
});

test('warnings are a count that opens the list, and do not come by themselves', async () => {
  const { site, page } = await open({ [EVENT]: body('First words.') }, 'timeline/1900-long.html');
  site.edit(EVENT, 'First words.', 'It cost $2bn in all.');
  await shown(page, 'It cost $2bn in all.');
  const [count, dialog] = ['.count', 'dialog'].map((name) => page.locator(`dateline-serve ${name}`));
  await count.waitFor({ state: 'visible' });
  assert.equal(await count.innerText(), '1 warning');
  assert.ok(!(await dialog.isVisible()));
  await count.click();
  assert.match(await dialog.innerText(), /warning\[unsourced-figure\]/);
});

test('a site that was never good shows its mistakes, and then comes by itself', async () => {
  const site = newSite({ [EVENT]: body('First words.').replace('title:', 'titel:') });
  const server = await serve(site);
  const { context } = await watched(chromium, server.home);
  opened.push(site.drop, () => server.stop(), () => context.close());
  const page = await context.newPage();
  await page.goto(`${server.home}timeline/1900-long.html`);
  assert.match(await page.locator('main').innerText(), /error\[unknown-field\]/);
  site.edit(EVENT, 'titel:', 'title:');
  await shown(page, 'First words.');
});

test('a page that is deleted says so, leads home, and comes back', async () => {
  const { site, page, server } = await open({ [EVENT]: body('First words.') }, 'timeline/1900-long.html');
  site.remove(EVENT);
  const say = page.locator('dateline-serve .say');
  await say.getByText('This page is no longer there.').waitFor();
  assert.match(await page.locator('main').innerText(), /First words\./);
  site.put(EVENT, body('It is back.'));
  await shown(page, 'It is back.');
  await page.waitForFunction(() => document.querySelector('dateline-serve').shadowRoot.querySelector('.say').textContent === '');
  site.remove(EVENT);
  await say.getByRole('link').click();
  await page.waitForURL(server.home);
});

test('with --follow the browser goes to what is edited, and to the place on the page', async () => {
  const { site, page } = await open({ [EVENT]: body('First words.') }, 'index.html', '--follow');
  site.edit(EVENT, 'First words.', 'Other words.');
  await page.waitForURL('**/timeline/1900-long.html');
  await shown(page, 'Other words.');
  await page.waitForFunction(() => !document.querySelector('dateline-serve').hidden);
  site.edit(EVENT, 'The end.', 'The very end.');
  await page.getByText('The very end.').waitFor();
  await page.waitForFunction(() => scrollY > 500);
  site.edit('content/pages/about.md', 'Say here', 'Tell here');
  await page.waitForURL('**/pages/about.html');
});

test('with --follow a page that was hidden during edits goes where the last one was', async () => {
  const { site, page, server } = await open({ [EVENT]: body('First words.') }, 'index.html', '--follow');
  const hide = (hidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  await hide(true);
  for (const [from, to] of [['First words.', 'Second words.'], ['Second words.', 'Third words.']]) {
    site.edit(EVENT, from, to);
    await page.waitForFunction(async (to) => (await (await fetch('/timeline/1900-long.html')).text()).includes(to), to);
  }
  await hide(false);
  await page.waitForURL('**/timeline/1900-long.html');
  await shown(page, 'Third words.');
});

test('drafts are marked, and the mark goes with the draft', async () => {
  const draft = body('First words.').replace('title:', 'draft: true\ntitle:');
  const { site, page } = await open({ [EVENT]: draft }, 'timeline/1900-long.html', '--drafts');
  const mark = page.locator('dateline-serve .mark');
  assert.match(await mark.innerText(), /Draft/);
  site.edit(EVENT, 'draft: true\n', '');
  await mark.waitFor({ state: 'hidden' });
});

test('after a new start of the server, the page is brought up to date', async () => {
  const { site, page, server } = await open({ [EVENT]: body('First words.') }, 'timeline/1900-long.html');
  const port = new URL(server.home).port;
  await server.stop();
  await page.locator('dateline-serve .say').getByText('is dateline serve running', { exact: false }).or(page.locator('dateline-serve .say').getByText('does not answer')).first().waitFor();
  site.edit(EVENT, 'First words.', 'Written while nobody served.');
  const again = await serve(site, '--port', port);
  opened.push(() => again.stop());
  await shown(page, 'Written while nobody served.');
});
