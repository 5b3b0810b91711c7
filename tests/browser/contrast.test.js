// Contrast as it is painted: of running text, of other text and of drawings, in every way in which a reader may set colours.

import { after, before, test } from 'node:test';
import { measured } from './floors.js';
import { browser, onDisk, pages } from './site.js';

let chromium;
before(async () => {
  chromium = await browser();
});
after(() => chromium?.close());

/** The least contrast on a page, by kind: of running text, of other text, and of what is drawn. */
const weakest = () => {
  const brush = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  const known = new Map();
  /** The red, green and blue of a colour of CSS, whatever its notation, and how opaque it is. */
  const rgb = (colour) => {
    if (!known.has(colour)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      known.set(colour, [...brush.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(colour);
  };
  const light = ([red, green, blue]) => {
    const linear = [red, green, blue].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] > 250) {
        return colour;
      }
    }
    return rgb('Canvas');
  };
  const found = { running: [Infinity], text: [Infinity], graphics: [Infinity] };
  const note = (kind, value, element) => {
    if (value < found[kind][0]) {
      found[kind] = [value, element.outerHTML.slice(0, 100)];
    }
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const done = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (done.has(element) || node.data.trim() === '' || element.closest('script, style, .anchor, .hidden') || !element.checkVisibility({ visibilityProperty: true })) {
      continue;
    }
    done.add(element);
    const style = getComputedStyle(element);
    const colour = element.closest('svg') ? style.fill : style.color;
    const running = element.closest('.body p, .body li, .standfirst, .foreword p, .entry .text p, .why') && !element.closest('.sidenote, sup, .chart, .status');
    note(running ? 'running' : 'text', ratio(rgb(colour), ground(element)), element);
  }
  for (const element of document.querySelectorAll('.entry>.mark, .legend .mark, .keyed .mark')) {
    note('graphics', ratio(rgb(getComputedStyle(element).borderTopWidth === '0px' ? getComputedStyle(element).borderInlineStartColor : getComputedStyle(element).borderTopColor), ground(element.parentElement)), element);
  }
  for (const element of document.querySelectorAll('.strip .dot, .strip .bar, .strip .tip, .chart .mark, .chart .bound, .chart .reach, .chart .swing, .strip .axis')) {
    const { fill, stroke } = getComputedStyle(element);
    const painted = [fill, stroke].filter((colour) => colour !== 'none' && !colour.startsWith('url')).map((colour) => ratio(rgb(colour), ground(element.closest('figure'))));
    if (painted.length > 0 && element.checkVisibility()) {
      note('graphics', Math.max(...painted), element);
    }
  }
  return found;
};

const schemes = ['light', 'dark'];
/** How a reader's system may be set, by name. */
const settings = {
  plain: schemes.map((colorScheme) => ({ colorScheme, contrast: 'no-preference', forcedColors: 'none' })),
  more: schemes.map((colorScheme) => ({ colorScheme, contrast: 'more', forcedColors: 'none' })),
  forced: schemes.map((colorScheme) => ({ colorScheme, contrast: 'no-preference', forcedColors: 'active' })),
};

/** By setting and kind: the least contrast of all pages, with its place. Every page is opened once. */
async function lookedAll() {
  const least = {};
  const page = await chromium.newPage({ viewport: { width: 1280, height: 800 } });
  // All pages on one repeat what the others show.
  for (const path of pages.filter((path) => path !== 'all.html')) {
    await page.goto(onDisk(path));
    for (const [name, medias] of Object.entries(settings)) {
      for (const media of medias) {
        await page.emulateMedia({ reducedMotion: 'reduce', ...media });
        for (const [kind, [value, where]] of Object.entries(await page.evaluate(weakest))) {
          const [before] = least[`${name} ${kind}`] ?? [Infinity];
          if (value < before) {
            least[`${name} ${kind}`] = [value, `${path}, ${media.colorScheme}: ${where}`];
          }
        }
      }
    }
  }
  await page.close();
  return least;
}

let all;
const looked = () => (all ??= lookedAll());
const lowest = (found) => found.reduce((one, other) => (other[0] < one[0] ? other : one));

test('running text has at least 7:1, all other text 4.5:1, and what is drawn 3:1, light and dark, as painted', async () => {
  const least = await looked();
  for (const kind of ['running', 'text', 'graphics']) {
    const [value, where] = least[`plain ${kind}`];
    measured(kind, value, [where]);
  }
});

test('who asks for more contrast gets 7:1 for all text', async () => {
  const least = await looked();
  const [value, where] = lowest(['running', 'text'].map((kind) => least[`more ${kind}`]));
  measured('more', value, [where]);
});

test('with the colours that a reader forces, text and marks are still to be told from the ground', async () => {
  const least = await looked();
  const [value, where] = lowest(['running', 'text', 'graphics'].map((kind) => least[`forced ${kind}`]));
  measured('forced', value, [where]);
});
