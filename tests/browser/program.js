// Runs the program itself, for tests that need a site of their own. DATELINE names a binary that is built already.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const repository = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Runs the program in a folder and returns what it prints. */
export function dateline(folder, ...given) {
  const cargo = ['run', '--locked', '--release', '--quiet', '--manifest-path', join(repository, 'Cargo.toml'), '--'];
  const [program, before] = process.env.DATELINE ? [process.env.DATELINE, []] : ['cargo', cargo];
  return execFileSync(program, [...before, ...given], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** A folder that goes when the tests end. */
export function folderFor(after) {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
