import type { WordPair } from '@casebook/contracts';
import type { PairReadEvent, PairTable, Separator } from '../events.ts';
import type { LineConsumer } from '../source/consumer.ts';
import { quoted, SourceFault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import type { Line } from '../source/lines.ts';
import { unguarded } from './formula-guard.ts';
import { isMissing, numberOf } from './number.ts';
import type { Cell, RecordEvent } from './records.ts';
import { placeOf, RecordReader } from './records.ts';
import { understand } from './understand.ts';

type TableRecord = Extract<RecordEvent, { kind: 'record' }>;

const SAMPLE = 100;
const MAX_WORD = 200;
const MAX_PART_OF_SPEECH = 40;

/** Reads a table of word pairs, with or without header, with gold scores, ratings and parts of speech as far as it has them. */
export class PairReader implements LineConsumer<PairReadEvent> {
  readonly #fileName: string;
  readonly #separator: Separator;
  readonly #records: RecordReader;
  #waiting: RecordEvent[] = [];
  #table: PairTable | null = null;
  #refused = false;
  #rows = 0;

  constructor(fileName: string, separator: Separator, limits: Limits) {
    this.#fileName = fileName;
    this.#separator = separator;
    this.#records = new RecordReader(separator, limits.columns);
  }

  *take(line: Line): Generator<PairReadEvent> {
    if (this.#refused) return;
    for (const event of this.#records.take(line)) yield* this.#event(event);
  }

  *end(): Generator<PairReadEvent> {
    if (this.#refused) return;
    for (const event of this.#records.end()) yield* this.#event(event);
    if (this.#table === null) yield* this.#understand();
    if (this.#table !== null && this.#rows === 0) {
      yield this.#refusal(
        new SourceFault({ line: 1, column: 1 }, 'the table has a header and no rows', 'a row for each pair'),
      );
    }
  }

  *#event(event: RecordEvent): Generator<PairReadEvent> {
    if (this.#table !== null) {
      yield* this.#row(event, this.#table);
      return;
    }
    this.#waiting.push(event);
    if (this.#waiting.length >= SAMPLE) yield* this.#understand();
  }

  *#understand(): Generator<PairReadEvent> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const records = waiting.filter((event) => event.kind === 'record');
    const understood = understand(
      records.map((record) => record.cells.map((cell) => cell.text)),
      this.#separator,
    );
    if (understood.kind === 'not-pairs') {
      this.#refused = true;
      for (const event of waiting) if (event.kind === 'fault') yield this.#refusal(event.fault);
      const place = { line: records[0]?.line ?? 1, column: 1 };
      yield this.#refusal(new SourceFault(place, understood.reason, understood.expected));
      return;
    }
    this.#table = understood.table;
    yield { kind: 'understood', table: understood.table };
    const header = understood.table.header ? records[0] : undefined;
    for (const event of waiting) if (event !== header) yield* this.#row(event, understood.table);
  }

  *#row(event: RecordEvent, table: PairTable): Generator<PairReadEvent> {
    this.#rows += 1;
    if (event.kind === 'fault') {
      yield this.#refusal(event.fault);
      return;
    }
    const read = pairOf(event, table);
    yield read instanceof SourceFault ? this.#refusal(read) : { kind: 'pair', pair: read, line: event.line };
  }

  #refusal(fault: SourceFault): PairReadEvent {
    return { kind: 'refused', refusal: fault.in(this.#fileName) };
  }
}

function pairOf(record: TableRecord, table: PairTable): WordPair | SourceFault {
  const { cells, line } = record;
  if (cells.length !== table.columns.length) {
    const last = cells[Math.min(cells.length, table.columns.length) - 1];
    const place = last === undefined ? { line, column: 1 } : placeOf(last);
    return new SourceFault(
      place,
      `the row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`,
      `${table.columns.length} cells, as in the first row`,
    );
  }
  const pair: WordPair = { word1: '', word2: '' };
  const ratings: (number | null)[] = [];
  for (const { index, name, role } of table.columns) {
    const cell = cells[index];
    if (cell === undefined || role === 'ignored') continue;
    if (role === 'gold' || role === 'rating') {
      const value = isMissing(cell.text)
        ? null
        : (numberOf(cell.text, table.decimal) ?? notANumber(cell, name));
      if (value instanceof SourceFault) return value;
      if (role === 'rating') ratings.push(value);
      else if (value !== null) pair.gold = value;
    } else {
      const text = textOf(cell, name, role === 'part-of-speech' ? MAX_PART_OF_SPEECH : MAX_WORD);
      if (text instanceof SourceFault) return text;
      if (role !== 'part-of-speech') {
        if (text === '') return new SourceFault(placeOf(cell), `${quoted(name)} is empty`, 'a word');
        pair[role] = text;
      } else if (text !== '') pair.partOfSpeech = text;
    }
  }
  if (table.columns.some((column) => column.role === 'rating')) pair.ratings = ratings;
  return pair;
}

function textOf(cell: Cell, name: string, limit: number): string | SourceFault {
  const text = unguarded(cell.quoted ? cell.text : cell.text.trim());
  if (text.length > limit)
    return new SourceFault(
      placeOf(cell),
      `${quoted(name)} has ${text.length} characters`,
      `at most ${limit}`,
    );
  return text.trim() === '' ? '' : text;
}

function notANumber(cell: Cell, name: string): SourceFault {
  return new SourceFault(
    placeOf(cell),
    `${quoted(cell.text)} in ${quoted(name)} is no number`,
    'a number, or nothing where the value is missing',
  );
}
