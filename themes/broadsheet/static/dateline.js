/* Broadsheet's script adds to pages that are whole without it. A classic one, as pages open from disks too; in the
   head, to choose colours before painting. Its words are in data attributes. */
(() => {
  'use strict';
  const root = document.documentElement;
  const here = document.currentScript.src;
  const $ = (selector) => document.querySelector(selector);
  const part = (path) => $(`#dateline--${path}`);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const on = (target, name, act) => target.addEventListener(name, act);

  // What a reader chose; for this page, where the browser keeps nothing.
  const kept = {};
  const recall = (name) => {
    try { return localStorage[`dateline-${name}`]; } catch { return kept[name]; }
  };
  const keep = (name, value) => {
    kept[name] = value;
    try { localStorage[`dateline-${name}`] = value; } catch { /* kept above */ }
  };

  const paint = () => {
    const theme = recall('theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme; else delete root.dataset.theme;
  };
  paint();
  // Fonts asked for early are mostly there in time.
  document.fonts.forEach((font) => /^U\+0-/.test(font.unicodeRange) && font.load().catch(() => {}));
  root.dataset.script = ''; // The style sheet shows what needs it.

  const make = (name, fields) => Object.assign(document.createElement(name), fields);

  /** Writes a number in an element's words for it: data-one, data-other, … */
  const count = ({ dataset }, number) => {
    const form = new Intl.PluralRules(root.lang).select(number);
    return (dataset[form] ?? dataset.other).replace('{n}', number);
  };

  let silence;
  const say = (text) => {
    clearTimeout(silence);
    part('said').textContent = text;
    silence = setTimeout(() => part('said').replaceChildren(), 4000);
  };

  // Colours.

  const colours = () => {
    all('[name=theme]').forEach((input) => {
      input.checked = input.value === (root.dataset.theme ?? 'system');
      on(input, 'change', () => {
        keep('theme', input.value);
        paint();
      });
    });
  };

  // Filters of the timeline, kept in the address.

  const filters = () => {
    const context = part('show-context');
    const found = part('found');
    if (!found) return;
    const buttons = all('.filters button');
    const entries = all('.entry');
    let group = '';

    const show = () => {
      buttons.forEach((button) => button.setAttribute('aria-pressed', button.dataset.group === group));
      entries.forEach((entry) => { entry.hidden = group !== '' && !entry.dataset.groups.split(' ').includes(group); });
      const left = entries.filter((entry) => entry.checkVisibility()).length;
      $('.timeline').classList.toggle('filtered', left < entries.length);
      found.textContent = left < entries.length ? count(found, left) : '';
      $('.nothing').hidden = left > 0;
    };
    const read = () => {
      const query = new URLSearchParams(location.search);
      group = query.get('group') ?? '';
      context.checked = query.get('context') !== 'off';
      show();
    };
    const write = () => {
      const query = new URLSearchParams();
      if (group) query.set('group', group);
      if (!context.checked) query.set('context', 'off');
      history.replaceState(null, '', `${location.pathname}${query.size ? '?' : ''}${query}${location.hash}`);
      show();
    };
    const choose = (name) => {
      group = name;
      write();
    };
    buttons.forEach((button) => on(button, 'click', () => choose(button.dataset.group)));
    on(context, 'change', write);
    on($('.nothing button'), 'click', () => {
      context.checked = true;
      choose('');
      context.focus();
    });
    on(window, 'popstate', read);
    on(window, 'pageshow', read); // Checkboxes are kept.
    read();
  };

  // Search.

  const load = (name) => new Promise((onload, onerror) => {
    document.head.append(make('script', { src: new URL(name, here), onload, onerror }));
  });
  /** Takes off case, accents, the Arabic article; takes Hangul apart. */
  const bare = (word) => word.normalize('NFKD').replace(/\p{M}|\u0640/gu, '').toLowerCase().replace(/ß/g, 'ss')
    .replace(/^ال(?=.{2})/, '');
  const words = (text) => {
    if (!Intl.Segmenter) return text.split(/[^\p{L}\p{M}\p{N}]+/u);
    const parts = new Intl.Segmenter(root.lang, { granularity: 'word' }).segment(text);
    return [...parts].flatMap(({ isWordLike, segment }) => (isWordLike ? segment : []));
  };

  const index = async () => {
    await Promise.all(['minisearch.js', 'search-index.js'].map(load));
    const engine = new MiniSearch({
      fields: ['title', 'hedge', 'figure', 'by', 'when', 'status', 'text', 'more'],
      tokenize: words,
      processTerm: bare,
      searchOptions: {
        boost: { title: 2, figure: 4, by: 2 },
        boostDocument: (id) => ({ event: 2, source: 0.5 })[datelineIndex[id].kind] ?? 1,
        combineWith: 'AND',
        prefix: true,
        // A letter of a long word may be wrong, a digit never.
        fuzzy: (word) => (word.length > 5 && !/\d/.test(word) ? 0.2 : 0),
      },
    });
    engine.addAll(datelineIndex.map((entry, id) => ({ ...entry, id })));
    return engine;
  };

  /** Makes a result: no figure without its hedge and who said it. */
  const line = (entry, kinds) => {
    const about = [entry.by, entry.when, entry.status].filter(Boolean).join(' · ');
    const item = make('li');
    const link = item.appendChild(make('a', { href: new URL(`../${entry.path}`, here) }));
    const { hedge, figure: num, title, text } = entry;
    const kind = num ? '' : kinds[entry.kind];
    for (const [className, textContent] of Object.entries({ hedge, num, kind, title, about, text })) {
      if (textContent) link.append(make('span', { className, textContent }), ' ');
    }
    return item;
  };

  const search = () => {
    const [box, input, status, list] = ['', 'input', '[role=status]', 'ol'].map((name) => part(`search ${name}`));
    if (!box) return undefined;
    let loading;
    const find = async () => {
      try {
        const engine = await (loading ??= index());
        const text = input.value.trim();
        let hits = engine.search(text);
        if (!hits.length) hits = engine.search(text, { combineWith: 'OR' });
        status.textContent = text && (hits.length ? count(status, hits.length) : status.dataset.none);
        list.replaceChildren(...hits.slice(0, 40).map((hit) => line(datelineIndex[hit.id], list.dataset)));
      } catch {
        loading = undefined;
        status.textContent = status.dataset.failed;
      }
    };
    on(input, 'input', find);
    on(box, 'keydown', (event) => {
      const links = all('dialog ol a');
      const at = links.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.isComposing) return;
      if (step && (at >= 0 || step > 0)) {
        event.preventDefault();
        (links[Math.min(at + step, links.length - 1)] ?? input).focus();
      } else if (event.key === 'Enter' && event.target === input) {
        links[0]?.click();
      }
    });
    on(list, 'click', () => box.close());
    return () => {
      input.select();
      find();
    };
  };

  // Keys, windows, copied links.

  /** Goes to the event before or after: to its page, or on the rail. */
  const move = (step) => {
    $(`.neighbours [rel=${step > 0 ? 'next' : 'prev'}]`)?.click();
    const links = all('.entry h3 a:first-child').filter((link) => link.checkVisibility());
    const above = (link) => link.getBoundingClientRect().top < 0;
    let at = links.findIndex((link) => link.closest('.entry').contains(document.activeElement));
    if (at < 0) at = links.findLastIndex(above) + (step < 0);
    const to = links[at + step];
    to?.focus({ preventScroll: true });
    to?.scrollIntoView({ block: 'center' });
  };

  const keys = (open) => {
    const right = root.dir === 'rtl' ? -1 : 1;
    const steps = { j: 1, k: -1, ArrowRight: right, ArrowLeft: -right };
    const boxes = { '/': 'search', '?': 'keys' };
    // Hangul and Arabic keys do the same.
    const latin = ({ key, code }) => (/^[ -~]+$/.test(key) ? key : { KeyJ: 'j', KeyK: 'k', Slash: '/' }[code]);
    const wanted = part('keys input');
    wanted.checked = recall('keys') !== 'off';
    on(wanted, 'change', () => keep('keys', wanted.checked ? 'on' : 'off'));
    on(window, 'keydown', (event) => {
      const key = latin(event);
      const inside = (selector) => event.target.closest?.(selector);
      if (!steps[key] && !boxes[key]) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !wanted.checked) return;
      if ($('dialog[open]') || inside('input, select, textarea')) return;
      // Arrows that scroll sideways still do.
      const sideways = root.scrollWidth > root.clientWidth || inside('[tabindex="0"]');
      if (key.startsWith('Arrow') && (event.shiftKey || sideways)) return;
      event.preventDefault();
      if (boxes[key]) open(boxes[key]); else move(steps[key]);
    });
  };

  const windows = () => {
    const opened = { search: search() };
    const open = (name) => {
      part(name)?.showModal();
      opened[name]?.();
    };
    on(window, 'click', async ({ target }) => {
      const opener = target.closest('[data-opens]');
      if (opener) open(opener.dataset.opens);
      if (target.closest('[data-closes]') || target.matches('dialog')) target.closest('dialog').close();
      const anchor = target.closest('a.anchor');
      if (!anchor) return;
      const address = new URL(anchor.href);
      address.search = ''; // Filters are the reader's own.
      try {
        await navigator.clipboard.writeText(address);
        say(part('said').dataset.copied);
      } catch {
        say(part('said').dataset.address);
      }
    });
    keys(open);
  };

  on(document, 'DOMContentLoaded', () => { colours(); filters(); windows(); });
})();
