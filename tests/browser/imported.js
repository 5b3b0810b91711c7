// Sites that payloads reach by other ways than by the fields of their files: out of files of other tools, and as names of files.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fewOfEach, run } from './hostile.js';
import { newSite, repository } from './program.js';
import { PICTURE } from './values.js';

const picture = join(repository, 'tests/projects/everything/content/media/flood.png');
const themes = ['broadsheet', 'plain'];
const settings = (theme) => `title: A site\nurl: https://site.example/under\ntheme: ${theme}\noutputs: {all: true, cards: false}\n`;

/** A timeline of TimelineJS: a slide for each payload has it in every field, another one as its medium alone. */
export function timeline(list) {
  const date = (number) => ({ year: 1800 + number, month: number % 12 + 1 });
  const slides = list.flatMap(({ number, text }) => [
    {
      unique_id: text, start_date: { ...date(number), display_date: text }, display_date: text, group: text, text: { headline: text, text },
      media: { url: PICTURE, alt: text, caption: text, credit: text, title: text, link: text, thumbnail: text },
      background: { url: text, color: text }, [text]: text,
    },
    { start_date: date(number), text: { headline: `Medium ${number}` }, media: { url: text, caption: text, credit: text } },
    { start_date: date(number), text: { headline: `Picture ${number}` }, media: { url: `${text}.png`, alt: text } },
  ]);
  const eras = list.map(({ number, text }) => ({ start_date: date(number), end_date: date(number + 1), text: { headline: text, text } }));
  return JSON.stringify({ title: { text: { headline: list[0].text, text: list.map(({ text }) => text).join('\n') } }, events: slides, eras });
}

/** The same as a spreadsheet, of a few payloads. */
export function spreadsheet(list) {
  const head = ['Year', 'Month', 'Display Date', 'Headline', 'Text', 'Media', 'Media Credit', 'Media Caption', 'Media Thumbnail', 'Group', 'Background', 'Link'];
  const rows = list.map(({ number, text }) => [1800 + number, 2, ...head.slice(2).map(() => text)]);
  return [head, ...rows].map((row) => row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')).join('\r\n');
}

/** Sources in CSL-JSON with a payload in every variable. */
export function csl(list) {
  const texts = ['id', 'title', 'container-title', 'publisher', 'number', 'note', 'abstract', 'URL', 'DOI', 'archive', 'language', 'genre', 'publisher-place'];
  return JSON.stringify(list.map(({ text }) => ({
    type: 'report', author: [{ literal: text }, { family: text, given: text }], issued: { literal: text }, accessed: { raw: text }, [text]: text,
    ...Object.fromEntries(texts.map((name) => [name, text])),
  })));
}

/** Sources in BibTeX: braces are escaped, because one that is open would end the file. */
export function bibtex(list) {
  const names = ['title', 'journal', 'publisher', 'note', 'url', 'doi', 'howpublished', 'number', 'institution', 'abstract', 'langid', 'year'];
  return list.map(({ number, text }) => {
    const value = `{${text.replace(/\\/g, '\\textbackslash ').replace(/[{}]/g, '\\$&')}}`;
    const fields = ['author', ...names].map((name) => `  ${name} = ${name === 'author' ? `{${value} and ${value}, ${value}}` : value},\n`);
    return `@report{bib${number},\n${fields.join('')}}\n`;
  }).join('\n');
}

/** Builds a site in every theme; what is wrong with it ends the tests. */
async function inEachTheme(site, out) {
  const outs = [];
  for (const theme of themes) {
    site.put('content/site.yaml', settings(theme));
    outs.push(`${out}-${theme}`);
    const built = await run('build', '--root', site.folder, '--out', outs.at(-1));
    assert.equal(built.code, 0, built.stderr.slice(0, 3000));
  }
  return outs;
}

function emptySite() {
  const site = newSite({ 'content/index.md': '---\ntitle: Home\n---\nText.\n' });
  ['timeline', 'pages', 'sources.yaml', 'questions.yaml'].forEach((path) => rmSync(join(site.folder, 'content', path), { recursive: true, force: true }));
  mkdirSync(join(site.folder, 'content/media'), { recursive: true });
  copyFileSync(picture, join(site.folder, 'content', PICTURE));
  site.put('content/site.yaml', settings(themes[0]));
  return site;
}

/** Imports payloads in every format, and returns the outputs, how many pages came of them, and the text of sources.yaml. */
export async function importedSite(folder, list, after) {
  const site = emptySite();
  after(site.drop);
  const files = { timelinejs: ['slides.json', timeline(list)], csl: ['sources.json', csl(list)], bibtex: ['sources.bib', bibtex(list)] };
  const all = [...Object.entries(files), ['timelinejs', ['slides.csv', spreadsheet(fewOfEach(list))]]];
  for (const [kind, [name, text]] of all) {
    writeFileSync(join(folder, name), text);
    const told = await run('import', kind, join(folder, name), '--root', site.folder);
    assert.ok(told.code <= 1, `${name}: ${told.stderr.slice(0, 3000)}`);
  }
  const outs = await inEachTheme(site, join(folder, 'imported'));
  const pages = readdirSync(join(site.folder, 'content/timeline')).length;
  return { outs, pages, sources: readFileSync(join(site.folder, 'content/sources.yaml'), 'utf8') };
}

/** What of a payload can be the name of a file: as it is, and with other letters for those that no name may have. */
function namesOf(text) {
  const instead = { '<': '&lt;', '>': '&gt;', ':': '&colon;', '"': "'", '\\': '%5C', '*': '+', '?': '%3F', '|': '%7C' };
  const short = (text) => [...text].slice(0, 60).join('').trim();
  const bent = text.replace(/[<>:"\\*?|]/g, (letter) => instead[letter]).replace(/[^\P{C}]/gu, '').replaceAll('/', '∕');
  return new Set([short(text.replace(/[/\0]/g, '∕')), short(bent)].filter(Boolean));
}

/** A site in which payloads are names of pages and of pictures, as far as they may be; also tells how many of each are taken. */
export async function namedSite(folder, list, after) {
  const site = emptySite();
  after(site.drop);
  const names = new Set(list.flatMap(({ text }) => [...namesOf(text)]));
  const media = (name) => `content/media/${name}.png`;
  const page = (name) => `content/pages/${name}.md`;
  const write = (taken) => {
    const link = (name) => `![${encodeURIComponent(name)}](../media/${encodeURIComponent(name)}.png) [page](${encodeURIComponent(name)}.md)\n`;
    taken.forEach((name) => {
      copyFileSync(picture, join(site.folder, media(name)));
      site.put(page(name), `---\ntitle: A page\nmedia: {file: ${JSON.stringify(`media/${name}.png`)}, alt: A picture}\n---\n${link(name)}`);
    });
  };
  write(names);
  const { stdout } = await run('check', '--root', site.folder, '--format', 'json');
  const wrong = new Set(JSON.parse(stdout).diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file));
  const taken = [...names].filter((name) => !wrong.has(media(name)) && !wrong.has(page(name)));
  [...names].filter((name) => !taken.includes(name)).forEach((name) => [media(name), page(name)].forEach(site.remove));
  return { outs: await inEachTheme(site, join(folder, 'named')), taken: taken.length, refused: names.size - taken.length };
}
