// Ten views of what a build makes, as pictures: those in docs/screenshots, which the README shows, are what the tests
// compare with, so that neither can go stale.
//
//     npm run views           compares, and shows what differs in target/views/index.html
//     npm run views:accept    takes the views as they are now over into docs/screenshots
//
// A picture does not depend on how fast a font loads, and hardly on the machine: the site's own fonts, fixed sizes, no
// motion. Only for Arabic the site has no fonts, so that there the letters may be others on another machine.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { build } from './made.js';
import { packed } from './packed.js';
import { repository } from './program.js';
import { browser, served } from './site.js';

const stored = join(repository, 'docs/screenshots');
const shown = join(repository, 'target/views');
/** How many of a thousand pixels of a view may differ: less than a word of text is, where the letters are the site's own. */
export const tolerance = (name) => (name === 'arabic' ? 60 : 0.5);

/** Every view: its name, page, width and height, and what else the reader's browser is like. */
export const views = [
  { name: 'home', path: 'index.html', width: 1280, height: 1000 },
  { name: 'home-dark', path: 'index.html', width: 1280, height: 1000, colorScheme: 'dark' },
  { name: 'home-phone', path: 'index.html', width: 360, height: 780 },
  { name: 'event', path: 'timeline/2019-un-warning.html', width: 1280, height: 740 },
  { name: 'table', path: 'timeline/2019-un-warning.html', at: '#dateline--page-claims', width: 768, height: 800 },
  { name: 'question', path: 'pages/numbers.html', at: '.question', width: 1280, height: 800 },
  { name: 'ledger', path: 'ledger.html', at: '#question-raised-by-2019', width: 1280, height: 900 },
  { name: 'sources', path: 'sources.html', width: 1280, height: 900 },
  { name: 'all', path: 'all.html', width: 1280, height: 1000 },
  { name: 'not-found', path: '404.html', width: 768, height: 500 },
  { name: 'arabic', site: 'arabic', path: 'index.html', width: 1280, height: 900 },
];

/** Takes the picture of a view, in the few colours in which it is stored. */
async function taken(chromium, home, { path, at, width, height, colorScheme = 'light' }) {
  const context = await chromium.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce', locale: 'en-GB', serviceWorkers: 'block' });
  // Fonts that come too late are left out of a first view, for a reader's sake; here they are waited for.
  await context.route('**/static/style.css', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('font-display:optional', 'font-display:block') });
  });
  const page = await context.newPage();
  await page.goto(home + path);
  await page.evaluate(async (at) => {
    // Of the fallbacks, which are fonts of this machine, some are not there.
    await Promise.allSettled([...document.fonts].map((font) => font.load()));
    if (at) {
      const { top } = document.querySelector(at).getBoundingClientRect();
      scrollTo({ top: top + scrollY - 32, behavior: 'instant' });
    }
  }, at);
  const picture = packed(PNG.sync.read(await page.screenshot({ animations: 'disabled', caret: 'hide' })));
  await context.close();
  return picture;
}

/** Takes every view and compares it with the stored one: by name, how many of a thousand pixels differ. */
export async function compared(accept = false) {
  const chromium = await browser();
  const first = await served('/');
  const arabic = await served('/', build(join(repository, 'tests/projects/arabic')));
  const found = {};
  mkdirSync(shown, { recursive: true });
  for (const view of views) {
    const now = await taken(chromium, (view.site ? arabic : first).home, view);
    const file = join(stored, `${view.name}.png`);
    writeFileSync(join(shown, `${view.name}.png`), now);
    if (accept) {
      writeFileSync(file, now);
      continue;
    }
    found[view.name] = existsSync(file) ? difference(view.name, PNG.sync.read(readFileSync(file)), PNG.sync.read(now)) : 1000;
  }
  await Promise.all([chromium, first, arabic].map((open) => open.close()));
  return found;
}

/** How many of a thousand pixels differ; writes them, marked, beside the view. */
function difference(name, before, now) {
  const { width, height } = before;
  if (now.width !== width || now.height !== height) {
    return 1000;
  }
  const marked = new PNG({ width, height });
  const pixels = pixelmatch(before.data, now.data, marked.data, width, height, { threshold: 0.15 });
  writeFileSync(join(shown, `${name}-marked.png`), PNG.sync.write(marked));
  return pixels / (width * height) * 1000;
}

/** Writes a page that shows the stored view, the view as it is now, and what differs, side by side. */
function page(found) {
  const rows = Object.entries(found)
    .sort(([, one], [, other]) => other - one)
    .map(([name, share]) => {
      const pictures = share === 0 ? [] : [`../../docs/screenshots/${name}.png`, `${name}.png`, `${name}-marked.png`];
      return `<h2>${name}: ${share.toFixed(2)} ‰</h2><p>${pictures.map((src) => `<img src="${src}" alt="">`).join(' ')}</p>`;
    });
  const style = 'body{font:16px sans-serif;margin:2rem}img{width:32%;border:1px solid #999;vertical-align:top}';
  writeFileSync(join(shown, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Views</title><style>${style}</style><h1>Stored, now, what differs</h1>${rows.join('\n')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const accept = process.argv.includes('--accept');
  const found = await compared(accept);
  if (accept) {
    console.log(`${views.length} views are in docs/screenshots; look at them before you commit`);
  } else {
    page(found);
    Object.entries(found).forEach(([name, share]) => console.log(`${share > tolerance(name) ? 'differs' : 'same   '}  ${name}  ${share.toFixed(2)} ‰`));
    console.log('stored, now and what differs: target/views/index.html');
    process.exitCode = Object.entries(found).some(([name, share]) => share > tolerance(name)) ? 1 : 0;
  }
}
