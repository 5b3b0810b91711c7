// What every browser test uses: the pages of the built site, a browser that reaches nothing else, a small server.
//
// SITE names another folder than public/, CHROMIUM another browser than the `chromium` of the path.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createGzip } from 'node:zlib';
import { chromium } from 'playwright-core';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The folder of the built site. */
export const site = resolve(process.env.SITE ?? join(here, '../../public'));

/** Every file of the site, as a path with forward slashes, sorted. */
export const files = readdirSync(site, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(site, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
  .sort();

/** Every page that a reader stays on: HTML that does not lead on to another address. */
export const pages = files
  .filter((path) => path.endsWith('.html') && !text(path).includes('http-equiv="refresh"'));

/** The text of a file of the site. */
export function text(path) {
  return readFileSync(join(site, path), 'utf8');
}

/** The address of a page on this disk. */
export function onDisk(path) {
  return pathToFileURL(join(site, path)).href;
}

/** Starts the browser, with no network but the loopback. */
export async function browser(more = []) {
  const executablePath = process.env.CHROMIUM ?? execFileSync('sh', ['-c', 'command -v chromium']).toString().trim();
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      ...more,
    ],
  });
}

/**
 * Opens a context whose pages note what they say and ask for: `said` (console messages and errors) and `asked` (addresses
 * that lead out of `home`). What leads out is refused.
 */
export async function watched(browser, home, options = {}) {
  const context = await browser.newContext(options);
  const notes = { said: [], asked: [], failed: [] };
  await context.route('**/*', (route) => {
    const address = route.request().url();
    if (address.startsWith(home) || address.startsWith('data:')) {
      return route.continue();
    }
    notes.asked.push(address);
    return route.abort();
  });
  context.on('console', (message) => notes.said.push(`${message.type()}: ${message.text()} (${message.page()?.url()})`));
  context.on('weberror', (error) => notes.said.push(`error: ${error.error().message}`));
  context.on('requestfailed', (request) => {
    // The icon of a page may still be on its way when the next page is opened.
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') {
      notes.failed.push(`${request.url()}: ${reason}`);
    }
  });
  return { context, notes };
}

/**
 * Opens an address, does something with the page, and holds that it said nothing, asked for nothing elsewhere, and that
 * nothing failed, unless `quiet` is false.
 */
export async function looked(browser, home, address, options, act, { quiet = true } = {}) {
  const { context, notes } = await watched(browser, home, options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(address);
  await act(page);
  await context.close();
  if (quiet) {
    assert.deepEqual(notes, { said: [], asked: [], failed: [] });
  }
}

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.xhtml': 'application/xhtml+xml',
  '.xml': 'application/xml',
};

/** The file that an address asks for; none where there is none, or where nothing can be called like this. */
function asked(address, under, folder) {
  try {
    const path = decodeURIComponent(new URL(address, 'http://127.0.0.1').pathname);
    const name = path.startsWith(under) ? path.slice(under.length) : '404.html';
    const file = resolve(folder, name === '' || name.endsWith('/') ? `${name}index.html` : name);
    return file.startsWith(folder + sep) && statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Serves a site on the loopback, under a path, as any static host does. */
export async function served(under = '/some/where/', folder = site, port = 0) {
  const server = createServer((request, response) => {
    const file = asked(request.url, under, folder);
    if (file === undefined) {
      response.writeHead(404, { 'content-type': types['.html'] });
      if (request.headers['sec-fetch-dest'] === 'image') {
        response.end();
        return;
      }
      createReadStream(join(folder, '404.html')).pipe(response);
      return;
    }
    const type = types[extname(file)] ?? 'application/octet-stream';
    const packed = /text|json|xml/.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    const head = { 'content-type': type, 'x-content-type-options': 'nosniff', ...(packed && { 'content-encoding': 'gzip', vary: 'accept-encoding' }) };
    response.writeHead(200, head);
    const bytes = createReadStream(file);
    (packed ? bytes.pipe(createGzip()) : bytes).pipe(response);
  });
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  const home = `http://127.0.0.1:${server.address().port}${under}`;
  const close = () => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
  return { home, close, port: server.address().port };
}
