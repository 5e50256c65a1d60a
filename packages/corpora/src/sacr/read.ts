import { addText } from '../assembly/add-text.ts';
import { DocumentDraft } from '../assembly/document-draft.ts';
import { finishedDocument } from '../assembly/finish.ts';
import type { ReadEvent } from '../events.ts';
import type { LineConsumer } from '../source/consumer.ts';
import { columnAt, faultOf, SourceFault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import type { Line } from '../source/lines.ts';
import { rangeOf } from '../text/range-of.ts';
import { Tokeniser } from '../text/tokenise.ts';
import { parseBraces } from './parse.ts';

const METADATA = /^#([\w-]+):\s*(.*?)\s*$/u;

interface ParagraphLine {
  text: string;
  number: number;
  /** Where it begins in the joined paragraph. */
  offset: number;
}

/**
 * Reads a file of SACR as one document: paragraphs between blank lines, mentions in braces, `#textid:` its key,
 * `#title:` its name, `#speaker:` who says what follows.
 */
export class SacrReader implements LineConsumer<ReadEvent> {
  readonly #file: string;
  readonly #draft: DocumentDraft;
  readonly #tokeniser: Tokeniser;
  readonly #maxLength: number;
  #key: string;
  #title: string | null = null;
  #speaker: string | null = null;
  #lines: ParagraphLine[] = [];
  #length = 0;
  #fault: SourceFault | null = null;

  constructor(file: string, name: string, limits: Limits, language?: string) {
    this.#file = file;
    this.#key = name;
    this.#draft = new DocumentDraft(1, limits);
    if (language !== undefined) this.#draft.language = language;
    this.#tokeniser = new Tokeniser(language);
    this.#maxLength = limits.documentLineBytes;
  }

  take(line: Line): Iterable<ReadEvent> {
    this.#takeLine(line);
    return [];
  }

  #takeLine(line: Line): void {
    if (this.#fault !== null) return;
    if (line.kind === 'broken') {
      this.#fault = new SourceFault({ line: line.number, column: line.column }, line.reason, line.expected);
      return;
    }
    const metadata = METADATA.exec(line.text);
    if (metadata !== null || line.text.trim() === '') this.#endParagraph();
    if (metadata !== null) this.#metadata(metadata[1] ?? '', metadata[2] ?? '');
    else if (line.text.trim() !== '') {
      this.#lines.push({ text: line.text, number: line.number, offset: this.#length });
      this.#length += line.text.length + 1;
      if (this.#length > this.#maxLength)
        this.#fault = new SourceFault(
          { line: line.number, column: 1 },
          `the paragraph is longer than ${this.#maxLength} characters`,
          'blank lines between paragraphs',
        );
    }
  }

  *end(): Generator<ReadEvent> {
    this.#endParagraph();
    yield finishedDocument({
      file: this.#file,
      key: this.#key,
      name: this.#title ?? this.#key,
      draft: this.#draft,
      fault: this.#fault,
    });
  }

  #metadata(name: string, value: string): void {
    if (name === 'textid' && value !== '') this.#key = value;
    else if (name === 'title' && value !== '') this.#title = value;
    else if (name === 'speaker') this.#speaker = value === '' ? null : value;
  }

  #endParagraph(): void {
    const lines = this.#lines;
    this.#lines = [];
    this.#length = 0;
    if (lines.length === 0) return;
    this.#fault ??= faultOf(() => {
      this.#addParagraph(lines);
    });
  }

  #addParagraph(lines: readonly ParagraphLine[]): void {
    const parsed = parseBraces(lines.map(({ text }) => text).join('\n'));
    if (parsed.kind === 'fault')
      throw new SourceFault(placeOf(lines, parsed.offset), parsed.reason, parsed.expected);
    const cuts = new Set(parsed.mentions.flatMap(({ start, end }) => [start, end]));
    const first = this.#draft.tokens.length;
    const text = parsed.text.replaceAll('\n', ' ');
    const placed = addText(this.#draft, text, lines[0]?.number ?? 1, this.#tokeniser, cuts, this.#speaker);
    for (const [opened, { chain, attributes, start, end, offset }] of parsed.mentions.entries()) {
      const range = rangeOf(placed, start, end, first);
      if (range !== null)
        this.#draft.addMention({
          ranges: [range],
          chain,
          attributes,
          line: placeOf(lines, offset).line,
          opened,
        });
    }
    this.#draft.endParagraph();
  }
}

function placeOf(lines: readonly ParagraphLine[], offset: number): { line: number; column: number } {
  const line = lines.findLast((one) => one.offset <= offset);
  return line === undefined
    ? { line: 1, column: 1 }
    : { line: line.number, column: columnAt(line.text, offset - line.offset) };
}
