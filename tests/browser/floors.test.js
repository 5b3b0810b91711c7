// The table in docs/quality.md names every floor that the tests hold, as they hold it.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bound, floors } from './floors.js';
import { repository } from './program.js';

test('docs/quality.md has every floor, and each names a test that measures it', () => {
  const rows = readFileSync(join(repository, 'docs/quality.md'), 'utf8').split('\n').filter((line) => line.endsWith('.test.js` |'));
  assert.equal(rows.length, Object.keys(floors).length, 'npm --prefix tests/browser run quality writes the table');
  for (const [name, { what, test: by }] of Object.entries(floors)) {
    assert.ok(rows.some((row) => row.startsWith(`| ${what} | ${bound(name)} |`) && row.includes(`\`${by}.test.js\``)), `${name} is not in the table as it is held`);
    const file = join(repository, 'tests/browser', `${by}.test.js`);
    assert.ok(existsSync(file) && /\bmeasured\(/.test(readFileSync(file, 'utf8')), `${by}.test.js measures nothing`);
  }
});
