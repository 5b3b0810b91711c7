// Sites in which every field carries every payload that it takes, in a few builds.
//
// Which fields there are is read from the schemas. Whether a field takes a payload, the program says: a field that a message
// points at goes back to a sound value, is counted as refused, and the site is built again.

import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { filled } from './fields.js';
import { payloads } from './payloads.js';
import { program, repository } from './program.js';

const execute = promisify(execFile);

/** Runs the program, and returns its exit code and what it says. */
export async function run(...given) {
  try {
    return { code: 0, ...await execute(program, given, { maxBuffer: 1 << 30 }) };
  } catch (error) {
    if (typeof error.code !== 'number') {
      throw error;
    }
    return error;
  }
}

const schemas = {};
/** The schema of a kind of file. */
async function schema(kind) {
  schemas[kind] ??= JSON.parse((await run('schema', kind)).stdout);
  return schemas[kind];
}

/** What a theme lets a site change. */
const variables = [...readFileSync(join(repository, 'themes/broadsheet/theme.yaml'), 'utf8').matchAll(/^ {2}([a-z-]+): /gm)].map(([, name]) => name);

/** What items of a list leave away, by turns: of some fields, one excludes another. */
const turns = {
  '.claims[]': [['figure'], ['statement', 'disputes']],
  'site.navigation[]': [['file'], ['url']],
};
/** How many items of a list stand on a page; others have one. A sound one follows where the first is refused. */
const lengths = { '.claims': 2, '.sources': 2, '.author': 2 };
const PICTURE = 'media/picture.png';

/** Values that are sound where a payload is refused: by the end of the field's name. All others are left away. */
function sound(field, { number, item }) {
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
    'site.theme': 'broadsheet',
  };
  const end = Object.keys(words).filter((end) => field === end || (end.startsWith('.') && field.endsWith(end))).sort((a, b) => b.length - a.length)[0];
  return words[end];
}

/** Markdown around a payload: each part is a block, and a field. */
const bodies = {
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

/** A site of some payloads: its files, what is refused, and what is said of it. */
class Hostile {
  constructor(root, own, cards) {
    this.root = root;
    this.own = own;
    this.cards = cards;
    /** By field and number of a payload: the code of the message that refuses it. */
    this.refused = new Map();
    this.once = new Map(['site.title', 'site.language', 'site.theme', 'site.url'].map((field) => [field, sound(field, {})]));
  }

  isRefused(field, number) {
    return this.refused.has(`${field} ${number}`);
  }

  /** What fills the schemas; `alone`, for site.yaml with nothing but what a site has once. */
  fill(alone) {
    const all = alone ? [] : this.own.map(({ number }) => ({ number }));
    return {
      // What is chosen, and not typed.
      choice: (field) => ({ 'site.publish-evidence': true, 'site.outputs.cards': this.cards })[field],
      text: (field, at) => {
        const { number, item } = at;
        const left = Object.entries(turns).filter(([list]) => field.includes(list)).flatMap(([, names]) => names[item % names.length] ?? []);
        if (left.some((name) => field.endsWith(`].${name}`))) {
          return undefined;
        }
        if (number === undefined) {
          return this.once.get(field);
        }
        return at.plain || this.isRefused(field, number) ? sound(field, at) : payloads[number].text;
      },
      items: (field, { number }) => {
        if (field === 'site.editions') {
          return alone ? [] : [{}, {}, {}];
        }
        if (number === undefined) {
          return all.flatMap((place) => (field === 'site.navigation' ? [0, 1] : [0]).map((item) => ({ ...place, item })));
        }
        const length = Object.entries(lengths).find(([end]) => field.endsWith(end))?.[1] ?? 1;
        return Array.from({ length }, (_, item) => ({ number, item }));
      },
      entries: (field, at) => {
        const keys = (start) => all.flatMap((place) => [[`${start}${place.number}`, place], ...this.key(field, place.number)]);
        switch (field) {
          case 'site.groups': return keys('g');
          case 'site.targets': return keys('t');
          case 'site.rules': return [];
          case 'site.variables': return [...variables.map((name) => [name, {}]), ...all.flatMap(({ number }) => this.key(field, number))];
          case 'sources': return keys('s');
          case 'questions': return keys('q');
          default: return [['a', at], ...this.key(field, at.number)];
        }
      },
    };
  }

  /** A payload as a key, where it is taken as one. */
  key(field, number) {
    return number === undefined || this.isRefused(`${field}.(key)`, number) ? [] : [[payloads[number].text, { number, isKey: true, plain: true }]];
  }

  /**
   * Settles what a site has once: all payloads in a row, if they are taken so; else those that are taken one by one in a
   * row; else the first of them.
   */
  async settle(isMeant) {
    const fields = new Set();
    const meant = { ...this.fill(true), text: (field) => (isMeant(field) ? fields.add(field) && undefined : undefined) };
    filled(await schema('site'), 'site', meant);
    const row = (own) => own.map(({ text }) => text).join(' ');
    const open = [...(await this.refusedOnce(new Map([...fields].map((field) => [field, row(this.own)])))).keys()];
    const taken = new Map(open.map((field) => [field, []]));
    for (const one of open.length > 0 ? this.own : []) {
      const refused = await this.refusedOnce(new Map(open.map((field) => [field, one.text])));
      open.forEach((field) => (refused.has(field) ? this.refused.set(`${field} ${one.number}`, refused.get(field)) : taken.get(field).push(one)));
    }
    taken.forEach((own, field) => this.once.set(field, own[0]?.text ?? sound(field, {})));
    const several = [...taken].filter(([, own]) => own.length > 1);
    const apart = await this.refusedOnce(new Map(several.map(([field, own]) => [field, row(own)])));
    several.filter(([field]) => apart.has(field)).forEach(([field, own]) => this.once.set(field, own[0].text));
  }

  /** Gives fields of site.yaml these values, and tells which are refused, with the codes. */
  async refusedOnce(values) {
    values.forEach((text, field) => this.once.set(field, text));
    if (values.size === 0) {
      return new Map();
    }
    const lines = filled(await schema('site'), 'site', this.fill(true));
    this.put('content/site.yaml', lines.map(({ text }) => `${text}\n`).join(''));
    this.put('content/index.md', '---\ntitle: Home\n---\n');
    const found = (await this.errors()).filter(({ file }) => file === 'content/site.yaml').flatMap(({ span, code }) => lines[span.start.line - 1].places.map(({ field }) => [field, code]));
    return new Map(found.filter(([field]) => values.has(field)));
  }

  /** The errors of the site as it is. */
  async errors() {
    const { stdout, stderr } = await run('check', '--root', this.root, '--format', 'json');
    if (!stdout) {
      throw new Error(stderr);
    }
    return JSON.parse(stdout).diagnostics.filter(({ severity }) => severity === 'error');
  }

  put(path, text) {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** Writes every file, and keeps what stands on each line of each. */
  async write() {
    this.places = {};
    const { rules } = (await schema('site')).properties;
    const files = { 'content/site.yaml': await this.lines('site'), 'content/sources.yaml': await this.lines('sources'), 'content/questions.yaml': await this.lines('questions') };
    const off = rules.propertyNames.enum.map((code) => `${code}: off`).join(', ');
    files['content/site.yaml'].splice(1, 0, { text: ` rules: {${off}},`, places: [] });
    for (const { number } of this.own) {
      files[`content/timeline/e${number}.md`] = await this.page('event', number);
      files[`content/pages/p${number}.md`] = await this.page('page', number);
    }
    files['content/index.md'] = await this.page('page', this.own[0].number, 'home');
    for (const [path, lines] of Object.entries(files)) {
      this.places[path] = lines.flatMap(({ text, places }) => [places, ...[...text.matchAll(/\n/g)].map(() => places)]);
      this.put(path, lines.map(({ text }) => `${text}\n`).join(''));
    }
  }

  async lines(kind, at) {
    return filled(await schema(kind), kind, this.fill(), at);
  }

  async page(kind, number, name = kind) {
    const lines = filled(await schema(kind), name, this.fill(), { number });
    const body = Object.entries(bodies).map(([part, around]) => [`${name}.body.${part}`, around]).filter(([field]) => !this.isRefused(field, number));
    const blocks = body.flatMap(([field, around]) => [{ text: around(payloads[number].text, number), places: [{ field, number }] }, { text: '', places: [] }]);
    const rule = { text: '---', places: [] };
    return [rule, ...lines, rule, ...blocks];
  }

  /** Every field that is filled, and each with the numbers of the payloads that it carries. */
  count() {
    const places = Object.values(this.places).flat(2);
    this.fields = new Set([...places.map(({ field }) => field), ...[...this.refused.keys()].map((key) => key.replace(/ \d+$/, ''))]);
    const carried = places.filter(({ field, number }) => number !== undefined && !this.isRefused(field, number)).map(({ field, number }) => `${field} ${number}`);
    const once = [...this.once].flatMap(([field, text]) => this.own.filter((own) => text?.includes(own.text)).map(({ number }) => `${field} ${number}`));
    this.carried = new Set([...carried, ...once]);
  }

  /** Takes back what a message points at. Returns whether there was something. */
  refuse({ file, span, code, message }) {
    const line = span?.start.line;
    const places = this.places[file] ?? [];
    const at = Array.from({ length: line ?? 0 }, (_, back) => line - 1 - back).find((at) => places[at]?.length > 0);
    const found = places[at] ?? [];
    const news = found.filter(({ field, number }) => number !== undefined && !this.isRefused(field, number));
    news.forEach(({ field, number }) => this.refused.set(`${field} ${number}`, code));
    return news.length > 0 || `${file}:${line}: ${code}: ${message}`;
  }

  /** Builds until nothing is refused any more. */
  async build() {
    copyFileSync(join(repository, 'tests/projects/everything/content/media/flood.png'), (mkdirSync(join(this.root, 'content/media'), { recursive: true }), join(this.root, 'content', PICTURE)));
    this.put('evidence/copy.html', `<!doctype html><title>Copy</title>${this.own.map(({ text }) => `<p>${text}</p>`).join('\n')}`);
    await this.settle((field) => field === 'site.theme');
    await this.settle((field) => field !== 'site.theme');
    for (this.rounds = 0; ; this.rounds += 1) {
      await this.write();
      const errors = await this.errors();
      if (errors.length === 0) {
        break;
      }
      const done = errors.map((error) => this.refuse(error));
      if (!done.includes(true)) {
        throw new Error(`${this.root}: nothing is left to take back:\n${[...new Set(done)].slice(0, 20).join('\n')}`);
      }
    }
    const built = await run('build', '--root', this.root, '--out', join(this.root, 'public'));
    if (built.code !== 0) {
      throw new Error(built.stderr);
    }
    this.out = join(this.root, 'public');
    this.count();
    return this;
  }
}

/** Makes the sites in a folder: each has its share of the payloads, and a small one has cards, which take their time. */
export async function hostileSites(folder, list, shares = Math.ceil(list.length / 40)) {
  const own = Array.from({ length: shares }, (_, share) => list.filter((_, at) => at % shares === share)).filter((own) => own.length > 0);
  const sites = own.map((own, share) => new Hostile(mkdtempSync(join(folder, `site-${share}-`)), own, false));
  const few = list.filter((_, at) => at % 24 === 4);
  return Promise.all([...sites, new Hostile(mkdtempSync(join(folder, 'cards-')), few, true)].map((site) => site.build()));
}

/** Writes a site with every payload in every field, whether it is taken or not, and returns its folder. */
export async function written(folder, list) {
  const site = new Hostile(mkdtempSync(join(folder, 'refused-')), list, false);
  await site.write();
  return site.root;
}
