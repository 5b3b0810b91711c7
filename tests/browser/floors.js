// What a built site must hold, in one place: each floor with its limit. A test measures, and `measured` holds the value
// against the floor, prints both, and keeps the value for docs/quality.md, whose table is written by `npm run quality`.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './program.js';

/** By name: what is measured, the bound (`most` or `least`), its unit, and the test that measures it. */
export const floors = {
  'axe-360': { what: 'axe-core: WCAG 2.2 A, AA and best practices, every page at 360 px, light and dark', most: 0, unit: 'violations', test: 'access' },
  'axe-1280': { what: 'the same at 1280 px', most: 0, unit: 'violations', test: 'access' },
  running: { what: 'contrast of running text, light and dark', least: 7, unit: ': 1', test: 'contrast' },
  text: { what: 'contrast of all other text', least: 4.5, unit: ': 1', test: 'contrast' },
  more: { what: 'contrast of all text under `prefers-contrast: more`', least: 7, unit: ': 1', test: 'contrast' },
  graphics: { what: 'contrast of marks and lines that mean something', least: 3, unit: ': 1', test: 'contrast' },
  forced: { what: 'the same, and text, under `forced-colors: active`', least: 3, unit: ': 1', test: 'contrast' },
  nu: { what: 'Nu HTML checker, every page, style and picture', most: 0, unit: 'messages', test: 'valid' },
  'html-validate': { what: 'html-validate, every page', most: 0, unit: 'messages', test: 'valid' },
  'lighthouse-home': { what: 'Lighthouse, home page, mobile: accessibility, best practices, SEO; the lowest', least: 100, unit: '', test: 'lighthouse' },
  'lighthouse-event': { what: 'the same for an event', least: 100, unit: '', test: 'lighthouse' },
  'speed-home': { what: 'Lighthouse, home page, mobile: performance (it varies with how busy the machine is)', least: 95, unit: '', test: 'lighthouse' },
  'speed-event': { what: 'the same for an event, performance', least: 95, unit: '', test: 'lighthouse' },
  first: { what: 'first view of the home page, gzip: HTML and CSS', most: 30, unit: 'kB', test: 'weight' },
  html: { what: 'HTML of the home page alone, gzip', most: 14, unit: 'kB', test: 'weight' },
  script: { what: "the theme's script, as it is written", most: 10, unit: 'kB', test: 'script' },
  fonts: { what: 'all fonts', most: 120, unit: 'kB', test: 'weight' },
  elsewhere: { what: 'requests to anything but the site, from a disk and a server, JavaScript on and off', most: 0, unit: 'requests', test: 'opens' },
  console: { what: 'messages in the console, likewise', most: 0, unit: 'messages', test: 'opens' },
  shift: { what: 'layout shift, the worst page at 360 and 1280 px', most: 0, unit: '', test: 'layout' },
  sideways: { what: 'pages that move sideways or cut text off at 320, 360, 768, 1280 and 1920 px', most: 0, unit: 'pages', test: 'layout' },
  zoom: { what: 'the same at 400 % zoom of a screen of 1280 × 1024 px', most: 0, unit: 'pages', test: 'layout' },
  spacing: { what: 'the same with the text spacing of WCAG 1.4.12, at 320 px', most: 0, unit: 'pages', test: 'layout' },
  motion: { what: 'pages on which something moves for those who ask for less motion', most: 0, unit: 'pages', test: 'layout' },
  keyboard: { what: 'controls that the keyboard does not reach, or reaches out of order', most: 0, unit: 'controls', test: 'keyboard' },
  focus: { what: 'pixels that change where the focus comes, the least of all controls', least: 50, unit: 'px', test: 'keyboard' },
  paper: { what: 'printed to PDF: headings, figures and addresses of sources that are missing', most: 0, unit: 'texts', test: 'paper' },
  clipped: { what: 'printed to PDF: tables, drawings and figures wider than the paper', most: 0, unit: 'parts', test: 'paper' },
};

const kept = join(repository, 'target/floors');

/** Holds a value against its floor, prints both, and keeps the value; `details` say where a value comes from. */
export function measured(name, value, details = []) {
  const { what, most, least, unit } = floors[name];
  const rounded = Math.round(value * 1000) / 1000;
  console.log(`# ${what}: ${rounded} ${unit}`.trimEnd());
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, `${name}.json`), JSON.stringify(rounded));
  const held = most === undefined ? value >= least : value <= most;
  assert.ok(held, `${what}: ${rounded} ${unit}; ${bound(name)}\n${details.slice(0, 20).join('\n')}`);
}

/** A floor in words. */
export function bound(name) {
  const { most, least, unit } = floors[name];
  const words = most === undefined ? `at least ${least}` : most === 0 ? '0' : `at most ${most}`;
  return `${words} ${unit}`.trim();
}

/** What the last run measured, by name. */
export function values() {
  const files = readdirSync(kept).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(files.map((name) => [name.slice(0, -5), JSON.parse(readFileSync(join(kept, name), 'utf8'))]));
}
