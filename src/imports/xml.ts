/** A start tag with its attributes, an end tag, or the text between two tags; of an XML part without a document type. */
export type Tag = {
  name: string;
  attributes: string;
  isEnd: boolean;
  isEmpty: boolean;
  text: string;
  /** Where the tag stands in the part, from its `<` to behind its `>`. */
  from: number;
  to: number;
};

/** Walks through the tags of an XML part, each with the text that follows it. Namespace prefixes are left out. */
export function* tagsOf(xml: string): Generator<Tag> {
  let at = xml.indexOf('<');
  while (at >= 0) {
    const end = xml.indexOf('>', at);
    if (end < 0) return;
    const next = xml.indexOf('<', end);
    const isEnd = xml.charCodeAt(at + 1) === slash;
    const isEmpty = xml.charCodeAt(end - 1) === slash;
    const inside = xml.slice(at + (isEnd ? 2 : 1), isEmpty ? end - 1 : end);
    const space = inside.search(/\s/);
    const qualified = space < 0 ? inside : inside.slice(0, space);
    const colon = qualified.indexOf(':');
    yield {
      name: colon < 0 ? qualified : qualified.slice(colon + 1),
      attributes: space < 0 ? '' : inside.slice(space),
      isEnd,
      isEmpty,
      text: next < 0 ? '' : xml.slice(end + 1, next),
      from: at,
      to: end + 1,
    };
    at = next;
  }
}
const slash = 47;

/** "x:" of `<x:row>`. */
export const prefixOf = (xml: string, { from }: Tag): string =>
  /^<\/?([\w.-]+:)?/.exec(xml.slice(from, from + 40))?.[1] ?? '';

export function attribute(tag: Tag, name: string): string | null {
  const found = patternOf(name).exec(tag.attributes);
  return found ? decode(found[1] ?? found[2] ?? '') : null;
}

const patterns = new Map<string, RegExp>();

function patternOf(name: string): RegExp {
  const known = patterns.get(name);
  if (known) return known;
  const pattern = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
  patterns.set(name, pattern);
  return pattern;
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function decode(text: string): string {
  if (!text.includes('&') && !text.includes('_x')) return text;
  return text
    .replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) =>
      characterOf(Number.parseInt(code, 16)),
    )
    .replaceAll(
      /&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi,
      (all: string, decimal?: string, hexadecimal?: string, name?: string) => {
        if (decimal) return characterOf(Number(decimal));
        if (hexadecimal) return characterOf(Number.parseInt(hexadecimal, 16));
        return named[name ?? ''] ?? all;
      },
    );
}

const characterOf = (code: number) =>
  code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : ' ';
