import type { CoderAnswer, DocumentContent } from '@casebook/contracts';

/** The version of the line's shape; a reader refuses what it does not know. */
export const VERSION = 1;

/** One line of our own format: a document with all that it holds, and the answers of every coder. */
export interface OwnLine {
  casebook: typeof VERSION;
  key: string;
  name: string;
  content: DocumentContent;
  answers?: readonly CoderAnswer[];
}
