import type { ReadEvent } from '../events.ts';
import { PlainTextReader } from '../plain-text/read.ts';
import type { LineConsumer } from '../source/consumer.ts';
import type { Limits } from '../source/limits.ts';
import type { Line } from '../source/lines.ts';
import { withoutMarks } from './inline.ts';

const FENCE = /^\s{0,3}(?:`{3,}|~{3,})/u;
const RULE = /^\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|=+)$/u;
const DEFINITION = /^\s{0,3}\[[^\]]+\]:\s/u;
const HEADING = /^\s{0,3}#{1,6}(?:\s+|$)/u;
const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/u;
const TABLE_RULE = /^\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*$/u;

/**
 * Reads Markdown as the text that it shows: headings, list items and table rows are paragraphs of their own; code
 * blocks, rules, link definitions and comments are left out.
 */
export class MarkdownReader implements LineConsumer<ReadEvent> {
  readonly #text: PlainTextReader;
  #inFence = false;
  #inComment = false;
  #inFrontMatter = false;

  constructor(file: string, name: string, limits: Limits, language?: string) {
    this.#text = new PlainTextReader(file, name, limits, language);
  }

  *take(line: Line): Generator<ReadEvent> {
    if (line.kind === 'broken') yield* this.#text.take(line);
    else for (const text of this.#shown(line)) yield* this.#text.take({ ...line, text });
  }

  *end(): Generator<ReadEvent> {
    yield* this.#text.end();
  }

  /** What a line shows, as lines of plain text; '' ends a paragraph. */
  #shown({ text, number }: Extract<Line, { kind: 'line' }>): string[] {
    if (number === 1 && text === '---') this.#inFrontMatter = true;
    else if (this.#inFrontMatter && /^(?:---|\.\.\.)\s*$/u.test(text)) {
      this.#inFrontMatter = false;
      return [''];
    }
    if (this.#inFrontMatter) return [''];
    if (FENCE.test(text) && !this.#inComment) {
      this.#inFence = !this.#inFence;
      return [''];
    }
    if (this.#inFence) return [''];
    const visible = this.#outsideComments(text);
    const unquoted = visible.replace(/^\s{0,3}(?:>\s?)+/u, '');
    if (RULE.test(unquoted) || DEFINITION.test(unquoted) || TABLE_RULE.test(unquoted)) return [''];
    if (HEADING.test(unquoted))
      return ['', withoutMarks(unquoted.replace(HEADING, '').replace(/\s+#+\s*$/u, '')), ''];
    if (ITEM.test(unquoted)) return ['', withoutMarks(unquoted.replace(ITEM, ''))];
    if (/^\s*\|.*\|\s*$/u.test(unquoted))
      return ['', withoutMarks(unquoted.replace(/^\s*\||\|\s*$/gu, '').replace(/(?<!\\)\|/gu, ' ')), ''];
    return [withoutMarks(unquoted.replace(/(?: {2,}|\\)$/u, ''))];
  }

  #outsideComments(text: string): string {
    let visible = '';
    let rest = text;
    while (rest !== '') {
      const mark = this.#inComment ? '-->' : '<!--';
      const at = rest.indexOf(mark);
      if (!this.#inComment) visible += at === -1 ? rest : rest.slice(0, at);
      if (at === -1) break;
      rest = rest.slice(at + mark.length);
      this.#inComment = !this.#inComment;
    }
    return visible;
  }
}
