// Sites in which every field carries every payload that it takes, in a few builds.
//
// Which fields there are is read from the schemas. Whether a field takes a payload, the program says: a field that a message
// points at goes back to a sound value, is counted as refused, and the site is built again. Nothing else is taken back: a
// message that points at no field ends the tests.

import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { filled } from './fields.js';
import { payloads } from './payloads.js';
import { program, repository } from './program.js';
import { PICTURE, bodies, lengths, sound, turns, variables } from './values.js';

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

/** A site of some payloads: its files, what is refused, and what is said of it. */
class Hostile {
  constructor(root, own, { cards = false, theme = 'broadsheet' } = {}) {
    this.root = root;
    this.own = own;
    this.theme = theme;
    /** Those that are written just now; the home page has the first. */
    this.some = own;
    this.cards = cards;
    /** By field and number of a payload: the code of the message that refuses it. */
    this.refused = new Map();
    /** Payloads that a field takes which has another already. */
    this.waiting = new Set();
    this.once = new Map(['site.title', 'site.language', 'site.theme', 'site.url'].map((field) => [field, this.sound(field)]));
  }

  /** A value that is sound in this site, which has a theme. */
  sound(field, at = {}) {
    return sound(field, { ...at, theme: this.theme });
  }

  isRefused(field, number) {
    return this.refused.has(`${field} ${number}`);
  }

  /** What fills the schemas; `alone`, for site.yaml with nothing but what a site has once. */
  fill(alone) {
    const all = alone ? [] : this.some.map(({ number }) => ({ number }));
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
        return at.plain || this.isRefused(field, number) ? this.sound(field, at) : payloads[number].text;
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
          case 'site.variables': return [...variables(this.theme).map((name) => [name, {}]), ...all.flatMap(({ number }) => this.key(field, number))];
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
   * row; else the first of them, and the others wait for a site of their own.
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
    taken.forEach((own, field) => this.once.set(field, own[0]?.text ?? this.sound(field)));
    const several = [...taken].filter(([, own]) => own.length > 1);
    const apart = await this.refusedOnce(new Map(several.map(([field, own]) => [field, row(own)])));
    several.filter(([field]) => apart.has(field)).forEach(([field, own]) => {
      this.once.set(field, own[0].text);
      own.slice(1).forEach((one) => this.waiting.add(one));
    });
  }

  /** Gives fields of site.yaml these values, and tells which are refused, with the codes. */
  async refusedOnce(values) {
    values.forEach((text, field) => this.once.set(field, text));
    if (values.size === 0) {
      return new Map();
    }
    const lines = filled(await schema('site'), 'site', this.fill(true));
    this.put('content/site.yaml', lines.map(({ text }) => `${text}\n`).join(''));
    // A mistake elsewhere, so that the site is read and not drawn.
    this.put('content/index.md', '---\n---\n');
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

  /** Writes every file for some payloads, and keeps what stands on each line of each. */
  async write(some) {
    this.some = some;
    this.places = {};
    ['timeline', 'pages'].forEach((folder) => rmSync(join(this.root, 'content', folder), { recursive: true, force: true }));
    const { rules } = (await schema('site')).properties;
    const files = { 'content/site.yaml': await this.lines('site'), 'content/sources.yaml': await this.lines('sources'), 'content/questions.yaml': await this.lines('questions') };
    const off = rules.propertyNames.enum.map((code) => `${code}: off`).join(', ');
    files['content/site.yaml'].splice(1, 0, { text: ` rules: {${off}},`, places: [] });
    for (const { number } of some) {
      files[`content/timeline/e${number}.md`] = await this.page('event', number);
      files[`content/pages/p${number}.md`] = await this.page('page', number);
    }
    files['content/index.md'] = await this.page('page', some[0].number, 'home');
    files['evidence/copy.html'] = this.copy();
    for (const [path, lines] of Object.entries(files)) {
      this.places[path] = lines.flatMap(({ text, places }) => [places, ...[...text.matchAll(/\n/g)].map(() => places)]);
      this.put(path, lines.map(({ text }) => `${text}\n`).join(''));
    }
  }

  /** A stored copy of a source, which pages quote and link to. */
  copy() {
    const own = this.some.filter(({ number }) => !this.isRefused('evidence.text', number));
    return [{ text: '<!doctype html><title>Copy</title>', places: [] }, ...own.map(({ number, text }) => ({ text: `<p>${text}</p>`, places: [{ field: 'evidence.text', number }] }))];
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

  /** Takes back what a message points at, here and `also here`. Returns whether there was something, or else what was said. */
  refuse({ file, span, labels, code, message }) {
    const spots = [{ file, span }, ...(labels ?? []).filter(({ text }) => text === 'also here')];
    const news = spots.flatMap((spot) => this.standing(spot)).filter(({ field, number }) => number !== undefined && !this.isRefused(field, number));
    news.forEach(({ field, number }) => this.refused.set(`${field} ${number}`, code));
    return news.length > 0 || `${file}:${span?.start.line}: ${code}: ${message}`;
  }

  /** What stands at a spot of a file, or else on the nearest line above with something on it. */
  standing({ file, span }) {
    const places = this.places[file] ?? [];
    const line = span?.start.line ?? 0;
    const at = Array.from({ length: line }, (_, back) => line - 1 - back).find((at) => places[at]?.length > 0);
    return (places[at] ?? []).map((place) => ({ ...place, file }));
  }

  /** Writes the site and takes back what is refused, until nothing is, of all payloads or of some. */
  async takeBack(own) {
    for (let some = own; some.length > 0; this.rounds += 1) {
      await this.write(some);
      const errors = await this.errors();
      const done = errors.map((error) => this.refuse(error));
      if (errors.length > 0 && !done.includes(true)) {
        throw new Error(`${this.root}: nothing is left to take back:\n${[...new Set(done)].slice(0, 20).join('\n')}`);
      }
      // Of a page, many messages tell the first place only: what was told of is asked about again, by itself.
      const told = new Set(errors.flatMap((error) => this.standing(error)).map(({ number }) => number));
      some = told.size === 0 ? [] : some.filter(({ number }, at) => at === 0 || told.has(number));
    }
  }

  /** Builds until nothing is refused any more. */
  async build() {
    copyFileSync(join(repository, 'tests/projects/everything/content/media/flood.png'), (mkdirSync(join(this.root, 'content/media'), { recursive: true }), join(this.root, 'content', PICTURE)));
    await this.settle((field) => field === 'site.theme');
    await this.settle((field) => field !== 'site.theme');
    this.out = join(this.root, 'public');
    this.rounds = 0;
    for (let built = { code: 1 }; built.code !== 0;) {
      await this.takeBack(this.own);
      await this.write(this.own);
      built = await run('build', '--root', this.root, '--out', this.out);
      if (built.code > 1) {
        throw new Error(built.stderr);
      }
    }
    this.address = `${new URL(this.once.get('site.url')).href.replace(/\/$/, '')}/`;
    this.count();
    return this;
  }
}

/**
 * Makes the sites in a folder: each has its share of the payloads, a small one has cards, which take their time, one of a few
 * payloads of each kind has the other theme, and what a site has once has a site for each payload that it takes.
 */
export async function hostileSites(folder, list, shares = Math.ceil(list.length / 40)) {
  const own = Array.from({ length: shares }, (_, share) => list.filter((_, at) => at % shares === share)).filter((own) => own.length > 0);
  const make = (name, own, options) => new Hostile(mkdtempSync(join(folder, `${name}-`)), own, options).build();
  const sites = await Promise.all([
    ...own.map((own, share) => make(`site-${share}`, own)),
    make('cards', list.filter((_, at) => at % 24 === 4 || list.length < 5), { cards: true }),
    make('plain', fewOfEach(list), { theme: 'plain' }),
  ]);
  const waiting = new Set(sites.flatMap((site) => [...site.waiting]));
  const rest = await Promise.all([...waiting].map((one) => make(`once-${one.number}`, [one])));
  return [...sites, ...rest];
}

/** Of each kind of payload the first one and every eighth. */
export function fewOfEach(list) {
  const seen = new Map();
  return list.filter(({ kind }) => {
    const at = seen.get(kind) ?? 0;
    seen.set(kind, at + 1);
    return at % 8 === 0;
  });
}

/** Writes a site with every payload in every field, whether it is taken or not, and returns its folder. */
export async function written(folder, list) {
  const site = new Hostile(mkdtempSync(join(folder, 'refused-')), list);
  await site.write(list);
  return site.root;
}
