import type { Separator } from '../events.ts';
import type { LineConsumer } from '../source/consumer.ts';
import { columnAt, quoted, SourceFault } from '../source/fault.ts';
import type { Line } from '../source/lines.ts';

/** One cell of a table; where it begins is worked out only when asked for, by {@link placeOf}. */
export interface Cell {
  text: string;
  quoted: boolean;
  line: number;
  /** The line it begins in, and where: UTF-16 units. */
  source: string;
  offset: number;
}

/** Where a cell begins: the column counts code points from 1. */
export function placeOf({ line, source, offset }: Cell): { line: number; column: number } {
  return { line, column: columnAt(source, offset) };
}

export type RecordEvent =
  { kind: 'record'; cells: Cell[]; line: number } | { kind: 'fault'; fault: SourceFault };

type Parsed =
  | { kind: 'record'; cells: Cell[]; lines: number }
  | { kind: 'fault'; fault: SourceFault }
  /** The lines end inside quotes. */
  | { kind: 'open'; line: number; column: number };

type Step = { cell: Cell; lines: number; next: number } | Exclude<Parsed, { kind: 'record' }>;

const MAX_LINES = 64;
const MAX_LENGTH = 65_536;

/**
 * Cuts lines into records as RFC 4180 does: a cell that begins with `"` runs to the next single `"`, over line
 * ends if need be. A quote that isn't closed within 64 lines or 65,536 characters costs its own line only: reading
 * goes on at the next. Blank lines are passed over. Where the separator is a space, runs of spaces separate and
 * nothing is quoted.
 */
export class RecordReader implements LineConsumer<RecordEvent> {
  readonly #separator: Separator;
  readonly #maxColumns: number;
  #held: Line[] = [];
  #heldLength = 0;

  constructor(separator: Separator, maxColumns: number) {
    this.#separator = separator;
    this.#maxColumns = maxColumns;
  }

  *take(line: Line): Generator<RecordEvent> {
    this.#held.push(line);
    this.#heldLength += line.kind === 'line' ? line.text.length : 0;
    yield* this.#drain(false);
  }

  *end(): Generator<RecordEvent> {
    yield* this.#drain(true);
  }

  *#drain(ended: boolean): Generator<RecordEvent> {
    while (this.#held.length > 0) {
      const parsed = this.#parse();
      if (parsed.kind === 'record') {
        const [first] = parsed.cells;
        this.#drop(parsed.lines);
        if (first !== undefined) yield { kind: 'record', cells: parsed.cells, line: first.line };
      } else if (parsed.kind === 'fault') {
        this.#drop(1);
        yield { kind: 'fault', fault: parsed.fault };
      } else {
        if (!ended && this.#held.length < MAX_LINES && this.#heldLength < MAX_LENGTH) return;
        this.#drop(1);
        yield {
          kind: 'fault',
          fault: new SourceFault(
            parsed,
            'the quote that opens here is not closed',
            'a closing quote, and quotes inside the cell doubled',
          ),
        };
      }
    }
  }

  #drop(lines: number): void {
    this.#held = this.#held.slice(lines);
    this.#heldLength = this.#held.reduce(
      (sum, line) => sum + (line.kind === 'line' ? line.text.length : 0),
      0,
    );
  }

  #parse(): Parsed {
    const [first] = this.#held;
    if (first === undefined) return { kind: 'record', cells: [], lines: 0 };
    if (first.kind === 'broken')
      return {
        kind: 'fault',
        fault: new SourceFault({ line: first.number, column: first.column }, first.reason, first.expected),
      };
    if (first.text.trim() === '' && !first.text.includes('\t'))
      return { kind: 'record', cells: [], lines: 1 };
    if (this.#separator === ' ') return this.#spaced(first.text, first.number);
    const cells: Cell[] = [];
    let lines = 0;
    let at = 0;
    for (;;) {
      if (cells.length >= this.#maxColumns)
        return { kind: 'fault', fault: tooMany(first.number, this.#maxColumns) };
      const step = this.#cell(lines, at);
      if ('kind' in step) return step;
      cells.push(step.cell);
      lines = step.lines;
      const line = this.#held[lines];
      if (line?.kind !== 'line' || step.next >= line.text.length)
        return { kind: 'record', cells, lines: lines + 1 };
      at = step.next + 1;
    }
  }

  /** Reads one cell from an offset in a held line; `next` is the offset of the separator behind it, or the line's end. */
  #cell(lineIndex: number, at: number): Step {
    const line = this.#held[lineIndex];
    if (line?.kind !== 'line') return { kind: 'open', line: 1, column: 1 };
    const origin = { line: line.number, source: line.text, offset: at };
    if (line.text[at] === '"') return this.#quotedCell(lineIndex, at + 1, origin);
    const separator = line.text.indexOf(this.#separator, at);
    const next = separator === -1 ? line.text.length : separator;
    return { cell: { text: line.text.slice(at, next), quoted: false, ...origin }, lines: lineIndex, next };
  }

  #quotedCell(firstLine: number, from: number, origin: Pick<Cell, 'line' | 'source' | 'offset'>): Step {
    let text = '';
    let at = from;
    for (let index = firstLine; index < this.#held.length; index += 1, at = 0) {
      const line = this.#held[index];
      if (line?.kind !== 'line') break;
      for (;;) {
        const quote = line.text.indexOf('"', at);
        if (quote === -1) break;
        text += line.text.slice(at, quote);
        at = quote + 1;
        if (line.text[at] === '"') {
          text += '"';
          at += 1;
          continue;
        }
        if (at < line.text.length && line.text[at] !== this.#separator) {
          const fault = new SourceFault(
            { line: line.number, column: columnAt(line.text, at) },
            `${quoted(line.text.slice(at))} follows a closing quote`,
            'a separator or the end of the line; quotes inside a cell are doubled',
          );
          return { kind: 'fault', fault };
        }
        return { cell: { text, quoted: true, ...origin }, lines: index, next: at };
      }
      text += line.text.slice(at) + line.ending;
    }
    return { kind: 'open', line: origin.line, column: columnAt(origin.source, origin.offset) };
  }

  #spaced(text: string, line: number): Parsed {
    const cells: Cell[] = [];
    for (const match of text.matchAll(/[^ ]+/gu)) {
      if (cells.length >= this.#maxColumns) return { kind: 'fault', fault: tooMany(line, this.#maxColumns) };
      cells.push({ text: match[0], quoted: false, line, source: text, offset: match.index });
    }
    return { kind: 'record', cells, lines: 1 };
  }
}

function tooMany(line: number, limit: number): SourceFault {
  return new SourceFault({ line, column: 1 }, `the row has more than ${limit} columns`, 'fewer columns');
}
