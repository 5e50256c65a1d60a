import { type Study } from '../study/study.ts';
import { confusionMatrix } from './confusion-matrix.ts';

/** Why kappa may be low although the coders agree (Byrt, Bishop & Carlin 1993). */
export interface PrevalenceAndBias {
  readonly category: string;
  /** (both chose it − neither did) / units, from −1 to 1. */
  readonly prevalenceIndex: number;
  /** (first chose it − second did) / units, from −1 to 1. */
  readonly biasIndex: number;
}

/**
 * Prevalence and bias index of every category against the rest, for two coders on the units that both rated.
 * Empty where they share no unit.
 */
export function prevalenceAndBias(study: Study, coders?: readonly [string, string]): PrevalenceAndBias[] {
  const { categories, cells } = confusionMatrix(study, coders);
  const units = cells.reduce((sum, row) => sum + row.reduce((inner, cell) => inner + cell, 0), 0);
  if (units === 0) return [];
  return categories.map((category, k) => {
    const both = cells[k]?.[k] ?? 0;
    const first = (cells[k] ?? []).reduce((sum, cell) => sum + cell, 0);
    const second = cells.reduce((sum, row) => sum + (row[k] ?? 0), 0);
    const neither = units - first - second + both;
    return { category, prevalenceIndex: (both - neither) / units, biasIndex: (first - second) / units };
  });
}
