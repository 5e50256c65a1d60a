import type {
  ComparedModels,
  Coverage,
  RatingReport,
  RatingTable,
  SanityPlan,
  SanityReport,
} from '@casebook/agreement';

/** A file that figures come from. */
interface InputFile {
  readonly name: string;
  /** SHA-256 in hexadecimal; null where the page was not loaded over HTTPS and the browser computes none. */
  readonly sha256: string | null;
}

export interface ReportOptions {
  readonly seed: number;
  readonly resamples: number;
  /** Whether columns are persons; null where it is to be judged from the table. */
  readonly persons: boolean | null;
}

export interface ReadReport {
  readonly inputs: readonly InputFile[];
  readonly table: RatingTable;
  readonly report: RatingReport;
}

export interface ReadModel {
  readonly input: InputFile;
  readonly format: string;
  readonly dimensions: number;
  readonly vocabulary: number;
  readonly goldIs: 'gold' | 'mean of the ratings';
  readonly coverage: Coverage;
}

export interface NamedBlob {
  readonly name: string;
  readonly content: Blob;
}

/** What a page gives that hands a dataset over to be checked. */
export interface Taking {
  readonly take: (files: readonly NamedBlob[]) => void;
  readonly busy: boolean;
}

/** What the page asks of its worker. The worker keeps the table that it read last, and the vectors read since. */
export type Asked =
  | { readonly kind: 'report'; readonly files: readonly NamedBlob[]; readonly options: ReportOptions }
  | { readonly kind: 'model'; readonly file: NamedBlob }
  /** Of all models that were read since the dataset. */
  | { readonly kind: 'compare'; readonly resamples: number; readonly seed: number }
  /** Of the model that was read last; `larger` is a dataset whose random subsets are checked too. */
  | { readonly kind: 'sanity'; readonly plan: SanityPlan; readonly larger: NamedBlob | null };

export type Got =
  | { readonly kind: 'report'; readonly read: ReadReport }
  | { readonly kind: 'model'; readonly model: ReadModel }
  | { readonly kind: 'compare'; readonly compared: ComparedModels }
  | { readonly kind: 'sanity'; readonly sanity: SanityReport };

export type Request =
  | { readonly id: number; readonly kind: 'ask'; readonly asked: Asked }
  /** Stops the work of an id as soon as it can be stopped. */
  | { readonly id: number; readonly kind: 'cancel' };

export type Response =
  | { readonly id: number; readonly kind: 'progress'; readonly share: number }
  | { readonly id: number; readonly kind: 'done'; readonly got: Got }
  /** What is wrong with the input, as a sentence. */
  | { readonly id: number; readonly kind: 'refused'; readonly reason: string }
  | { readonly id: number; readonly kind: 'cancelled' };
