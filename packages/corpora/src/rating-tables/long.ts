import type { Separator } from '../events.ts';
import type { LineConsumer } from '../source/consumer.ts';
import { quoted, SourceFault } from '../source/fault.ts';
import type { Line } from '../source/lines.ts';
import { placeOf, RecordReader, type RecordEvent } from '../word-pairs/records.ts';
import { type LongColumn, type LongColumns, longColumnsOf, missingColumn } from './long-columns.ts';
import type { RatedWordPair, RatingChecks, RatingRow, WordPairRatings } from './rating-table.ts';

type TableRecord = Extract<RecordEvent, { kind: 'record' }>;

const NO_CHECK: ReadonlySet<string> = new Set(['', '0', 'false', 'no']);

/**
 * A table with one row a judgement. Rows with a value other than 0 in a column `attention` are checks and no ratings;
 * those of a word with itself are passed by an answer within a point of the highest value in the table. Of a rater's
 * several ratings of a pair the first stands; all are among `events`.
 *
 * Yields nothing but the first fault, after which it takes no more.
 */
export class LongTable implements LineConsumer<SourceFault> {
  readonly #records: RecordReader;
  #columns: LongColumns | null = null;
  #width = 0;
  #failed = false;
  readonly #raters = new Map<string, number>();
  readonly #places = new Map<string, number>();
  readonly #pairs: RatedWordPair[] = [];
  readonly #gold: (number | null)[] = [];
  readonly #events: RatingRow[] = [];
  readonly #checks: { rater: number; ofItself: boolean; value: number }[] = [];

  constructor(separator: Separator, maxColumns: number) {
    this.#records = new RecordReader(separator, maxColumns);
  }

  *take(line: Line): Generator<SourceFault> {
    for (const event of this.#records.take(line)) yield* this.#event(event);
  }

  *end(): Generator<SourceFault> {
    for (const event of this.#records.end()) yield* this.#event(event);
    if (!this.#failed && this.#columns === null)
      yield new SourceFault({ line: 1, column: 1 }, 'the file is empty', 'a header');
  }

  /** What was read, once all lines have been taken without a fault. */
  read(): { table: WordPairRatings; checks: RatingChecks } {
    const highest = this.#events.reduce((most, { value }) => Math.max(most, value), -Infinity);
    const ratings = this.#pairs.map(() => new Array<number | null>(this.#raters.size).fill(null));
    for (const { rater, pair, value } of this.#events) {
      const row = ratings[pair];
      if (row !== undefined) row[rater] ??= value;
    }
    return {
      table: {
        pairs: this.#pairs,
        gold: this.#gold.some((gold) => gold !== null) ? this.#gold : null,
        raters: [...this.#raters.keys()],
        ratings,
        namesPersons: true,
        events: this.#events,
      },
      checks: {
        attention: this.#attention(highest),
        rows: this.#checks.length,
        what: `pairs of a word with itself, passed from ${highest - 1} up`,
      },
    };
  }

  *#event(event: RecordEvent): Generator<SourceFault> {
    if (this.#failed) return;
    const fault =
      event.kind === 'fault'
        ? event.fault
        : this.#columns === null
          ? this.#header(event)
          : this.#row(event, this.#columns);
    if (fault === null) return;
    this.#failed = true;
    yield fault;
  }

  #header({ cells, line }: TableRecord): SourceFault | null {
    this.#columns = longColumnsOf(cells.map(({ text }) => text.replace(/^\uFEFF/u, '')));
    this.#width = cells.length;
    const missing = missingColumn(this.#columns);
    if (missing === null) return null;
    const wanted = missing.names.map((name) => `“${name}”`).join(' or ');
    return new SourceFault(
      { line, column: 1 },
      `the header has no column of ${missing.column === 'coder' ? 'coders' : `${missing.column}s`}`,
      `a column ${wanted}`,
    );
  }

  #row(record: TableRecord, columns: LongColumns): SourceFault | null {
    const { cells, line } = record;
    if (cells.length !== this.#width) {
      return new SourceFault(
        { line, column: 1 },
        `the row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`,
        `${this.#width}, as in the header`,
      );
    }
    const text = (column: LongColumn): string => cells[columns.get(column) ?? -1]?.text.trim() ?? '';
    for (const column of ['coder', 'word1', 'word2'] as const) {
      const cell = cells[columns.get(column) ?? -1];
      if (text(column) === '' && cell !== undefined)
        return new SourceFault(placeOf(cell), `the ${column} is empty`, 'a value');
    }
    const numbers = new Map<LongColumn, number | null>();
    for (const column of ['value', 'gold', 'time'] as const) {
      const cell = cells[columns.get(column) ?? -1];
      const value = text(column) === '' ? null : Number(text(column));
      if (value !== null && !Number.isFinite(value) && cell !== undefined)
        return new SourceFault(placeOf(cell), `the ${column} is ${quoted(text(column))}`, 'a number');
      numbers.set(column, value);
    }
    this.#judged(text, numbers, line);
    return null;
  }

  #judged(
    text: (column: LongColumn) => string,
    numbers: ReadonlyMap<LongColumn, number | null>,
    line: number,
  ): void {
    const rater = numbered(this.#raters, text('coder'));
    const value = numbers.get('value') ?? null;
    if (value === null) return;
    const [word1, word2, partOfSpeech] = [text('word1'), text('word2'), text('partOfSpeech')];
    if (!NO_CHECK.has(text('attention').toLowerCase())) {
      this.#checks.push({ rater, ofItself: word1 === word2, value });
      return;
    }
    const pair = numbered(this.#places, `${word1}\u0000${word2}\u0000${partOfSpeech}`);
    if (pair === this.#pairs.length) {
      this.#pairs.push({ word1, word2, line, ...(partOfSpeech === '' ? {} : { partOfSpeech }) });
      this.#gold.push(numbers.get('gold') ?? null);
    }
    this.#events.push({ rater, pair, value, time: numbers.get('time') ?? null, line });
  }

  #attention(highest: number): RatingChecks['attention'] {
    const byRater = new Map<number, { passed: number; failed: number }>();
    for (const { rater, ofItself, value } of this.#checks) {
      if (!ofItself) continue;
      const own = byRater.get(rater) ?? { passed: 0, failed: 0 };
      if (value >= highest - 1) own.passed += 1;
      else own.failed += 1;
      byRater.set(rater, own);
    }
    return [...byRater].map(([rater, own]) => ({ rater, ...own }));
  }
}

/** The place of a name among those seen so far; a new one comes last. */
function numbered(places: Map<string, number>, name: string): number {
  const known = places.get(name);
  if (known !== undefined) return known;
  places.set(name, places.size);
  return places.size - 1;
}
