import {
  allIccs,
  amiaa,
  apiaa,
  bennettsS,
  cohensKappa,
  congersKappa,
  cronbachsAlpha,
  type Estimate,
  fleissKappa,
  gwetsAc,
  type IccForm,
  type IntervalOptions,
  kappaMax,
  kendallsTauB,
  kendallsW,
  krippendorffsAlpha,
  lightsKappa,
  linsConcordance,
  overallConcordance,
  pabak,
  pairedNumbers,
  pearson,
  percentAgreement,
  scottsPi,
  spearman,
  splitHalf,
  type Study,
  StudyError,
} from '@casebook/agreement';
import { benchmarksOf } from './benchmarks.ts';
import type { MeasureName } from './measure-names.ts';
import {
  type FigureReport,
  type Measured,
  type MeasureDetail,
  type MeasureReport,
  reported,
  undefinedReport,
} from './measure-report.ts';
import type { Scheme } from './scheme.ts';

export interface Settings {
  readonly scheme: Scheme;
  /** A method only where one is asked for; measures have their own otherwise. */
  readonly interval: IntervalOptions;
  readonly confidence: number;
  readonly seed: number;
}

const OF_TWO_CODERS: ReadonlySet<MeasureName> = new Set([
  'scott-pi',
  'cohen-kappa',
  'kappa-max',
  'pabak',
  'pearson',
  'spearman',
  'kendall-tau-b',
]);

const WEIGHTED: ReadonlySet<MeasureName> = new Set([
  'percent-agreement',
  'bennett-s',
  'scott-pi',
  'cohen-kappa',
  'light-kappa',
  'fleiss-kappa',
  'conger-kappa',
  'gwet-ac',
  'krippendorff-alpha',
]);

/** What a measure says of a study; what it can't say comes with its reason. */
export function measure(name: MeasureName, study: Study, settings: Settings): MeasureReport {
  const { level, distance, weightsName } = settings.scheme;
  const head = {
    measure: name,
    level,
    weights: WEIGHTED.has(name) ? weightsName : 'identity',
    ...(distance === null ? {} : { distance }),
  };
  if (OF_TWO_CODERS.has(name) && study.coders.length !== 2) {
    const why = `a measure of two coders, and there are ${study.coders.length}; choose two by --coders`;
    return { ...head, ...undefinedReport(why) };
  }
  try {
    return { ...head, ...MEASURED_BY[name](study, settings) };
  } catch (error) {
    // Categories that the measure can't use: names where numbers are needed, too many for a matrix of weights.
    if (error instanceof StudyError && error.problem === 'wrong-scale')
      return { ...head, ...undefinedReport(error.message.replace(/\.$/u, '')) };
    throw error;
  }
}

type MeasuredBy = (study: Study, settings: Settings) => Measured;

/** Measures of agreement beyond chance, for which benchmark scales were made. */
function beyondChance(
  estimate: (study: Study, options: { weights: Scheme['weights']; interval: IntervalOptions }) => Estimate,
): MeasuredBy {
  return (study, { scheme, interval }) => {
    const figure = reported(estimate(study, { weights: scheme.weights, interval }));
    return { ...figure, ...benchmarksOf(figure) };
  };
}

/** Measures that bring an interval of their own, whatever method is asked for. */
function withOwnInterval(estimate: (study: Study, confidence: number) => Estimate): MeasuredBy {
  return (study, { confidence, interval }) => ownInterval(reported(estimate(study, confidence)), interval);
}

function ownInterval(figure: FigureReport, { method }: IntervalOptions): FigureReport {
  if (method === undefined || method === 'analytic') return figure;
  if (method === 'none') return { ...figure, ci: null };
  return { ...figure, notes: [...figure.notes, `this measure has no ${method} interval`] };
}

function ofColumns(estimate: (x: Float64Array, y: Float64Array, confidence: number) => Estimate): MeasuredBy {
  return withOwnInterval((study, confidence) => {
    const { first, second } = pairedNumbers(study);
    return estimate(first, second, confidence);
  });
}

function interCoder(mean: typeof apiaa): MeasuredBy {
  return (study, { interval }) => {
    const own = mean(study, { correlation: 'spearman' });
    const other = mean(study, { correlation: 'pearson' });
    return {
      ...ownInterval(reported(own), interval),
      pearson: other.value ?? { value: null, reason: other.reason },
      ...(own.value === null ? {} : { spread: own.spread }),
    };
  };
}

const MEASURED_BY: Readonly<Record<MeasureName, MeasuredBy>> = {
  'percent-agreement': (study, { scheme, interval }) =>
    reported(percentAgreement(study, { weights: scheme.weights, interval })),
  'bennett-s': beyondChance(bennettsS),
  'scott-pi': beyondChance(scottsPi),
  'cohen-kappa': beyondChance(cohensKappa),
  'kappa-max': (study) => reported(kappaMax(study)),
  pabak: beyondChance((study, { interval }) => pabak(study, { interval })),
  'light-kappa': beyondChance((study, { weights, interval }) =>
    lightsKappa(study, { weights, interval: { method: 'jackknife', ...interval } }),
  ),
  'fleiss-kappa': beyondChance(fleissKappa),
  'conger-kappa': beyondChance(congersKappa),
  'gwet-ac': beyondChance(gwetsAc),
  'krippendorff-alpha': (study, { scheme, interval }) => {
    const alpha = krippendorffsAlpha(study, { metric: scheme.metric, interval });
    const figure = reported(alpha);
    const disagreement = alpha.value === null ? {} : { disagreement: alpha.disagreement };
    return { ...figure, ...disagreement, ...benchmarksOf(figure) };
  },
  'alpha-u': () => undefinedReport('it reads stretches of a continuum, not ratings: --measure alpha-u alone'),
  icc: (study, { confidence, interval }) => {
    const forms = allIccs(study, { level: confidence });
    const form = (name: IccForm): FigureReport => ownInterval(reported(forms[name]), interval);
    return {
      forms: {
        icc1: form('icc1'),
        icc1k: form('icc1k'),
        icc21: form('icc21'),
        icc2k: form('icc2k'),
        icc31: form('icc31'),
        icc3k: form('icc3k'),
      },
    };
  },
  pearson: ofColumns(pearson),
  spearman: ofColumns(spearman),
  'kendall-tau-b': ofColumns(kendallsTauB),
  'kendall-w': withOwnInterval(kendallsW),
  'lin-ccc': (study, options) =>
    study.coders.length > 2
      ? reported(overallConcordance(study, { interval: { method: 'jackknife', ...options.interval } }))
      : ofColumns(linsConcordance)(study, options),
  'cronbach-alpha': withOwnInterval((study, level) => cronbachsAlpha(study, { level })),
  apiaa: interCoder(apiaa),
  amiaa: interCoder(amiaa),
  'split-half': (study, { seed }) => splitHalfReport(study, seed),
};

function splitHalfReport(study: Study, seed: number): FigureReport & MeasureDetail {
  const halves = splitHalf(study, { seed });
  if (halves.kind === 'undefined') return { ...undefinedReport(halves.reason), used: halves.used };
  const { exact, splits, used } = halves;
  return {
    ...undefinedReport(''),
    value: halves.spearmanBrownPearson,
    reason: null,
    convention: `Spearman–Brown of Pearson's r per split, mean over ${exact ? 'all' : 'random'} ${splits} splits of the coders`,
    used,
    seed: halves.seed,
    splitHalf: {
      pearson: halves.pearson,
      spearman: halves.spearman,
      spearmanBrown: halves.spearmanBrownPearson,
      spearmanBrownSpearman: halves.spearmanBrownSpearman,
      sdPearson: halves.sdPearson,
      ceiling: halves.ceiling,
      splits,
      exact,
    },
  };
}
