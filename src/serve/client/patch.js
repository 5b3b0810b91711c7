// Changes a page in place, from one state of its HTML to the next.
//
// What differs is found between the two texts that the server sent, and only that is done to the page. So whatever a
// reader or the theme's own script did to it stays: open details, focus, selection, added buttons. Each node of the last
// text is tied to the node of the page that was made of it; where one that must change is tied to nothing, `patch`
// gives up, and the page is loaded anew.

const datelinePatch = (() => {
  'use strict';

  class Lost extends Error {}

  const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
  const isData = (node) => node.localName === 'script' && /json$/.test(node.type);
  const isBlank = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim() === '';
  const isOurs = (node) => isElement(node) && node.localName === 'script' && node.hasAttribute('data-moment');
  const parts = (node) => [...node.childNodes].filter((child) => !isOurs(child));

  /** Whether two nodes may be one node in two states. */
  function alike(a, b) {
    return a.nodeName === b.nodeName && (!isElement(a) || (a.id === b.id && a.getAttribute('name') === b.getAttribute('name')));
  }

  /** Ties a tree to its copy. */
  function tieCopy(ties, from, to) {
    ties.set(from, to);
    from.childNodes.forEach((child, at) => tieCopy(ties, child, to.childNodes[at]));
  }

  /** Ties a tree to the page, in which a script may have added or changed something. */
  function tiePage(ties, from, to) {
    ties.set(from, to);
    if (from.localName === 'noscript' || from.localName === 'template') {
      return;
    }
    const rest = parts(to);
    let at = 0;
    for (const child of parts(from)) {
      const same = (other) => alike(child, other) && (isElement(child) || other.data === child.data || (isBlank(child) && isBlank(other)));
      let found = rest.findIndex((other, place) => place >= at && same(other));
      if (found < 0 && !isElement(child)) {
        found = rest.findIndex((other, place) => place >= at && alike(child, other) && !isBlank(other));
      }
      if (found >= 0) {
        tiePage(ties, child, rest[found]);
        at = found + 1;
      }
    }
  }

  /** Pairs the children of two states of a node: the longest row of equal ones, then alike ones between them. */
  function pair(olds, news) {
    const pairs = new Map();
    let [start, oldEnd, newEnd] = [0, olds.length, news.length];
    while (start < oldEnd && start < newEnd && olds[start].isEqualNode(news[start])) {
      pairs.set(news[start], olds[start]);
      start += 1;
    }
    while (oldEnd > start && newEnd > start && olds[oldEnd - 1].isEqualNode(news[newEnd - 1])) {
      oldEnd -= 1;
      newEnd -= 1;
      pairs.set(news[newEnd], olds[oldEnd]);
    }
    const [left, right] = [olds.slice(start, oldEnd), news.slice(start, newEnd)];
    between(left, right, longest(left, right), pairs);
    return pairs;
  }

  /** Finds the longest common row of nodes that are equal, or elements with the same id; very long lists are left. */
  function longest(olds, news) {
    if (olds.length * news.length > 250000) {
      return [];
    }
    const same = (a, b) => a.isEqualNode(b) || (isElement(a) && a.id !== '' && alike(a, b));
    const table = Array.from({ length: olds.length + 1 }, () => new Uint32Array(news.length + 1));
    const equal = olds.map((a) => news.map((b) => same(a, b)));
    for (let i = olds.length - 1; i >= 0; i -= 1) {
      for (let j = news.length - 1; j >= 0; j -= 1) {
        table[i][j] = equal[i][j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
      }
    }
    const row = [];
    for (let i = 0, j = 0; i < olds.length && j < news.length;) {
      if (equal[i][j]) {
        row.push([i, j]);
        i += 1;
        j += 1;
      } else if (table[i + 1][j] >= table[i][j + 1]) {
        i += 1;
      } else {
        j += 1;
      }
    }
    return row;
  }

  function between(olds, news, row, pairs) {
    let [i, j] = [0, 0];
    for (const [oldAt, newAt] of [...row, [olds.length, news.length]]) {
      for (; j < newAt; j += 1) {
        const found = olds.findIndex((old, at) => at >= i && at < oldAt && alike(old, news[j]));
        if (found >= 0) {
          pairs.set(news[j], olds[found]);
          i = found + 1;
        }
      }
      if (oldAt < olds.length) {
        pairs.set(news[newAt], olds[oldAt]);
      }
      [i, j] = [oldAt + 1, newAt + 1];
    }
  }

  function attributes(before, after, node) {
    for (const { name, value } of after.attributes) {
      if (before.getAttribute(name) !== value) {
        node.setAttribute(name, value);
      }
    }
    for (const { name } of [...before.attributes]) {
      if (!after.hasAttribute(name)) {
        node.removeAttribute(name);
      }
    }
  }

  function sync(old, ties, before, after) {
    const node = old.get(before);
    if (before.isEqualNode(after)) {
      retie(old, ties, before, after);
      return;
    }
    if (node === undefined) {
      throw new Lost();
    }
    ties.set(after, node);
    if (!isElement(after)) {
      node.data = after.data;
      ties.changed.push(node.parentElement);
      return;
    }
    if (after.localName === 'noscript' || after.localName === 'template' || (after.localName === 'script' && !isData(after))) {
      throw new Lost();
    }
    attributes(before, after, node);
    const [olds, news] = [parts(before), parts(after)];
    const pairs = pair(olds, news);
    const kept = new Set(pairs.values());
    for (const gone of olds.filter((child) => !kept.has(child))) {
      const child = old.get(gone);
      if (child === undefined) {
        throw new Lost();
      }
      child.remove();
      ties.changed.push(node);
    }
    let last = null;
    for (const child of news) {
      const known = pairs.get(child);
      if (known !== undefined) {
        sync(old, ties, known, child);
        last = old.get(known) ?? last;
        continue;
      }
      const copy = document.importNode(child, true);
      tieCopy(ties, child, copy);
      node.insertBefore(copy, last === null ? node.firstChild : last.nextSibling);
      ties.changed.push(isElement(copy) ? copy : node);
      last = copy;
    }
  }

  /** Ties a tree that did not change to what its equal was tied to. */
  function retie(old, ties, before, after) {
    if (old.has(before)) {
      ties.set(after, old.get(before));
    }
    const [olds, news] = [parts(before), parts(after)];
    olds.forEach((child, at) => retie(old, ties, child, news[at]));
  }

  /** Ties the text that the page was made of to the page. */
  function start(text) {
    const last = new DOMParser().parseFromString(text, 'text/html');
    const ties = new Map();
    tiePage(ties, last.documentElement, document.documentElement);
    return { last, ties };
  }

  /** Brings the page from its last text to this one, and returns the elements that changed; `undefined` where it cannot. */
  function patch(state, text) {
    const next = new DOMParser().parseFromString(text, 'text/html');
    const ties = new Map();
    ties.changed = [];
    try {
      sync(state.ties, ties, state.last.documentElement, next.documentElement);
    } catch (error) {
      if (error instanceof Lost) {
        return undefined;
      }
      throw error;
    }
    state.last = next;
    state.ties = ties;
    return ties.changed;
  }

  return { start, patch };
})();
