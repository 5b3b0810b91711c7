// Builds sites with the program for the tests of this folder, and looks at every page of one.
//
// DATELINE names a built program; without it, cargo builds one.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

/** The folder of the repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the site whose root this folder is, and returns the folder of its pages. */
export function build(root) {
  const out = join(mkdtempSync(join(tmpdir(), 'dateline-')), 'public');
  const program = process.env.DATELINE;
  const [command, before] = program ? [program, []] : ['cargo', ['run', '--quiet', '--release', '--locked', '--']];
  execFileSync(command, [...before, 'build', '--quiet', '--root', root, '--out', out], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
  return out;
}

/** Every page of a built site that a reader stays on. */
export function pagesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .filter((path) => !readFileSync(join(folder, path), 'utf8').includes('http-equiv="refresh"'))
    .sort();
}

/** The address of a page of a built site on this disk. */
export function address(folder, path) {
  return pathToFileURL(join(folder, path)).href;
}

const axe = require.resolve('axe-core/axe.min.js');

/** Every rule that a page is held against: WCAG 2.2 A and AA, and best practices. */
export const everyRule = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

/** The rules that colours decide: what else is there is the same in the light and in the dark. */
export const rulesOfColour = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** What axe finds on the pages of a site at a width, light and dark, in a line each. */
export async function axeFinds(chromium, folder, width) {
  const context = await chromium.newContext({ viewport: { width, height: 800 }, bypassCSP: true });
  const page = await context.newPage();
  const found = [];
  for (const path of pagesOf(folder)) {
    await page.goto(address(folder, path));
    await page.addScriptTag({ path: axe });
    for (const [colorScheme, runOnly] of [['light', everyRule], ['dark', rulesOfColour]]) {
      await page.emulateMedia({ colorScheme });
      // To describe all that passes would take as long as to look at it.
      const { violations, passes } = await page.evaluate((options) => window.axe.run(options), { runOnly, resultTypes: ['violations'] });
      assert.ok(passes.length > (colorScheme === 'light' ? 10 : 0), `axe looked at nothing on ${path}`);
      found.push(...violations.map(({ id, nodes }) => `${path}, ${colorScheme}: ${id}: ${nodes[0].html.slice(0, 200)}: ${nodes[0].failureSummary}`));
    }
  }
  await context.close();
  return found;
}

/** A script of data does not run, and the policy does not bind it; the Nu checker takes it for one that does. */
export const onlyData = ({ message, extract }) => message.startsWith('Inline script violates Content Security Policy') && extract?.includes('application/ld+json');

/** What the Nu HTML checker says of the pages and styles of a site. */
export function nuSays(folder) {
  const jar = join(require.resolve('vnu-jar/package.json'), '../build/dist/vnu.jar');
  const checked = [...pagesOf(folder), 'static/style.css'].map((path) => join(folder, path));
  const options = ['--also-check-css', '--format', 'json', '--stdout'];
  const { stdout, error } = spawnSync('java', ['-jar', jar, ...options, ...checked], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(error, undefined);
  return JSON.parse(stdout.slice(stdout.indexOf('{'))).messages
    .filter((found) => !found.message.startsWith('Resource violates Content Security Policy') && !onlyData(found))
    .map(({ type, url, lastLine, message, extract }) => `${url}:${lastLine}: ${type}: ${message} ${extract ?? ''}`);
}

/** The pages of a site that are wider than the screen. */
export async function tooWide(chromium, folder, width) {
  const page = await chromium.newPage({ viewport: { width, height: 800 } });
  const wide = [];
  for (const path of pagesOf(folder)) {
    await page.goto(address(folder, path));
    const [full, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    if (full > seen) {
      wide.push(`${path}: ${full} px`);
    }
  }
  await page.close();
  return wide;
}
