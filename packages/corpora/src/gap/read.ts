import { addText } from '../assembly/add-text.ts';
import type { DraftMention } from '../assembly/document-draft.ts';
import { DocumentDraft } from '../assembly/document-draft.ts';
import { finishedDocument } from '../assembly/finish.ts';
import type { ReadEvent } from '../events.ts';
import type { LineConsumer } from '../source/consumer.ts';
import { columnAt, quoted, SourceFault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import type { Line } from '../source/lines.ts';
import { CodePointIndex } from '../text/code-points.ts';
import { rangeOf } from '../text/range-of.ts';
import { Tokeniser } from '../text/tokenise.ts';
import type { GapColumn, GapRole } from './columns.ts';
import { GAP_COLUMNS, REQUIRED, ROLES } from './columns.ts';

interface Cell {
  text: string;
  column: number;
}

type Row = (column: GapColumn) => Cell;

/**
 * Reads GAP (Webster et al. 2018): one item a row, a text with a pronoun and two names, offsets in code points.
 * An item is a document with three mentions; the names are chains of one, and the pronoun is in the chain of the
 * name that is marked TRUE, or in none.
 */
export class GapReader implements LineConsumer<ReadEvent> {
  readonly #file: string;
  readonly #limits: Limits;
  readonly #tokeniser = new Tokeniser('en');
  readonly #keys = new Set<string>();
  #columns: Map<GapColumn, number> | null = null;
  #refused = false;

  constructor(file: string, limits: Limits) {
    this.#file = file;
    this.#limits = limits;
  }

  *take(line: Line): Generator<ReadEvent> {
    if (this.#refused || (line.kind === 'line' && line.text.trim() === '')) return;
    try {
      if (line.kind === 'broken')
        throw new SourceFault({ line: line.number, column: line.column }, line.reason, line.expected);
      const cells = cellsOf(line.text);
      if (this.#columns === null) this.#header(cells, line.number);
      else yield this.#item(cells, line.number, this.#columns);
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      yield { kind: 'refused', refusal: error.in(this.#file) };
    }
  }

  /** Nothing is left: every line was a whole document. */
  *end(): Generator<ReadEvent> {}

  #header(cells: readonly Cell[], line: number): void {
    const columns = new Map<GapColumn, number>();
    for (const name of GAP_COLUMNS) {
      const index = cells.findIndex((cell) => cell.text.trim().toLowerCase() === name.toLowerCase());
      if (index !== -1) columns.set(name, index);
    }
    const missing = REQUIRED.filter((name) => !columns.has(name));
    if (missing.length > 0) {
      this.#refused = true;
      throw new SourceFault(
        { line, column: 1 },
        `the header lacks ${missing.join(', ')}`,
        `the columns ${GAP_COLUMNS.join(', ')}`,
      );
    }
    this.#columns = columns;
  }

  #item(cells: readonly Cell[], line: number, columns: ReadonlyMap<GapColumn, number>): ReadEvent {
    const row: Row = (column) => {
      const index = columns.get(column);
      return (
        (index === undefined ? undefined : cells[index]) ?? { text: '', column: cells.at(-1)?.column ?? 1 }
      );
    };
    const id = row('ID');
    const text = row('Text');
    if (id.text === '') throw new SourceFault({ line, column: id.column }, 'the item has no ID', 'an ID');
    if (this.#keys.has(id.text))
      throw new SourceFault(
        { line, column: id.column },
        `the item ${quoted(id.text)} was already in this file`,
        'every item once',
      );
    this.#keys.add(id.text);
    const index = new CodePointIndex(text.text);
    const spans = ROLES.map((role) => spanOf(row, role, index, line));
    const draft = new DocumentDraft(line, this.#limits);
    draft.language = 'en';
    const placed = addText(
      draft,
      text.text,
      line,
      this.#tokeniser,
      new Set(spans.flatMap(({ start, end }) => [start, end])),
    );
    const corefers = (name: 'A' | 'B'): boolean => row(`${name}-coref`).text.trim().toUpperCase() === 'TRUE';
    const pronounChain = corefers('A') ? 'A' : corefers('B') ? 'B' : null;
    const url = row('URL').text;
    for (const { role, start, end } of spans) {
      const range = rangeOf(placed, start, end);
      if (range === null)
        throw new SourceFault(
          { line, column: row(role).column },
          `${role} falls on no words`,
          'a name or pronoun of the text',
        );
      const mention: DraftMention = {
        ranges: [range],
        chain: role === 'Pronoun' ? pronounChain : role,
        line,
        attributes: { role, ...(url === '' ? {} : { url }) },
      };
      draft.addMention(mention);
    }
    return finishedDocument({ file: this.#file, key: id.text, name: id.text, draft, fault: null });
  }
}

/** Where a role's words lie in the text, in UTF-16 units. */
function spanOf(
  row: Row,
  role: GapRole,
  text: CodePointIndex,
  line: number,
): { role: GapRole; start: number; end: number } {
  const words = row(role);
  const offset = row(`${role}-offset`);
  const from = /^\d+$/u.test(offset.text.trim()) ? Number(offset.text) : -1;
  const to = from + Array.from(words.text).length;
  const start = text.unit(from);
  const end = text.unit(to);
  if (start === null || end === null || words.text === '' || text.slice(from, to) !== words.text) {
    throw new SourceFault(
      { line, column: offset.column },
      `at ${role}-offset ${quoted(offset.text)} the text has not ${quoted(words.text)}`,
      'the offset of its first character, counted in code points from 0',
    );
  }
  return { role, start, end };
}

function cellsOf(text: string): Cell[] {
  let offset = 0;
  return text.split('\t').map((cell) => {
    const column = columnAt(text, offset);
    offset += cell.length + 1;
    return { text: cell, column };
  });
}
