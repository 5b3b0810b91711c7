// Runs the program for browser tests: on a site in a folder of its own, once or as a server.
//
// DATELINE names another program than the one that cargo built last.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const repository = resolve(fileURLToPath(new URL('../..', import.meta.url)));

const target = process.env.CARGO_TARGET_DIR ?? join(repository, 'target');

/** The program: the newest that was built. */
export const program = process.env.DATELINE ?? ['debug', 'release']
  .map((profile) => join(target, profile, process.platform === 'win32' ? 'dateline.exe' : 'dateline'))
  .filter((path) => existsSync(path))
  .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];

/** Runs the program in a folder and returns what it prints. */
export function dateline(folder, ...given) {
  return execFileSync(built(), given, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** A folder that goes when the tests end. */
export function folderFor(after) {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The program, which must be there. */
function built() {
  if (program === undefined) {
    throw new Error('there is no program to test: run `cargo build --locked --all-features` first');
  }
  return program;
}

/** Makes the site of `dateline new site` in a folder of its own, with these files laid over it. */
export function newSite(files = {}) {
  const root = mkdtempSync(join(tmpdir(), 'dateline-'));
  execFileSync(built(), ['new', 'site', 'site', '--root', root]);
  const folder = join(root, 'site');
  const put = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  Object.entries(files).forEach(([path, text]) => put(path, text));
  return {
    folder,
    put,
    text: (path) => readFileSync(join(folder, path), 'utf8'),
    edit(path, old, now) {
      const text = readFileSync(join(folder, path), 'utf8');
      if (!text.includes(old)) {
        throw new Error(`${path} does not hold ${old}`);
      }
      put(path, text.replace(old, now));
    },
    remove: (path) => rmSync(join(folder, path)),
    drop: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Starts `dateline serve` on a site, and waits until it answers. */
export async function serve(site, ...options) {
  const environment = { ...process.env, DATELINE_EDITOR: '' };
  const port = options.includes('--port') ? [] : ['--port', '0'];
  const child = spawn(program, ['serve', '--quiet', '--root', site.folder, ...port, ...options], { stdio: ['ignore', 'pipe', 'ignore'], env: environment });
  const lines = createInterface({ input: child.stdout });
  const home = await new Promise((found, failed) => {
    lines.on('line', (line) => line.startsWith('http://') && found(line.trim()));
    child.on('exit', () => failed(new Error('the server ended')));
  });
  const ended = new Promise((done) => child.on('exit', done));
  return {
    home,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
