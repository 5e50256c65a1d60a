import { columnsArePersons } from '../ratings/columns-are-persons.ts';
import { type RatingTable } from '../ratings/rating-table.ts';
import { lintCoders, lintRowNumbers } from './columns.ts';
import { type Finding } from './finding.ts';
import { lintOrder } from './order.ts';
import { lintPairs } from './pairs.ts';
import { lintGold, lintHistogram, lintValues, type Scale } from './values.ts';

export interface LintOptions {
  /** Ends of the rating scale; inferred from the values unless given. */
  readonly scale?: Scale;
  /** Whether columns are persons; judged from the table unless stated. */
  readonly persons?: boolean;
}

export interface LintReport {
  readonly findings: readonly Finding[];
  /** The scale that was given or inferred; null without ratings. */
  readonly scale: (Scale & { readonly is: 'given' | 'inferred' }) | null;
}

/** All rules, the gravest findings first. */
export function lintRatings(table: RatingTable, options: LintOptions = {}): LintReport {
  const persons = options.persons ?? columnsArePersons(table).columnsArePersons;
  const values = lintValues(table, options.scale ?? null);
  const findings = [
    ...lintPairs(table),
    ...(values?.findings ?? []),
    ...lintHistogram(table, values?.scale ?? null),
    ...lintGold(table, values?.scale ?? null),
    ...lintRowNumbers(table),
    ...lintCoders(table, persons),
    ...lintOrder(table),
  ];
  const weight = { error: 0, warning: 1, note: 2 } as const;
  return {
    findings: findings.sort((one, other) => weight[one.severity] - weight[other.severity]),
    scale: values === null ? null : { ...values.scale, is: values.scaleIs },
  };
}
