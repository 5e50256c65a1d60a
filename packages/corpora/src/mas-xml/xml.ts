import { quoted, SourceFault } from '../source/fault.ts';
import type { Line } from '../source/lines.ts';

interface Place {
  line: number;
  column: number;
}

/** A piece of XML, at the place where it begins. */
export type XmlEvent =
  | ({ kind: 'open'; name: string; attributes: Readonly<Record<string, string>> } & Place)
  | ({ kind: 'close'; name: string } & Place)
  | ({ kind: 'text'; text: string } & Place);

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TAG = /^<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>$/u;
const ATTRIBUTE = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/gu;
const MAX_TAG = 65_536;
const MAX_DEPTH = 200;

/**
 * Reads XML as a stream of tags and text; holds one unfinished tag at most. Document types and entities of one's own are
 * refused, not expanded. Tags must nest.
 */
export class XmlScanner {
  readonly #stack: string[] = [];
  #held = '';
  #place: Place = { line: 1, column: 1 };

  /**
   * The events that a line completes.
   *
   * @throws SourceFault where the XML is malformed.
   */
  *take(line: Extract<Line, { kind: 'line' }>): Generator<XmlEvent> {
    const text = line.text + (line.ending === '' ? '' : '\n');
    if (this.#held === '') this.#place = { line: line.number, column: 1 };
    const source = this.#held + text;
    this.#held = '';
    let at = 0;
    while (at < source.length) {
      const open = source[at] === '<';
      const end = open ? markupEnd(source, at) : source.indexOf('<', at);
      if (open && end === -1) {
        if (source.length - at > MAX_TAG)
          throw new SourceFault(
            this.#place,
            'a tag or comment is longer than 65,536 characters',
            'shorter tags',
          );
        this.#held = source.slice(at);
        return;
      }
      const piece = source.slice(at, end === -1 ? source.length : end);
      yield* open ? this.#markup(piece) : this.#text(piece);
      this.#advance(piece);
      at += piece.length;
    }
  }

  /** @throws SourceFault where a tag is still open. */
  end(): void {
    const open = this.#stack.at(-1);
    if (this.#held !== '' || open !== undefined) {
      throw new SourceFault(
        this.#place,
        open === undefined ? 'the file ends inside a tag' : `the element <${open}> is never closed`,
        'a whole XML document',
      );
    }
  }

  #advance(piece: string): void {
    const newline = piece.lastIndexOf('\n');
    if (newline === -1)
      this.#place = { line: this.#place.line, column: this.#place.column + Array.from(piece).length };
    else
      this.#place = {
        line: this.#place.line + piece.split('\n').length - 1,
        column: Array.from(piece.slice(newline + 1)).length + 1,
      };
  }

  *#text(piece: string): Generator<XmlEvent> {
    yield { kind: 'text', text: this.#decoded(piece), ...this.#place };
  }

  *#markup(piece: string): Generator<XmlEvent> {
    if (piece.startsWith('<!--') || piece.startsWith('<?')) return;
    if (piece.startsWith('<![CDATA[')) {
      yield { kind: 'text', text: piece.slice(9, -3), ...this.#place };
      return;
    }
    if (piece.startsWith('<!')) {
      if (/[[]/u.test(piece))
        throw new SourceFault(
          this.#place,
          'the document type declares entities or elements',
          'XML without declarations of its own',
        );
      return;
    }
    const tag = TAG.exec(piece);
    const name = tag?.[2];
    if (tag === null || name === undefined)
      throw new SourceFault(
        this.#place,
        `${quoted(piece)} is no tag`,
        'a tag such as <ne id="1">, with "&lt;" for "<" in text',
      );
    if (tag[1] === '/') {
      this.#close(name);
      yield { kind: 'close', name, ...this.#place };
      return;
    }
    yield { kind: 'open', name, attributes: this.#attributes(tag[3] ?? ''), ...this.#place };
    if (tag[4] === '/') yield { kind: 'close', name, ...this.#place };
    else {
      this.#stack.push(name);
      if (this.#stack.length > MAX_DEPTH)
        throw new SourceFault(this.#place, `elements are nested deeper than ${MAX_DEPTH}`, 'flatter XML');
    }
  }

  #close(name: string): void {
    const open = this.#stack.pop();
    if (open !== name)
      throw new SourceFault(
        this.#place,
        `</${name}> closes ${open === undefined ? 'nothing' : `<${open}>`}`,
        open === undefined ? 'a start tag before it' : `</${open}>`,
      );
  }

  #attributes(source: string): Record<string, string> {
    const attributes: Record<string, string> = {};
    for (const match of source.matchAll(ATTRIBUTE)) {
      const [, name = '', double, single] = match;
      attributes[name] = this.#decoded(double ?? single ?? '');
    }
    return attributes;
  }

  #decoded(text: string): string {
    return text.replace(/&([^;&\s]{0,32});?/gu, (whole, name: string) => {
      const decoded = whole.endsWith(';') ? entity(name) : null;
      if (decoded === null)
        throw new SourceFault(
          this.#place,
          `${quoted(whole)} is no entity that XML defines`,
          '"&amp;", "&lt;", "&gt;", "&quot;", "&apos;" or "&#…;"',
        );
      return decoded;
    });
  }
}

function entity(name: string): string | null {
  if (!name.startsWith('#')) return ENTITIES[name] ?? null;
  const hex = /^#x([0-9A-Fa-f]{1,6})$/u.exec(name)?.[1];
  const decimal = /^#(\d{1,7})$/u.exec(name)?.[1];
  const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal ?? -1);
  const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return valid ? String.fromCodePoint(code) : null;
}

/** Where the markup that begins here ends; -1 where its end has not come yet. */
function markupEnd(source: string, at: number): number {
  const closing = source.startsWith('<!--', at)
    ? '-->'
    : source.startsWith('<![CDATA[', at)
      ? ']]>'
      : source.startsWith('<?', at)
        ? '?>'
        : null;
  if (closing !== null) {
    const end = source.indexOf(closing, at + 2);
    return end === -1 ? -1 : end + closing.length;
  }
  if ('<!--'.startsWith(source.slice(at)) || '<![CDATA['.startsWith(source.slice(at))) return -1;
  let quote = '';
  for (let index = at + 1; index < source.length; index += 1) {
    const character = source[index] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return index + 1;
  }
  return -1;
}

/** Text as XML may hold it between tags and in attributes. */
export function xmlText(text: string): string {
  return text.replace(/[&<>"\t\n\r]/gu, (character) => {
    if (character === '&') return '&amp;';
    if (character === '<') return '&lt;';
    if (character === '>') return '&gt;';
    return character === '"' ? '&quot;' : `&#${character.charCodeAt(0)};`;
  });
}
