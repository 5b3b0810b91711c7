// What fields hold beside payloads: values that are sound, and the Markdown around payloads in a text.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './program.js';

/** What a theme lets a site change. */
export function variables(theme) {
  const text = readFileSync(join(repository, 'themes', theme, 'theme.yaml'), 'utf8');
  return [...text.matchAll(/^ {2}([a-z-]+): /gm)].map(([, name]) => name);
}

/** What items of a list leave away, by turns: of some fields, one excludes another. */
export const turns = {
  '.claims[]': [['figure'], ['statement', 'disputes']],
  'site.navigation[]': [['file'], ['url']],
};
/** How many items of a list stand on a page; others have one. A sound one follows where the first is refused. */
export const lengths = { '.claims': 2, '.sources': 2, '.author': 2 };
/** A picture that is there. */
export const PICTURE = 'media/picture.png';

/** Values that are sound where a payload is refused: by the end of the field's name. All others are left away. */
export function sound(field, { number, item, theme = 'broadsheet' }) {
  const words = {
    'event.date': `${1900 + number % 90}-0${number % 9 + 1}~`,
    '.title': 'A title',
    '.claims[].id': `c${number}-${item}-${field.split('.')[0]}`,
    '.claims[].question': `q${number}`,
    '.claims[].said-by': 'Somebody',
    '.claims[].figure': 'up to 2 billion USD',
    '.claims[].statement': 'It is said.',
    '.sources[]': `s${number}`,
    '.sources[].id': `s${number}`,
    '.groups[]': `g${number}`,
    '.media.file': PICTURE,
    '.media.alt': 'A picture',
    '.published': '2026-01-02',
    '.corrections[].date': '2026-01-03',
    '.corrections[].note': 'Corrected.',
    'site.url': 'https://site.example/under',
    'site.language': 'en',
    'sources.*.evidence': 'copy.html',
    'sources.*.URL': 'https://example.org/',
    'site.navigation[].url': 'https://example.org/',
    'site.navigation[].file': 'index.md',
    'site.theme': theme,
    'site.targets.*.path': '../published',
    'site.groups.*': 'A group',
  };
  const end = Object.keys(words).filter((end) => field === end || (end.startsWith('.') && field.endsWith(end))).sort((a, b) => b.length - a.length)[0];
  return words[end];
}

/** Markdown around a payload: each part is a block, and a field. */
export const bodies = {
  paragraph: (text) => text,
  words: (text) => `Words before ${inline(text)} and behind *${inline(text)}*.`,
  heading: (text) => `## ${inline(text)}`,
  list: (text) => `- ${inline(text)}\n- > ${inline(text)}`,
  table: (text) => `| a | b |\n|---|---|\n| ${inline(text)} | \`${inline(text)}\` |`,
  code: (text) => `\`\`\`${inline(text)}\n${text}\n\`\`\``,
  picture: (text) => `![${inline(text)}](../${PICTURE} "${inline(text)}")`,
  link: (text) => `[${inline(text)}](https://example.org/ "${inline(text)}")`,
  address: (text) => `[address](${inline(text)}) [address](<${inline(text)}>)`,
  image: (text) => `![address](${inline(text)})`,
  definition: (text, number) => `[defined][d${number}]\n\n[d${number}]: <${inline(text)}> '${inline(text)}'`,
  footnote: (text, number) => `Noted.[^n${number}]\n\n[^n${number}]: ${inline(text)}`,
  html: (text) => `<div title="${inline(text)}">${inline(text)}</div>`,
  attribute: (text) => `<a href="${inline(text)}" onclick="${inline(text)}" title='${inline(text)}' id=${inline(text)}>link</a> <img src='${inline(text)}' alt="${inline(text)}">`,
  claim: (text) => `[${inline(text)}](claim:${inline(text)}) [${inline(text)}](claim:none)`,
  citation: (text, number) => `Cited [@s${number}, ${inline(text)}].`,
  question: (text, number) => `[${inline(text)}](question:q${number})`,
};

/** A text in one line, as what stands within one must be. */
function inline(text) {
  return text.replace(/[\r\n]+/g, ' ');
}
