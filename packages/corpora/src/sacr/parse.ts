/** A mention in braces, by where its words lie in the text without braces: UTF-16 units. */
interface BracedMention {
  chain: string;
  attributes: Record<string, string>;
  start: number;
  end: number;
  /** Where its brace opens in the source. */
  offset: number;
}

export type Parsed =
  | { kind: 'text'; text: string; mentions: BracedMention[] }
  | { kind: 'fault'; offset: number; reason: string; expected: string };

const NAME = /[^\s:{}]+/uy;
const PROPERTY = /([^\s=,{}"]+)="((?:[^"\\]|\\.)*)"/uy;

/**
 * Reads a paragraph of SACR (Oberle 2018): `{chain:name="value",name="value" words}`, braces within braces for
 * mentions within mentions. Mentions come in the order of their opening braces.
 */
export function parseBraces(source: string): Parsed {
  const mentions: BracedMention[] = [];
  const open: BracedMention[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    const next = nextBrace(source, at);
    text += source.slice(at, next);
    if (next >= source.length) break;
    at = next + 1;
    if (source[next] === '}') {
      const closed = open.pop();
      if (closed === undefined)
        return {
          kind: 'fault',
          offset: next,
          reason: 'a brace closes what was never opened',
          expected: 'a "{" before it',
        };
      closed.end = text.length;
      if (text.slice(closed.start).trim() === '')
        return {
          kind: 'fault',
          offset: closed.offset,
          reason: 'a mention has no words',
          expected: 'words between its braces',
        };
      continue;
    }
    const head = headOf(source, at);
    if (head === null)
      return {
        kind: 'fault',
        offset: next,
        reason: 'the name or the properties of a mention can not be read',
        expected: '{name:property="value" words}',
      };
    const mention = {
      chain: head.chain,
      attributes: head.attributes,
      start: text.length,
      end: text.length,
      offset: next,
    };
    mentions.push(mention);
    open.push(mention);
    at = head.end;
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined)
    return {
      kind: 'fault',
      offset: unclosed.offset,
      reason: 'a brace is never closed',
      expected: 'a "}" in the same paragraph',
    };
  return { kind: 'text', text, mentions };
}

function nextBrace(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) if (source[at] === '{' || source[at] === '}') return at;
  return source.length;
}

function headOf(
  source: string,
  from: number,
): { chain: string; attributes: Record<string, string>; end: number } | null {
  NAME.lastIndex = from;
  const chain = NAME.exec(source)?.[0];
  if (chain === undefined) return null;
  const attributes: Record<string, string> = {};
  let at = from + chain.length;
  let mark = source[at];
  if (mark === ':') {
    do {
      PROPERTY.lastIndex = at + 1;
      const property = PROPERTY.exec(source);
      if (property?.[1] === undefined) return null;
      attributes[property[1]] = (property[2] ?? '').replace(/\\(.)/gu, '$1');
      at = PROPERTY.lastIndex;
      mark = source[at];
    } while (mark === ',');
  }
  return mark !== undefined && /\s/u.test(mark) ? { chain, attributes, end: at + 1 } : null;
}
