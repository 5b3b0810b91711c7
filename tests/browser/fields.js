// Files of a site in which every field is filled, made of the JSON Schemas that the program writes: a field that is new in
// a schema is filled by itself.
//
// Every text stands on a line of its own, so that a message that names a line names a field.

/** Writes a text as YAML reads it back: whatever is not plain ASCII as an escape. */
function quoted(text) {
  const escape = (letter) => {
    const code = letter.codePointAt(0);
    return code > 0xFFFF ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  };
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[^ -~]/gu, escape)}"`;
}

/**
 * Fills a schema and returns the lines of a file, each with its `text` and with the `places` that stand on it.
 *
 * `fill` decides: `text(field, at)`, the text of a field, or `undefined` to leave it away; `items(field, at)`, the places
 * in a list; `entries(field, at)`, pairs of a key and its place in a map; `choice(field)`, what is neither. A place says
 * what stands there, and is passed on to what lies within. Where a value may be written in several ways, the items of a
 * list or of a map take turns.
 */
export function filled(schema, name, fill, at = {}) {
  const lines = [];
  write(value(schema, name, at), '', '', '');
  return lines;

  function value(part, field, at, turn = 0) {
    const ways = waysOf(part, schema);
    const way = ways[turn % ways.length];
    const list = way.enum ?? way.oneOf?.map((one) => one.const) ?? [];
    const choice = fill.choice(field) ?? way.const ?? list[turn % list.length];
    if (choice !== undefined) {
      return { text: JSON.stringify(choice), places: [] };
    }
    const types = [way.type].flat();
    if (types.includes('string')) {
      const text = fill.text(field, at);
      return text === undefined ? undefined : { text: quoted(text), places: [{ field, ...at }] };
    }
    if (types.includes('array')) {
      const items = fill.items(field, at).map((place, turn) => value(way.items, `${field}[]`, place, turn));
      return some('[]', items.map((item) => ['', item]));
    }
    if (types.includes('object')) {
      // What is chosen from a list stands where it must, or where `fill` chooses.
      const stands = ([key, inner]) => way.required?.includes(key) || fill.choice(`${field}.${key}`) !== undefined || !isChosen(inner, schema);
      const named = Object.entries(way.properties ?? {}).filter(stands)
        .map(([key, inner]) => [`${key}: `, value(inner, `${field}.${key}`, at)]);
      const { additionalProperties: more } = way;
      const keyed = more ? entries(more === true ? { type: 'string' } : more, field, at) : [];
      return some('{}', [...named, ...keyed]);
    }
    // Where nothing is chosen, the program chooses.
    if (types.includes('boolean')) {
      return undefined;
    }
    throw new Error(`${field}: no way is known to fill ${JSON.stringify(way)}`);
  }

  function entries(part, field, at) {
    return fill.entries(field, at).map(([key, { isKey, ...place }], turn) => {
      const inner = value(part, `${field}.*`, place, turn);
      return [`${quoted(key)}: `, inner && { ...inner, places: [...inner.places, ...(isKey ? [{ field: `${field}.(key)`, ...place }] : [])] }];
    });
  }

  function some(brackets, parts) {
    const there = parts.filter(([, part]) => part !== undefined);
    return there.length === 0 ? undefined : { brackets, parts: there, places: [] };
  }

  function write(node, start, indent, end) {
    if (node === undefined) {
      return;
    }
    if (node.text !== undefined) {
      lines.push({ text: `${indent}${start}${node.text}${end}`, places: node.places });
      return;
    }
    lines.push({ text: `${indent}${start}${node.brackets[0]}`, places: node.places });
    node.parts.forEach(([key, part]) => write(part, key, `${indent} `, ','));
    lines.push({ text: `${indent}${node.brackets[1]}${end}`, places: [] });
  }
}

/** The ways in which a value may be written. */
function waysOf(part, schema) {
  const way = part.$ref === undefined ? part : { ...part, ...schema.$defs[part.$ref.slice('#/$defs/'.length)] };
  return way.anyOf === undefined ? [way] : way.anyOf.filter(({ type }) => type !== 'null').flatMap((inner) => waysOf(inner, schema));
}

function isChosen(part, schema) {
  return waysOf(part, schema).every((way) => way.const !== undefined || way.enum !== undefined || way.oneOf?.[0]?.const !== undefined);
}
