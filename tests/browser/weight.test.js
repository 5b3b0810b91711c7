// How much a reader's line has to carry for the first view.

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { measured } from './floors.js';
import { files, site, text } from './site.js';

const kB = (bytes) => Math.round(bytes / 100) / 10;
const packed = (path) => gzipSync(readFileSync(join(site, path)), { level: 9 }).length;

test('the first view of the home page is at most 30 kB of HTML and CSS, and scripts at most 10 kB', () => {
  const home = text('index.html');
  const named = (pattern) => [...home.matchAll(pattern)].map(([, path]) => posix.normalize(path));
  const styles = named(/<link rel="stylesheet" href="([^"]+)"/g);
  const scripts = named(/<script [^>]*src="([^"]+)"/g);
  const html = packed('index.html');
  const css = styles.reduce((sum, path) => sum + packed(path), 0);
  const js = scripts.reduce((sum, path) => sum + packed(path), 0);
  console.log(`# home page, gzip: HTML ${kB(html)} kB, CSS ${kB(css)} kB, scripts ${kB(js)} kB`);
  measured('first', (html + css) / 1000);
  measured('html', html / 1000);
  assert.ok(js <= 10_000, `scripts ${kB(js)} kB`);
});

test('the fonts are at most 120 kB together, and their licences are with them', () => {
  const fonts = files.filter((path) => path.endsWith('.woff2'));
  const bytes = fonts.reduce((sum, path) => sum + statSync(join(site, path)).size, 0);
  assert.ok(fonts.length > 0);
  measured('fonts', bytes / 1000);
  assert.ok(files.some((path) => /OFL/.test(path)));
});
