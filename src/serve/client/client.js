// Keeps a served page up to date: listens to the server, and changes the page in place when its text has changed.

(() => {
  'use strict';

  const self = document.currentScript;
  const { page, token } = self.dataset;
  let { run, digest } = self.dataset;
  let moment = Number(self.dataset.moment);
  /** The text that the page was made of, tied to it. */
  let state;
  /** One thing at a time: a promise for the end of what is done. */
  let work = Promise.resolve();
  let source;

  /** Asks for the page as it is now. */
  async function fetched() {
    const response = await fetch(location.href, { headers: { accept: 'text/html' } });
    const text = await response.text();
    const own = new DOMParser().parseFromString(text, 'text/html').querySelector('script[data-moment]');
    return { text, data: own?.dataset ?? {} };
  }

  /** Ties the page to its text. Where the text is newer already, the page is loaded anew. */
  async function begin() {
    const { text, data } = await fetched();
    if (data.page === page && data.digest === digest) {
      state = datelinePatch.start(text);
    } else if (data.page === page) {
      location.reload();
    }
  }

  /** Holds on to what is being read, wherever something comes or goes above it. */
  function hold() {
    if (scrollY === 0) {
      return () => {};
    }
    const across = document.documentElement.clientWidth / 2;
    const seen = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85].map((part) => document.elementFromPoint(across, innerHeight * part));
    // What begins above the window may grow there; only what begins in it tells how far the text has moved.
    const held = seen.filter((element) => element !== null && element.getBoundingClientRect().top >= 0);
    const tops = held.map((element) => element.getBoundingClientRect().top);
    return () => {
      const at = held.findIndex((element) => element.isConnected);
      if (at >= 0) {
        scrollBy({ top: held[at].getBoundingClientRect().top - tops[at], behavior: 'instant' });
      }
    };
  }

  /** Brings the page to its newest text, in place where that can be done. Returns the elements that changed. */
  async function update() {
    const { text, data } = await fetched();
    if (data.page !== page) {
      gone(data.page);
      return [];
    }
    datelinePanel.note('');
    datelinePanel.marked(data.mark);
    if (data.digest === digest) {
      return [];
    }
    const back = hold();
    const { activeElement } = document;
    const changed = state === undefined ? undefined : datelinePatch.patch(state, text);
    if (changed === undefined) {
      location.reload();
      return [];
    }
    digest = data.digest;
    if (activeElement?.id && !activeElement.isConnected) {
      document.getElementById(activeElement.id)?.focus({ preventScroll: true });
    }
    back();
    document.dispatchEvent(new CustomEvent('dateline:changed', { detail: { changed } }));
    return changed;
  }

  /** What is at this address is another page now: where nothing was, it has come; where something was, it is gone. */
  function gone(now) {
    if (page === '404.html' || now === '') {
      location.reload();
    } else {
      datelinePanel.note('This page is no longer there.', ['/', 'Go to the home page']);
    }
  }

  /** Links that stand in for others while those load: they are nobody's styles, and go by themselves. */
  const passing = new WeakSet();

  /** Loads styles anew; the old ones go when the new ones are there, so that nothing flashes. */
  function restyle() {
    const links = document.querySelectorAll('link[rel~="stylesheet"]');
    const loaded = [...links].filter((link) => !passing.has(link) && new URL(link.href).origin === location.origin).map((link) => new Promise((done) => {
      const fresh = link.cloneNode();
      passing.add(fresh);
      const address = new URL(link.href);
      address.searchParams.set('moment', moment);
      fresh.href = address;
      fresh.addEventListener('load', () => { exchange(link, fresh); done(); });
      fresh.addEventListener('error', () => { fresh.remove(); done(); });
      link.after(fresh);
    }));
    return Promise.all(loaded);
  }

  /** Puts new styles into the place of the old, keeping the element that the page's text is tied to. */
  function exchange(link, fresh) {
    link.href = fresh.href;
    link.addEventListener('load', () => fresh.remove(), { once: true });
    link.addEventListener('error', () => fresh.remove(), { once: true });
  }

  /** Loads pictures anew that have changed. */
  function repaint(changed) {
    for (const picture of document.querySelectorAll('img, source')) {
      for (const name of ['src', 'srcset']) {
        const value = picture.getAttribute(name);
        const isChanged = value !== null && changed.some((path) => value.includes(encodeURI(path.split('/').pop())));
        if (isChanged && name === 'src') {
          const address = new URL(picture.src);
          address.searchParams.set('moment', moment);
          picture.src = address;
        } else if (isChanged) {
          picture.setAttribute(name, value);
        }
      }
    }
  }

  /** Does what follows from paths that changed. Without a list, everything may have. */
  async function apply(changed) {
    const ends = (...kinds) => changed === undefined || changed.some((path) => kinds.some((kind) => path.endsWith(kind)));
    const scripts = [...document.scripts].filter((script) => script !== self && script.src !== '');
    const hasScript = (path) => scripts.some((script) => decodeURI(new URL(script.src).pathname) === `/${path}`);
    if (changed?.some((path) => path.endsWith('.js') && hasScript(path))) {
      location.reload();
      return [];
    }
    const styled = ends('.css', '.woff2', '.woff', '.ttf') ? restyle() : undefined;
    repaint(changed?.filter((path) => !/\.(html|css|js|json|csv|xml)$/.test(path)) ?? []);
    const found = changed === undefined || changed.includes(page) || page === '404.html' ? await update() : [];
    await styled;
    return found;
  }

  /** Asks the server to open the place of a mistake, and returns what went wrong. */
  async function openPlace(at) {
    try {
      const response = await fetch(`/_dateline/open/${moment}/${at}`, { method: 'POST', headers: { 'x-dateline-token': token } });
      return response.ok ? '' : (await response.text()).trim();
    } catch {
      return 'the server does not answer';
    }
  }

  async function hear(message) {
    const isSameRun = message.run === run;
    const [isNext, isNew] = [isSameRun && message.moment === moment + 1, !isSameRun || message.moment !== moment];
    [run, moment] = [message.run, message.moment];
    if (page === '') {
      if (isNew) {
        location.reload();
      }
      return;
    }
    datelinePanel.mistakes(message.mistakes, message.broken, openPlace);
    if (!isNew) {
      return;
    }
    const changed = await apply(isNext ? message.changed ?? undefined : undefined);
    // A page that was not seen for some edits goes where the last of them was.
    if (isSameRun && message.follow !== null) {
      follow(message.follow, changed);
    }
  }

  /** Goes to the page that was edited; on the page itself, to what changed. */
  function follow(address, changed) {
    if (new URL(address, location.href).pathname !== location.pathname) {
      location.assign(address);
      return;
    }
    const first = changed.find((element) => element?.isConnected && document.body.contains(element));
    first?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }

  /** Listens, for as long as the page is seen: a browser opens only six connections to one server. */
  function listen() {
    source?.close();
    if (document.hidden) {
      return;
    }
    source = new EventSource('/_dateline/events');
    source.addEventListener('open', () => datelinePanel.note(''));
    source.addEventListener('message', ({ data }) => {
      work = work.then(() => hear(JSON.parse(data))).catch(() => datelinePanel.note('The server does not answer.'));
    });
    source.addEventListener('error', () => {
      datelinePanel.note('The server does not answer: is `dateline serve` running?');
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(listen, 1000);
      }
    });
  }

  datelinePanel.marked(self.dataset.mark);
  if (page !== '') {
    work = begin().catch(() => {});
  } else {
    document.querySelectorAll('[data-open]').forEach((place) => place.replaceWith(datelinePanel.button(place.textContent, () => openPlace(place.dataset.open))));
  }
  document.addEventListener('visibilitychange', listen);
  addEventListener('pageshow', (event) => event.persisted && location.reload());
  addEventListener('pagehide', () => source?.close());
  listen();
})();
