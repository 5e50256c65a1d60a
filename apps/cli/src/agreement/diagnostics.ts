import {
  categoryDiagnostics,
  categoryCount,
  coderDiagnostics,
  coincidenceMatrix,
  confusionMatrix,
  type Estimate,
  pairwiseCohensKappa,
  prevalenceAndBias,
  type Study,
  unitDiagnostics,
} from '@casebook/agreement';
import type { Scheme } from './scheme.ts';

/** A figure, or why there is none. */
export type JsonFigure = number | { readonly value: null; readonly reason: string };

interface CategoryRow {
  readonly category: string;
  readonly ratings: number;
  readonly prevalence: number;
  readonly specificAgreement: JsonFigure;
  readonly fleissKappa: JsonFigure;
  readonly alpha: JsonFigure;
}

interface CoderRow {
  readonly coder: string;
  readonly ratings: number;
  readonly alphaWithout: JsonFigure;
  readonly meanKappa: JsonFigure;
  readonly consensusAgreement: JsonFigure;
  readonly compared: number;
}

interface UnitRow {
  readonly unit: string;
  readonly ratings: number;
  readonly alpha: JsonFigure;
  readonly agreement: JsonFigure;
  readonly entropy: JsonFigure;
  readonly majority: readonly string[];
}

interface Table {
  readonly categories: readonly string[];
  readonly cells: readonly (readonly number[])[];
}

interface TooMany {
  readonly value: null;
  readonly reason: string;
}

export interface DiagnosticsReport {
  readonly categories: readonly CategoryRow[] | TooMany;
  readonly coders: readonly CoderRow[] | TooMany;
  readonly pairs:
    | readonly {
        readonly first: string;
        readonly second: string;
        readonly units: number;
        readonly kappa: JsonFigure;
      }[]
    | TooMany;
  readonly units: readonly UnitRow[];
  /** Two coders: units by the category of each. */
  readonly confusion?: Table | TooMany;
  readonly prevalenceAndBias?: readonly Record<string, unknown>[] | TooMany;
  /** More coders: Krippendorff's coincidences. */
  readonly coincidences?: Table | TooMany;
}

const MOST_CATEGORIES = 200;

/** What lies behind the figures: by category, coder, pair of coders and unit. */
export function diagnosticsOf(study: Study, { metric }: Scheme): DiagnosticsReport {
  const size = categoryCount(study.scale);
  const tooMany: TooMany | null =
    size > MOST_CATEGORIES
      ? { value: null, reason: `there are ${size} categories; this is shown for up to ${MOST_CATEGORIES}` }
      : null;
  return {
    categories: tooMany ?? categoryRows(study),
    coders: tooMany ?? coderRows(study, metric),
    pairs: tooMany ?? pairRows(study),
    units: unitRows(study, metric),
    ...(study.coders.length === 2
      ? {
          confusion: tooMany ?? confusionMatrix(study),
          prevalenceAndBias: tooMany ?? prevalenceAndBias(study).map((own) => ({ ...own })),
        }
      : { coincidences: tooMany ?? coincidenceMatrix(study) }),
  };
}

function figureOf(estimate: Estimate): JsonFigure {
  return estimate.value ?? { value: null, reason: estimate.reason };
}

function figure(value: number | null, reason: string): JsonFigure {
  return value ?? { value: null, reason };
}

function categoryRows(study: Study): CategoryRow[] {
  return categoryDiagnostics(study).map(({ specificAgreement, fleissKappa, alpha, ...own }) => ({
    ...own,
    specificAgreement: figure(specificAgreement, 'nobody chose the category where others judged too'),
    fleissKappa: figureOf(fleissKappa),
    alpha: figureOf(alpha),
  }));
}

function coderRows(study: Study, metric: Scheme['metric']): CoderRow[] {
  return coderDiagnostics(study, { metric }).map(
    ({ alphaWithout, meanKappa, consensusAgreement, ...own }) => ({
      ...own,
      alphaWithout:
        alphaWithout === null
          ? { value: null, reason: 'fewer than two coders are left' }
          : figureOf(alphaWithout),
      meanKappa: figure(meanKappa, 'no pair with this coder has a kappa'),
      consensusAgreement: figure(consensusAgreement, 'nobody else judged the same units'),
    }),
  );
}

function pairRows(study: Study) {
  return pairwiseCohensKappa(study).map(({ first, second, estimate }) => ({
    first,
    second,
    units: estimate.used.units,
    kappa: figureOf(estimate),
  }));
}

function unitRows(study: Study, metric: Scheme['metric']): UnitRow[] {
  return unitDiagnostics(study, { metric }).map(({ alpha, agreement, entropy, ...own }) => ({
    ...own,
    alpha: figure(
      alpha,
      own.ratings < 2 ? 'fewer than two ratings' : 'no disagreement could be expected in the whole study',
    ),
    agreement: figure(agreement, 'fewer than two ratings'),
    entropy: figure(entropy, 'no rating'),
  }));
}
