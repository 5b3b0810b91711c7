// Drawings of the content that would run or ask for something are refused; what is taken does nothing when it is opened by
// itself, without a policy.
//
// PAYLOADS=tag,style tries only some kinds of payloads.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { trapped, visit } from './canary.js';
import { run } from './hostile.js';
import { CANARY, payloads } from './payloads.js';
import { folderFor, newSite } from './program.js';
import { browser, served } from './site.js';

const folder = folderFor(after);
const kinds = process.env.PAYLOADS?.split(',');
const list = payloads.filter(({ kind }) => kinds?.includes(kind) ?? true);
let chromium;
before(async () => {
  chromium = await browser();
});
after(() => chromium?.close());

test('drawings of the content are refused, or do nothing when they are opened by themselves', async () => {
  const xmlns = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
  const inside = [
    '<script>hit(0)</script>', '<g onload="hit(1)"/>', '<a xlink:href="javascript:hit(2)"><rect width="9" height="9"/></a>',
    `<image href="https://${CANARY}/3"/>`, `<style>@import "https://${CANARY}/4";</style>`, `<rect fill="url(https://${CANARY}/5)" width="3" height="3"/>`,
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="hit(6)"/></foreignObject>', '<animate onbegin="hit(7)" attributeName="x" dur="1s"/>',
    '<style><![CDATA[</style><script>hit(8)</script>]]></style>', '<h:script xmlns:h="http://www.w3.org/1999/xhtml">hit(9)</h:script>', '<title>&lt;script&gt;hit(10)&lt;/script&gt;</title>',
    '<rect width="4" height="3" fill="red"/>',
  ];
  const site = newSite({ 'content/pages/demo.md': '---\ntitle: Demo\n---\nText.\n' });
  after(site.drop);
  inside.forEach((part, at) => site.put(`content/media/d${at}.svg`, `<svg ${xmlns} viewBox="0 0 4 3">${part}</svg>`));
  site.put('content/media/e0.svg', `<!DOCTYPE svg [<!ENTITY e "<script>hit(20)</script>">]><svg ${xmlns} viewBox="0 0 4 3">&e;</svg>`);
  site.put('content/media/e1.svg', `<?xml-stylesheet href="https://${CANARY}/21"?><svg ${xmlns} viewBox="0 0 4 3"/>`);
  const drawn = list.flatMap((one) => Object.entries(drawings(one)));
  drawn.forEach(([name, part]) => site.put(`content/media/${name}.svg`, `<svg ${xmlns} viewBox="0 0 4 3">${part}</svg>`));
  site.put('content/demo/page.html', '<script>hit(22)</script>');
  site.put('content/demo/page.xhtml', '<html xmlns="http://www.w3.org/1999/xhtml"><script>hit(23)</script></html>');
  const { stdout } = await run('check', '--root', site.folder, '--format', 'json');
  const refused = JSON.parse(stdout).diagnostics.filter(({ code }) => code === 'active-file').map(({ file }) => file);
  console.log(`# ${refused.length} of ${inside.length + 4 + drawn.length} files are refused`);
  refused.forEach((path) => site.remove(path));
  const out = join(folder, 'drawings');
  const built = await run('build', '--root', site.folder, '--out', out);
  assert.equal(built.code, 0, built.stderr);
  const server = await served('/', out);
  const trap = await trapped(chromium, server.home, { policy: false });
  const left = readdirSync(out, { recursive: true }).filter((path) => /(media|demo)\/.*\.(svg|x?html)$/.test(path));
  assert.ok(left.includes('media/d11.svg'), 'a plain drawing is taken');
  assert.ok(left.filter((path) => /\/text\d+\.svg$/.test(path)).length > list.length * 0.8, 'texts of drawings are taken');
  await visit(trap, left.filter((path) => path.endsWith('.svg')).map((path) => server.home + path));
  assert.deepEqual(left.filter((path) => path.startsWith('demo/')), []);
  await trap.context.close();
  await server.close();
  // What only looks like HTML is none in a drawing: of that it counts what it does, and not what it is.
  assert.deepEqual(trap.notes.found.filter((what) => !/\/raw\d+\.svg: (has|cannot be parsed)/.test(what)), []);
});

/** What a drawing may have of a payload: by the name of a file, that as a text, as an attribute, as an address, and as it is. */
function drawings({ number, text }) {
  const sound = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  const escaped = sound.replace(/[&<>"'\t\r\n]/g, (letter) => `&#${letter.codePointAt(0)};`);
  return {
    [`text${number}`]: `<title>${escaped}</title><text y="9">${escaped}</text>`,
    [`attribute${number}`]: `<text y="9" aria-label="${escaped}" data-text="${escaped}">a</text>`,
    [`address${number}`]: `<a href="${escaped}" xlink:href="${escaped}"><text y="9">a</text></a>`,
    [`cdata${number}`]: `<text y="9"><![CDATA[${sound.replaceAll(']]>', ']] >')}]]></text>`,
    [`raw${number}`]: text,
  };
}
