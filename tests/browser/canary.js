// Looks at pages as a victim would: notes every payload that ran, every request that left the site, every script that a
// policy had to stop, and whatever in the page could still do one of these.

import { CANARY } from './payloads.js';

/** What is noted of the pages of a context. */
class Notes {
  constructor() {
    this.pages = 0;
    this.found = [];
  }

  add(where, what) {
    this.found.push(`${where}: ${what.slice(0, 300)}`);
  }
}

/** Opens a context in which `hit()` is heard; `policy` says whether pages keep the policy that they carry. */
export async function trapped(browser, home, { policy }) {
  const context = await browser.newContext({ bypassCSP: !policy });
  const notes = new Notes();
  await context.addInitScript(() => {
    window.hit = (number) => console.log(`HIT ${number}`);
  });
  await context.route('**/*', (route) => {
    const address = route.request().url();
    if (address.startsWith(home) || address.startsWith('data:image/') || address.startsWith('data:font/')) {
      return route.continue();
    }
    notes.add(route.request().headers().referer ?? '', `asks for ${address}`);
    return route.abort();
  });
  context.on('dialog', (dialog) => {
    notes.add(dialog.page().url(), `opens a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  context.on('console', (message) => {
    // A picture of a hostile text may lead nowhere on the site itself: that is told, and no harm.
    if (!/^Failed to load resource: the server responded with a status of 404/.test(message.text())) {
      notes.add(message.page()?.url() ?? '', `says ${message.text()}`);
    }
  });
  context.on('weberror', (error) => notes.add(error.page()?.url() ?? '', `fails: ${error.error().message}`));
  return { context, notes };
}

/** Opens addresses, a few at a time, looks into each page, and lets `act` do more with it. */
export async function visit({ context, notes }, addresses, act = () => {}) {
  const rest = [...addresses];
  const one = async () => {
    const page = await context.newPage();
    // Only a fault takes as long; a busy machine takes long too.
    page.setDefaultTimeout(120_000);
    for (let address = rest.shift(); address !== undefined; address = rest.shift()) {
      await page.goto(address, { waitUntil: 'load' });
      (await page.evaluate(look, CANARY)).forEach((what) => notes.add(address, what));
      await act(page, address);
      notes.pages += 1;
    }
    await page.close();
  };
  await Promise.all([one(), one(), one()]);
}

/** Lists what in a page could run, load or lead away without being asked. Runs in the page. */
export function look(canary) {
  const found = [];
  const bare = (value) => value.replace(/[\u0000-\u0020]/g, '').toLowerCase();
  const roots = [document, ...[...document.querySelectorAll('*')].flatMap((element) => element.shadowRoot ?? [])];
  for (const element of roots.flatMap((root) => [...root.querySelectorAll('*')])) {
    const name = element.localName;
    const told = () => element.outerHTML.slice(0, 160);
    for (const { localName, value } of element.attributes) {
      if (/^on/.test(localName)) {
        found.push(`has a handler: ${told()}`);
      }
      if (localName === 'style' || localName === 'srcdoc') {
        found.push(`has \`${localName}\`: ${told()}`);
      }
      if (/^(javascript|vbscript):/.test(bare(value)) && !['content', 'alt', 'title', 'value', 'datetime', 'aria-label'].includes(localName) && !localName.startsWith('data-')) {
        found.push(`has an address that runs: ${told()}`);
      }
      if (['href', 'src', 'action', 'formaction', 'data', 'poster'].includes(localName) && /^data:(?!image\/|font\/|,)/.test(bare(value))) {
        found.push(`has an address that is a document: ${told()}`);
      }
      if (['src', 'srcset', 'poster', 'action', 'formaction'].includes(localName) && value.includes(canary) && new URL(value, document.baseURI).host.includes(canary)) {
        found.push(`asks the canary: ${told()}`);
      }
    }
    const isData = name === 'script' && /^application\/(ld\+)?json$/.test(element.type);
    if (name === 'script' && !isData && !element.src) {
      found.push(`has a script in it: ${told()}`);
    }
    if (isData) {
      try {
        JSON.parse(element.textContent);
      } catch {
        found.push(`has data that is no JSON: ${told()}`);
      }
    }
    const isOut = (address) => new URL(address, location.href).origin !== location.origin;
    if ((name === 'script' && element.src && isOut(element.src)) || (name === 'link' && element.rel !== 'canonical' && !/alternate/.test(element.rel) && isOut(element.href))) {
      found.push(`loads from elsewhere: ${told()}`);
    }
    const isRefresh = name === 'meta' && /refresh/i.test(element.httpEquiv);
    if (isRefresh || ['iframe', 'frame', 'object', 'embed', 'applet', 'base', 'form', 'foreignobject', 'animate', 'set', 'template'].includes(name.toLowerCase())) {
      found.push(`has <${name}>: ${told()}`);
    }
    if (name === 'style' && /@import|url\(\s*['"]?(https?:)?\/\//i.test(element.textContent)) {
      found.push(`has a style that loads: ${told()}`);
    }
  }
  if (document.querySelectorAll('head > title').length !== 1 && document.contentType === 'text/html') {
    found.push(`has ${document.querySelectorAll('head > title').length} titles`);
  }
  if (document.querySelector('parsererror')) {
    found.push(`cannot be parsed: ${document.querySelector('parsererror').textContent.slice(0, 200)}`);
  }
  return found;
}
