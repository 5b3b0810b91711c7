// Writes the table of floors in docs/quality.md from what the last run of the tests measured.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bound, floors, values } from './floors.js';
import { repository } from './program.js';

const found = values();
const missing = Object.keys(floors).filter((name) => !(name in found));
if (missing.length > 0) {
  throw new Error(`not measured yet: ${missing.join(', ')}; run npm --prefix tests/browser test`);
}
const rows = Object.entries(floors)
  .map(([name, { what, unit, test }]) => `| ${what} | ${bound(name)} | ${`${found[name]} ${unit}`.trim()} | \`${test}.test.js\` |`);
const chromium = execFileSync('sh', ['-c', '"${CHROMIUM:-chromium}" --version']).toString().trim().split(' ').slice(0, 2).join(' ');
const day = new Date().toISOString().slice(0, 10);
const table = ['| what | floor | measured | by |', '|---|---|---|---|', ...rows, '', `Measured on ${day} with ${chromium}.`].join('\n');
const path = join(repository, 'docs/quality.md');
const text = readFileSync(path, 'utf8');
writeFileSync(path, text.replace(/(<!-- floors -->\n)[^]*?(<!-- end -->)/, (_, open, close) => `${open}${table}\n${close}`));
