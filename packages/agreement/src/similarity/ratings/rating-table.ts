import { studyFromWide } from '../../study/from-wide.ts';
import { type Study } from '../../study/study.ts';

/** A word pair as it was rated. */
export interface RatedPair {
  readonly word1: string;
  readonly word2: string;
  /** Line of the file on which it stands, from 1, so that findings can point at it. */
  readonly line: number;
  readonly partOfSpeech?: string;
}

/** When one rating was given, for tables with a row a judgement. */
export interface RatingEvent {
  readonly rater: number;
  readonly pair: number;
  readonly value: number;
  /** Milliseconds since any moment, the same for all; null where unknown. */
  readonly time: number | null;
  readonly line: number;
}

/** Ratings of word pairs, and the published gold where there is one. */
export interface RatingTable {
  readonly pairs: readonly RatedPair[];
  readonly gold: readonly (number | null)[] | null;
  /** Names of the columns, or of the persons of a long table. */
  readonly raters: readonly string[];
  /** `ratings[pair][rater]`; null is missing. */
  readonly ratings: readonly (readonly (number | null)[])[];
  /** Whether names stand for persons because the table says so (one row a judgement). */
  readonly namesPersons: boolean;
  /** All judgements in the order of the file, where the table has one row for each. */
  readonly events: readonly RatingEvent[] | null;
}

/** The same pair whichever word stands first, in whatever case. */
export function unorderedKey(pair: { readonly word1: string; readonly word2: string }): string {
  const one = pair.word1.toLowerCase();
  const other = pair.word2.toLowerCase();
  return one < other ? `${one}\u0000${other}` : `${other}\u0000${one}`;
}

/** Values of all ratings that there are. */
export function allValues(table: RatingTable): number[] {
  return table.ratings.flatMap((row) => row.filter((value) => value !== null));
}

/** The ratings of one pair that there are. */
export function ratingsOf(table: RatingTable, pair: number): number[] {
  return (table.ratings[pair] ?? []).filter((value) => value !== null);
}

/** Mean rating of every pair; null without ratings. */
export function pairMeans(table: RatingTable): (number | null)[] {
  return table.pairs.map((_, pair) => {
    const values = ratingsOf(table, pair);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

/** The ratings as a study, or why there is none. Columns without any rating are left out. */
export function studyOfTable(
  table: RatingTable,
):
  | { readonly study: Study; readonly columns: readonly number[] }
  | { readonly study: null; readonly reason: string } {
  const columns = table.raters.flatMap((_, rater) =>
    table.ratings.some((row) => (row[rater] ?? null) !== null) ? [rater] : [],
  );
  if (columns.length === 0) return { study: null, reason: 'the table holds no ratings' };
  if (columns.length === 1) return { study: null, reason: 'there is one column of ratings only' };
  const study = studyFromWide(
    table.ratings.map((row) => columns.map((column) => row[column] ?? null)),
    { scale: 'numeric' },
  );
  return { study, columns };
}

/** The table without some raters. */
export function withoutRaters(table: RatingTable, dropped: ReadonlySet<number>): RatingTable {
  const kept = table.raters.flatMap((_, rater) => (dropped.has(rater) ? [] : [rater]));
  const placeOf = new Map(kept.map((rater, place) => [rater, place]));
  return {
    ...table,
    raters: kept.map((rater) => table.raters[rater] ?? ''),
    ratings: table.ratings.map((row) => kept.map((rater) => row[rater] ?? null)),
    events:
      table.events?.flatMap((event) => {
        const place = placeOf.get(event.rater);
        return place === undefined ? [] : [{ ...event, rater: place }];
      }) ?? null,
  };
}
