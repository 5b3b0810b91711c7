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

/**
 * Opens a context in which `hit()` is heard; `policy` says whether pages keep the policy that they carry, and `own` what
 * addresses of the site begin with where it has its place on the web: a picture there is no stranger's, and it is not found.
 */
export async function trapped(browser, home, { policy, own }) {
  const context = await browser.newContext({ bypassCSP: !policy });
  const notes = new Notes();
  await context.addInitScript(() => {
    window.hit = (number) => console.log(`HIT ${number}`);
  });
  // The browser reaches nothing but this machine: what leaves the site is heard of, and fails by itself. To stop every request
  // and let it go on would take most of the time.
  context.on('request', (request) => {
    const address = request.url();
    const isOwn = address.startsWith(home) || address.startsWith('data:image/') || address.startsWith('data:font/');
    if (!isOwn && !(own && address.startsWith(own) && request.resourceType() === 'image')) {
      notes.add(request.headers().referer ?? '', `asks for ${address}`);
    }
  });
  context.on('dialog', (dialog) => {
    notes.add(dialog.page().url(), `opens a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  // A picture of a hostile text may lead nowhere on the site itself: that is told, and no harm. In one file, which has its
  // pictures in it, the policy keeps it from being looked for.
  const isHarmless = (message) => {
    const [, kept] = /^Loading the image '([^']*)' violates the following Content Security Policy directive: "img-src data:"/.exec(message.text()) ?? [];
    const [, code] = /^Failed to load resource: (the server responded with a status of 404|net::ERR_NAME_NOT_RESOLVED)/.exec(message.text()) ?? [];
    const isOwn = (address) => [home, own].some((start) => start && address?.startsWith(start));
    return code === undefined ? isOwn(kept) : isOwn(message.location().url);
  };
  context.on('console', (message) => {
    if (!isHarmless(message)) {
      notes.add(message.page()?.url() ?? '', `says ${message.text()}`);
    }
  });
  context.on('weberror', (error) => notes.add(error.page()?.url() ?? '', `fails: ${error.error().message}`));
  return { context, notes, own };
}

/** Opens addresses, a few at a time, looks into each page, and lets `act` do more with it. */
export async function visit({ context, notes, own }, addresses, act = () => {}) {
  const rest = [...addresses];
  const one = async () => {
    const page = await context.newPage();
    // Only a fault takes as long; a busy machine takes long too.
    page.setDefaultTimeout(120_000);
    for (let address = rest.shift(); address !== undefined; address = rest.shift()) {
      await page.goto(address, { waitUntil: 'load' });
      (await page.evaluate(look, { canary: CANARY, own })).forEach((what) => notes.add(address, what));
      await act(page, address);
      notes.pages += 1;
    }
    await page.close();
  };
  await Promise.all([one(), one(), one()]);
}

/** Lists what in a page could run, load or lead away without being asked. Runs in the page. */
export function look({ canary, own }) {
  const found = [];
  const asks = (value) => {
    const { host, href } = new URL(value, document.baseURI);
    return host.includes(canary) && !(own && href.startsWith(own));
  };
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
      if (['href', 'src', 'action', 'formaction', 'data', 'poster'].includes(localName) && /^data:(?!image\/|font\/|text\/(plain|csv);|application\/(json|pdf);|,)/.test(bare(value))) {
        found.push(`has an address that is a document: ${told()}`);
      }
      if (['src', 'srcset', 'poster', 'action', 'formaction'].includes(localName) && value.includes(canary) && asks(value)) {
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
    // One file has its icon in it, and an empty icon keeps the browser from asking for one.
    const isOut = (address) => !/^data:(,$|image\/)/.test(address) && new URL(address, location.href).origin !== location.origin;
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
