/** What one file may ask of the reader; beyond it a line, row or document is refused. */
export interface Limits {
  /** Bytes of one line of a table or of a token-per-line format. */
  lineBytes: number;
  /** Bytes of one line where a line is a whole document (JSONL) or paragraph (plain text, SACR). */
  documentLineBytes: number;
  columns: number;
  tokensPerDocument: number;
  mentionsPerDocument: number;
}

export const DEFAULT_LIMITS: Limits = {
  lineBytes: 1_048_576,
  documentLineBytes: 33_554_432,
  columns: 4096,
  tokensPerDocument: 500_000,
  mentionsPerDocument: 500_000,
};
