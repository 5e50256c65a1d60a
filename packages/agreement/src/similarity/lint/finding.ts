/** Something a reader of the dataset should know. */
export interface Finding {
  readonly rule: LintRule;
  /** `error`: a figure computed from the data is wrong or misleading until this is settled. */
  readonly severity: 'error' | 'warning' | 'note';
  /** Lines of the file, from 1; at most a hundred. */
  readonly rows: readonly number[];
  readonly message: string;
}

export type LintRule =
  | 'duplicate-pair'
  | 'reversed-pair'
  | 'identical-words'
  | 'value-out-of-scale'
  | 'row-number'
  | 'constant-coder'
  | 'copied-coder'
  | 'contrary-coder'
  | 'histogram-spike'
  | 'histogram-hole'
  | 'order-effect'
  | 'hasty-coder'
  | 'repeated-rating'
  | 'gold-missing'
  | 'gold-scale'
  | 'positional-join'
  | 'unmatched-pairs'
  | 'design';

const MOST_ROWS = 100;

export function finding(
  rule: LintRule,
  severity: Finding['severity'],
  rows: readonly number[],
  message: string,
): Finding {
  return { rule, severity, rows: rows.slice(0, MOST_ROWS), message };
}

/** `3 pairs`, `1 pair`. */
export function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}
