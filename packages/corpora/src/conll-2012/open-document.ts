import type { Token, TokenRange } from '@casebook/contracts';
import type { DraftMention } from '../assembly/document-draft.ts';
import { DocumentDraft } from '../assembly/document-draft.ts';
import { columnAt, quoted, SourceFault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import { isBlank, parseBrackets } from './brackets.ts';
import type { Cell, Layout } from './columns.ts';
import { layoutOf } from './columns.ts';

const NAMED = /^([A-Za-z]+)-(\d+)(?:-(.+))?$/su;
const SPEAKERLESS = new Set(['', '-', '_', '*']);

interface OpenMention {
  start: number;
  line: number;
  column: number;
  opened: number;
}

/** The document at hand: takes row by row, keeps the brackets that are still open. */
export class OpenDocument {
  readonly name: string;
  readonly draft: DocumentDraft;
  /** Whether chains are named `type-number-identity`, as GUM does; then the number is the chain. */
  readonly #named: boolean;
  readonly #open = new Map<string, OpenMention[]>();
  #width = 0;
  #widthLine = 0;
  #layout: Layout = layoutOf(2, false);
  #speaker: string | null = null;
  #dropsTrailing = false;
  #opened = 0;
  #lastRow: { width: number; tabs: boolean } | null = null;

  constructor(name: string, line: number, named: boolean, limits: Limits) {
    this.name = name;
    this.draft = new DocumentDraft(line, limits);
    this.#named = named;
  }

  /** @throws SourceFault where the row can't be read. */
  addRow(cells: Cell[], text: string, line: number): void {
    const row = this.#fitted(cells, text, line);
    this.#lastRow = { width: row.length, tabs: text.includes('\t') };
    const index = this.draft.tokens.length;
    this.draft.addToken(this.#tokenOf(row, text, line), line);
    if (this.#layout.speaker !== null) {
      const speaker = row[this.#layout.speaker]?.text ?? '';
      this.#speaker = SPEAKERLESS.has(speaker) ? null : speaker;
    }
    const coreference = row.at(-1);
    if (coreference !== undefined) this.#take(coreference, index, text, line);
  }

  /** Whether a line that begins with `#` has the shape of the rows before it; null where there are none. */
  hasRowShape(cells: readonly Cell[], text: string): boolean | null {
    if (this.#lastRow === null) return null;
    return cells.length === this.#lastRow.width && text.includes('\t') === this.#lastRow.tabs;
  }

  endSentence(): void {
    this.draft.endSentence(this.#speaker);
    this.#speaker = null;
    this.#width = 0;
  }

  /** @throws SourceFault where a bracket is still open. */
  close(): void {
    this.endSentence();
    for (const [chain, waiting] of this.#open) {
      const first = waiting[0];
      if (first === undefined) continue;
      throw new SourceFault(
        first,
        `the bracket ${quoted(`(${chain}`)} is never closed`,
        `a ${quoted(`${chain})`)} further down in the document`,
      );
    }
  }

  /** The row with as many cells as its sentence has columns; a lone trailing separator is forgiven. */
  #fitted(cells: Cell[], text: string, line: number): Cell[] {
    if (this.#width === 0) {
      if (cells.length < 2) {
        throw new SourceFault(
          { line, column: 1 },
          `the row ${quoted(text)} has one column`,
          'at least a word and a coreference column',
        );
      }
      this.#width = cells.length;
      this.#widthLine = line;
      this.#dropsTrailing = false;
      this.#layout = layoutOf(cells.length, cells[0]?.text === this.name);
      if (this.#layout.word === null && this.draft.tokens.length === 0) {
        this.draft.remark(line, 'the rows hold no words; every token is read as "_"');
      }
      return cells;
    }
    if (cells.length === this.#width) return cells;
    if (cells.length === this.#width + 1 && cells.at(-1)?.text === '') {
      if (!this.#dropsTrailing) this.draft.remark(line, 'an empty column after the last one is passed over');
      this.#dropsTrailing = true;
      return cells.slice(0, -1);
    }
    throw new SourceFault(
      { line, column: columnAt(text, cells.at(-1)?.offset ?? 0) },
      `the row has ${cells.length} columns`,
      `${this.#width} columns, as on line ${this.#widthLine}`,
    );
  }

  #tokenOf(row: readonly Cell[], text: string, line: number): Token {
    const { word, lemma, partOfSpeech } = this.#layout;
    if (word === null) return { text: '_' };
    const cell = row[word];
    if (cell === undefined || cell.text === '') {
      throw new SourceFault(
        { line, column: columnAt(text, cell?.offset ?? 0) },
        'the word column is empty',
        'a word',
      );
    }
    const token: Token = { text: cell.text };
    const lemmaText = lemma === null ? '' : (row[lemma]?.text ?? '');
    if (!isBlank(lemmaText)) token.lemma = lemmaText;
    const tag = partOfSpeech === null ? '' : (row[partOfSpeech]?.text ?? '');
    if (!isBlank(tag)) token.attributes = { xpos: tag };
    return token;
  }

  #take(cell: Cell, index: number, text: string, line: number): void {
    if (isBlank(cell.text)) return;
    const column = (offset: number): number => columnAt(text, cell.offset + offset);
    const parsed = parseBrackets(cell.text);
    if (parsed.kind === 'fault') {
      throw new SourceFault(
        { line, column: column(parsed.offset) },
        `in the coreference column ${quoted(cell.text)}, ${parsed.reason}`,
        'brackets such as "(1", "1)" or "(1)", or "-" or "_" for none',
      );
    }
    for (const { kind, chain, offset } of parsed.brackets) {
      const place = { line, column: column(offset) };
      const waiting = this.#open.get(chain) ?? [];
      if (kind !== 'close') this.#opened += 1;
      if (kind === 'open') {
        waiting.push({ start: index, opened: this.#opened, ...place });
        this.#open.set(chain, waiting);
      } else if (kind === 'single') {
        this.draft.addMention(this.#mention(chain, [index, index + 1], this.#opened, line));
      } else {
        const opened = waiting.pop();
        if (opened === undefined) {
          throw new SourceFault(
            place,
            `the bracket ${quoted(`${chain})`)} closes a mention that was never opened`,
            `a ${quoted(`(${chain}`)} before it`,
          );
        }
        if (waiting.length === 0) this.#open.delete(chain);
        this.draft.addMention(this.#mention(chain, [opened.start, index + 1], opened.opened, opened.line));
      }
    }
  }

  #mention(chain: string, range: TokenRange, opened: number, line: number): DraftMention {
    const mention: DraftMention = { ranges: [range], chain, line, opened };
    const parts = this.#named ? NAMED.exec(chain) : null;
    if (parts?.[2] === undefined) return mention;
    mention.chain = parts[2];
    mention.attributes = { etype: parts[1] ?? '', ...(parts[3] === undefined ? {} : { identity: parts[3] }) };
    return mention;
  }
}
