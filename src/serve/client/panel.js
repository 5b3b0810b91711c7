// What stands over the page while it is written: mistakes, a count of warnings, marks. In a shadow root, so that neither
// the page's styles reach it nor its own the page.

const datelinePanel = (() => {
  'use strict';

  const host = document.createElement('dateline-serve');
  const root = host.attachShadow({ mode: 'open' });
  root.innerHTML = `
    <link rel="stylesheet" href="/_dateline/panel.css">
    <div class="bar" part="bar">
      <p class="say" role="status"></p>
      <p class="mark" hidden></p>
      <button type="button" class="count" hidden></button>
    </div>
    <dialog aria-labelledby="heading">
      <header><h1 id="heading"></h1><button type="button" class="close" aria-keyshortcuts="Escape">Close</button></header>
      <div class="list" tabindex="-1"></div>
    </dialog>`;
  const find = (selector) => root.querySelector(selector);
  const [say, mark, count, dialog, list, heading] = ['.say', '.mark', '.count', 'dialog', '.list', 'h1'].map(find);
  // Nothing is shown before its styles are there.
  host.hidden = true;
  find('link').addEventListener('load', () => { host.hidden = false; });
  document.documentElement.append(host);

  const plural = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  let shown = '';

  const open = () => dialog.open || dialog.showModal();
  count.addEventListener('click', open);
  find('.close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  // A theme's own keys are for its page, not for this.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());

  /** Makes a button that has the server open a place, and says so where that fails. */
  function button(place, opens) {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = place;
    made.addEventListener('click', async () => {
      const said = await opens();
      made.nextElementSibling?.remove();
      if (said !== '') {
        const note = document.createElement('span');
        note.setAttribute('role', 'alert');
        note.textContent = ` ${said}`;
        made.after(note);
      }
    });
    return made;
  }

  /** Makes what opens the place of a mistake. */
  function opener({ place, link }, opens) {
    if (link === null) {
      return button(place, opens);
    }
    const anchor = document.createElement('a');
    anchor.href = link;
    anchor.textContent = place;
    return anchor;
  }

  function article(mistake, opens) {
    const article = document.createElement('article');
    article.className = mistake.severity;
    if (mistake.place !== null) {
      const place = document.createElement('p');
      place.className = 'place';
      place.append('Open ', opener(mistake, opens));
      article.append(place);
    }
    const text = document.createElement('pre');
    text.tabIndex = 0;
    text.innerHTML = mistake.html;
    article.append(text);
    return article;
  }

  /** Shows what is wrong. Errors open the list by themselves, once; warnings wait until they are asked for. */
  function mistakes(all, broken, opens) {
    const now = JSON.stringify(all);
    if (now === shown) {
      return;
    }
    shown = now;
    const number = (severity) => all.filter((mistake) => mistake.severity === severity).length;
    const counts = [['error', 'mistake'], ['warning', 'warning'], ['note', 'note']]
      .filter(([severity]) => number(severity) > 0)
      .map(([severity, noun]) => plural(number(severity), noun));
    const title = counts.join(' and ');
    heading.textContent = broken ? `${title}: this is the last good page` : title;
    count.textContent = title;
    count.hidden = all.length === 0;
    count.className = `count ${broken ? 'error' : 'warning'}`;
    list.replaceChildren(...all.map((mistake, at) => article(mistake, () => opens(at))));
    if (broken) {
      open();
    } else {
      dialog.close();
    }
  }

  /** Says something in a line, with a link where there is one; nothing, to be silent again. */
  function note(text, link) {
    say.replaceChildren(text);
    if (link !== undefined) {
      const anchor = document.createElement('a');
      [anchor.href, anchor.textContent] = link;
      say.append(' ', anchor);
    }
  }

  /** Says that a reader does not see this page yet. */
  function marked(what) {
    mark.hidden = what === undefined;
    mark.textContent = what === undefined ? '' : what === 'draft' ? 'Draft: not in a build' : `To be published on ${what}`;
  }

  return { button, mistakes, note, marked };
})();
