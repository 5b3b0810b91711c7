// What readers see looks as it did when someone last looked at it: ten views, compared with those in docs/screenshots.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository } from './program.js';
import { compared, tolerance, views } from './views.js';

test('every view looks as it does in docs/screenshots', async () => {
  const found = await compared();
  console.log(`# ${views.length} views; what differs most: ${Math.max(...Object.values(found)).toFixed(2)} of a thousand pixels`);
  const changed = Object.entries(found).filter(([name, share]) => share > tolerance(name)).map(([name, share]) => `${name}: ${share.toFixed(2)} ‰`);
  assert.deepEqual(changed, [], 'npm --prefix tests/browser run views shows what differs, and views:accept takes it over');
});

test('no stored view is larger than 60 kB', () => {
  const large = views.map(({ name }) => [name, statSync(join(repository, 'docs/screenshots', `${name}.png`)).size]).filter(([, size]) => size > 60_000);
  assert.deepEqual(large, []);
});
