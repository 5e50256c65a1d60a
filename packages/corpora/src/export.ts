import type { CoderAnswer, DocumentContent } from '@casebook/contracts';

/** A document to be written. */
export interface WritableDocument {
  /** As in {@link ReadDocument}: unique in the file, with `/part-N` behind it for a part. */
  key: string;
  /** The key, where absent. */
  name?: string;
  content: DocumentContent;
  answers?: readonly CoderAnswer[];
}

/** One document as a format writes it. Texts of several documents can be put one behind the other. */
export interface Written {
  text: string;
  /** What the document holds and the format can't, a sentence each; empty where nothing was lost. */
  lost: string[];
}

/** `3 mentions are …` or `1 mention is …`, for {@link Written.lost}; nothing where the count is 0. */
export function counted(count: number, one: string, many: string): string[] {
  if (count === 0) return [];
  return [count === 1 ? `1 ${one}` : `${count} ${many}`];
}
