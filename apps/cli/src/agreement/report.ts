import { categoryCount, missingCount, ratingCount, type Study } from '@casebook/agreement';
import { type DiagnosticsReport, diagnosticsOf } from './diagnostics.ts';
import type { MeasureName } from './measure-names.ts';
import type { MeasureReport } from './measure-report.ts';
import { measure, type Settings } from './measures.ts';
import type { ReadStudy } from './scheme.ts';

/** What `casebook agreement` prints. */
export interface AgreementReport {
  readonly units: number;
  readonly coders: number;
  readonly ratings: number;
  /** Empty cells of units × coders. */
  readonly missing: number;
  readonly seed: number;
  /** How the values were read. */
  readonly scale: Study['scale']['kind'];
  readonly categories: number;
  readonly measures: readonly MeasureReport[];
  readonly diagnostics?: DiagnosticsReport;
}

export function agreementReport(
  { study, scheme }: ReadStudy,
  measures: readonly MeasureName[] | null,
  settings: Settings,
  wantsDiagnostics: boolean,
): AgreementReport {
  const { scale } = study;
  return {
    units: study.units.length,
    coders: study.coders.length,
    ratings: ratingCount(study),
    missing: missingCount(study),
    seed: settings.seed,
    scale: scale.kind,
    categories: categoryCount(scale),
    measures: (measures ?? suitableMeasures({ study, scheme })).map((name) => measure(name, study, settings)),
    ...(wantsDiagnostics ? { diagnostics: diagnosticsOf(study, scheme) } : {}),
  };
}

/** A few measures that suit the study, where none is named. */
function suitableMeasures({ study, scheme }: Pick<ReadStudy, 'study' | 'scheme'>): readonly MeasureName[] {
  const areTwo = study.coders.length === 2;
  if (scheme.level === 'interval' || scheme.level === 'ratio') {
    return areTwo
      ? ['krippendorff-alpha', 'icc', 'pearson', 'spearman', 'lin-ccc']
      : ['krippendorff-alpha', 'icc', 'apiaa', 'amiaa', 'split-half'];
  }
  return areTwo
    ? ['percent-agreement', 'bennett-s', 'scott-pi', 'cohen-kappa', 'gwet-ac', 'krippendorff-alpha']
    : ['percent-agreement', 'bennett-s', 'fleiss-kappa', 'conger-kappa', 'gwet-ac', 'krippendorff-alpha'];
}
