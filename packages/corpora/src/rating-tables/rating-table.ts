import type { Refusal } from '../events.ts';

/** A word pair as it was rated, with the line on which it stands first. */
export interface RatedWordPair {
  readonly word1: string;
  readonly word2: string;
  /** From 1. */
  readonly line: number;
  readonly partOfSpeech?: string;
}

/** One judgement of a table that has a row for each. */
export interface RatingRow {
  /** Place in `raters`. */
  readonly rater: number;
  /** Place in `pairs`. */
  readonly pair: number;
  readonly value: number;
  /** As the file counts it, milliseconds as a rule; null where it does not. */
  readonly time: number | null;
  readonly line: number;
}

/** Ratings of word pairs as a matrix, whatever the layout of their file. */
export interface WordPairRatings {
  readonly pairs: readonly RatedWordPair[];
  /** By pair; null where the file has no column of gold. */
  readonly gold: readonly (number | null)[] | null;
  /** Names of the columns, or of the persons of a long table. */
  readonly raters: readonly string[];
  /** `ratings[pair][rater]`; null is missing. */
  readonly ratings: readonly (readonly (number | null)[])[];
  /** Whether the file itself says that names are persons: it has a row a judgement. */
  readonly namesPersons: boolean;
  /** All judgements in the order of the file, where it has a row for each. */
  readonly events: readonly RatingRow[] | null;
}

/** What a long table tells beside its ratings. */
export interface RatingChecks {
  /** By rater, over the pairs of a word with itself. */
  readonly attention: readonly { readonly rater: number; readonly passed: number; readonly failed: number }[];
  /** Rows that were attention checks and are no ratings. */
  readonly rows: number;
  /** How checks were told from ratings, and passes from failures. */
  readonly what: string;
}

export type RatingTableRead =
  | { readonly kind: 'read'; readonly layout: 'wide'; readonly table: WordPairRatings; readonly checks: null }
  | {
      readonly kind: 'read';
      readonly layout: 'long';
      readonly table: WordPairRatings;
      readonly checks: RatingChecks;
    }
  /** The first row that can't be read; nothing of the file is taken. */
  | { readonly kind: 'refused'; readonly refusal: Refusal };
