// The Nu HTML checker and html-validate find nothing on any page.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { files, site, text } from './site.js';

test('the Nu HTML checker has nothing to say of any page, style or picture', () => {
  const jar = join(createRequire(import.meta.url).resolve('vnu-jar/package.json'), '../build/dist/vnu.jar');
  const checked = files.filter((path) => /\.(html|css|svg)$/.test(path)).map((path) => join(site, path));
  const options = ['--also-check-css', '--also-check-svg', '--format', 'json', '--stdout'];
  const { stdout, error } = spawnSync('java', ['-jar', jar, ...options, ...checked], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(error, undefined);
  const { messages } = JSON.parse(stdout.slice(stdout.indexOf('{')));
  // On a disk, 'self' means nothing to the checker; opens.test.js sees whether the policy lets through what is needed.
  // A script of data does not run, and the policy does not bind it; the checker takes it for one that does.
  const isData = ({ message, extract }) => message.startsWith('Inline script violates Content Security Policy') && extract?.includes('application/ld+json');
  const told = messages.filter((found) => !found.message.startsWith('Resource violates Content Security Policy') && !isData(found));
  assert.deepEqual(told.map(({ type, url, lastLine, message, extract }) => `${url}:${lastLine}: ${type}: ${message} ${extract ?? ''}`), []);
});

test('html-validate has nothing to say of any page', async () => {
  const checker = new HtmlValidate({
    extends: ['html-validate:standard', 'html-validate:a11y'],
    rules: {
      // A list may have a name; the rule's default wants names on landmarks and controls only.
      'aria-label-misuse': ['error', { allowAnyNamable: true }],
      // Matters of taste, in which Tera's output differs from hand-written HTML.
      'attribute-boolean-style': 'off',
      'no-trailing-whitespace': 'off',
      'no-inline-style': 'error',
      'long-title': 'off',
    },
  });
  const told = [];
  for (const path of files.filter((path) => path.endsWith('.html'))) {
    const report = await checker.validateString(text(path), path);
    told.push(...report.results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column }) => `${path}:${line}:${column}: ${ruleId}: ${message}`)));
  }
  assert.deepEqual(told, []);
});
