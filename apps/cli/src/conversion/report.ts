/** What OUT can't hold of a document, a sentence each. */
export interface LostOfDocument {
  readonly document: string;
  readonly lost: readonly string[];
}

/** Something that was read otherwise than written. */
export interface RemarkOfDocument {
  readonly document: string;
  readonly line: number;
  readonly reason: string;
}

/** What `casebook convert --json` prints. */
export interface ConvertReport {
  readonly in: string;
  readonly from: string;
  readonly out: string;
  readonly to: string;
  readonly documents?: number;
  readonly pairs?: number;
  /** Files that came into being. */
  readonly files: readonly string[];
  readonly lost: readonly LostOfDocument[];
  readonly remarks: readonly RemarkOfDocument[];
}
