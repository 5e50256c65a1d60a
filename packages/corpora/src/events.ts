import type { CoderAnswer, DocumentContent, WordPair } from '@casebook/contracts';
import type { DocumentFormat } from './detection/formats.ts';

/** Why a piece of a file was not read, and where. Lines and columns count from 1; columns are code points. */
export interface Refusal {
  file: string;
  line: number;
  column: number;
  /** What was found, as a clause: `the bracket "(3" is never closed`. */
  reason: string;
  /** What should have stood there. */
  expected: string;
}

/** Something that was read, but otherwise than written; never silent. */
export interface Remark {
  line: number;
  reason: string;
}

/** One document as a file brings it. */
export interface ReadDocument {
  /** Unique within the file, stable between readings of it; a part of a document has `/part-N` at its end. */
  key: string;
  /** What people call it. */
  name: string;
  content: DocumentContent;
  /** The line on which it begins. */
  line: number;
  remarks: Remark[];
  /** What single coders said of its mentions, where the format holds that. */
  answers?: CoderAnswer[];
}

/** What a stream of documents yields, in the order of the file; `understood` comes first, unless the file is refused whole. */
export type ReadEvent =
  | { kind: 'understood'; format: DocumentFormat }
  | { kind: 'document'; document: ReadDocument }
  | { kind: 'refused'; refusal: Refusal };

/** What a column of a table of word pairs was taken for. */
export type PairColumnRole = 'word1' | 'word2' | 'part-of-speech' | 'gold' | 'rating' | 'ignored';

export interface PairColumn {
  /** From 0, as in the file. */
  index: number;
  /** The header's word, or `column N` where there is no header. */
  name: string;
  role: PairColumnRole;
}

export type Separator = '\t' | ',' | ';' | '|' | ' ';

/** How a table of word pairs was understood. */
export interface PairTable {
  separator: Separator;
  header: boolean;
  /** The mark before decimals in this table's numbers. */
  decimal: '.' | ',';
  columns: PairColumn[];
}

/** What a stream of word pairs yields; `understood` comes before the first pair, unless the file is refused whole. */
export type PairReadEvent =
  | { kind: 'understood'; table: PairTable }
  | { kind: 'pair'; pair: WordPair; line: number }
  | { kind: 'refused'; refusal: Refusal };
