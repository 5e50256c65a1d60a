import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  allIccs,
  alphaU,
  type AlphaMetricName,
  bangdiwalasB,
  bennettsS,
  categoryDiagnostics,
  coderDiagnostics,
  cohensKappa,
  type CohensKappaOptions,
  congersKappa,
  type CountsSource,
  diceDistance,
  type Estimate,
  fleissKappa,
  gwetsAc,
  jaccardDistance,
  kappaMax,
  kendallsW,
  krippendorffsAlpha,
  lightsKappa,
  masiDistance,
  pairwiseCohensKappa,
  passonneauDistance,
  percentAgreement,
  type RatingValue,
  scottsPi,
  type Study,
  studyFromContingency,
  studyFromPartitions,
  studyFromRows,
  studyFromWide,
  unitCountsFromTable,
  unitDiagnostics,
  WEIGHT_NAMES,
  type WeightName,
} from './index.ts';

/**
 * Runs the shared table of exact answers. It lies beside a full checkout, not in the repository; every measure's
 * own test holds a published example, so a public clone checks every measure too.
 */
const file = new URL('../../../../shared/canonical/agreement.json', import.meta.url);
const present = existsSync(file);

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Case {
  readonly id: string;
  readonly measure: string;
  readonly weights: string;
  readonly tolerance: Json;
  readonly data: { readonly [key: string]: Json };
  readonly expected: { readonly [key: string]: Json };
}

function isObject(json: Json | undefined): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

function list(json: Json | undefined): readonly Json[] {
  if (!isList(json)) throw new Error('a list was expected');
  return json;
}

function object(json: Json | undefined): { readonly [key: string]: Json } {
  if (!isObject(json)) throw new Error('an object was expected');
  return json;
}

function number(json: Json | undefined): number {
  if (typeof json !== 'number') throw new Error('a number was expected');
  return json;
}

function string(json: Json | undefined): string {
  if (typeof json !== 'string') throw new Error('a string was expected');
  return json;
}

function readCases(): Case[] {
  const parsed = object(JSON.parse(readFileSync(file, 'utf8')) as Json);
  return list(parsed['entries']).map((entry) => {
    const fields = object(entry);
    return {
      id: string(fields['id']),
      measure: string(fields['measure']),
      weights: string(fields['weights']),
      tolerance: fields['tolerance'] ?? 1e-9,
      data: object(fields['data']),
      expected: object(fields['expected']),
    };
  });
}

function value(json: Json): RatingValue | null {
  if (json === null || typeof json === 'string' || typeof json === 'number') return json;
  return list(json).map(string);
}

function wideStudy(data: Case['data']): Study {
  return studyFromWide(list(data['ratings']).map((row) => list(row).map(value)));
}

function table(json: Json | undefined): number[][] {
  return list(json).map((row) => list(row).map(number));
}

function weightName(weights: string): WeightName {
  if (weights === 'unweighted') return 'identity';
  const name = WEIGHT_NAMES.find((known) => known === weights);
  if (name === undefined) throw new Error(`unknown weights ${weights}`);
  return name;
}

function close(actual: number | null | undefined, wanted: number, tolerance: number, what: string): void {
  expect(actual, what).toBeTypeOf('number');
  expect(Math.abs((actual ?? NaN) - wanted), `${what}: ${actual} instead of ${wanted}`).toBeLessThanOrEqual(
    tolerance,
  );
}

/** Compares value, parts, standard error and interval with those of the table that are given. */
function expectEstimate(estimate: Estimate, wanted: Json | undefined, tolerance: number, what: string): void {
  if (estimate.value === null) throw new Error(`${what} is undefined: ${estimate.reason}`);
  const fields = object(wanted);
  close(estimate.value, number(fields['value']), tolerance, what);
  const optional: readonly (readonly [string, number | null])[] = [
    ['pa', estimate.observed],
    ['pe', estimate.expected],
    ['se', estimate.se],
  ];
  for (const [name, actual] of optional) {
    if (fields[name] !== undefined) close(actual, number(fields[name]), tolerance, `${what} ${name}`);
  }
  if (fields['ci95'] === undefined) return;
  const [low, high] = list(fields['ci95']).map(number);
  close(estimate.ci?.low, low ?? NaN, tolerance, `${what} low`);
  close(estimate.ci?.high, high ?? NaN, tolerance, `${what} high`);
}

function suite({ data, expected, weights, tolerance }: Case): void {
  const isCounts = data['kind'] === 'counts';
  const source: CountsSource = isCounts ? unitCountsFromTable(table(data['counts'])) : wideStudy(data);
  const options = { weights: weightName(weights) };
  const within = number(tolerance);
  expectEstimate(
    percentAgreement(source, options),
    expected['percent_agreement'],
    within,
    'percent agreement',
  );
  expectEstimate(gwetsAc(source, options), expected['gwet_ac'], within, 'AC');
  expectEstimate(fleissKappa(source, options), expected['fleiss_kappa'], within, 'Fleiss');
  expectEstimate(bennettsS(source, options), expected['brennan_prediger'], within, 'Brennan–Prediger');
  if ('coderOf' in source) {
    expectEstimate(congersKappa(source, options), expected['conger_kappa'], within, 'Conger');
  }
  const alpha = krippendorffsAlpha(source, {
    metric: { kind: 'weights', weights: options.weights },
    formula: isCounts ? 'distribution' : 'raw',
  });
  expectEstimate(alpha, expected['krippendorff_alpha'], within, 'alpha');
}

function twoCoders({ data, expected, weights, tolerance }: Case): void {
  const study = studyFromContingency(table(data['table']));
  const within = number(tolerance);
  const options: CohensKappaOptions = { weights: weightName(weights), interval: { divisor: 'n' } };
  const kappa = cohensKappa(study, options);
  expectEstimate(kappa, expected['cohen_kappa'], within, 'Cohen');
  const wanted = object(expected['cohen_kappa']);
  if (kappa.value === null) throw new Error(kappa.reason);
  if (wanted['se_H0'] !== undefined) {
    close(kappa.test?.se, number(wanted['se_H0']), within, 'standard error of kappa = 0');
  }
  if (wanted['kappa_max'] !== undefined)
    close(kappaMax(study).value, number(wanted['kappa_max']), within, 'kappa max');
  const se = kappa.se ?? NaN;
  if (wanted['ci95_normal'] !== undefined)
    for (const [index, sign] of [-1, 1].entries()) {
      const limit = kappa.value + sign * 1.959963984540054 * se;
      close(limit, number(list(wanted['ci95_normal'])[index]), within, 'normal interval');
    }
  expectEstimate(scottsPi(study, options), expected['scott_pi'], within, 'Scott');
  expectEstimate(gwetsAc(study, options), expected['gwet_ac'], within, 'AC');
  expectEstimate(bennettsS(study, options), expected['brennan_prediger'], within, 'Brennan–Prediger');
  expectEstimate(
    percentAgreement(study, options),
    expected['percent_agreement'],
    within,
    'percent agreement',
  );
  const metric = { kind: 'weights' as const, weights: weightName(weights) };
  const alpha = krippendorffsAlpha(study, { metric, interval: { divisor: 'n' } });
  expectEstimate(alpha, expected['krippendorff_alpha'], within, 'alpha');
  if (expected['bangdiwala_b'] !== undefined) {
    expectEstimate(bangdiwalasB(study), expected['bangdiwala_b'], within, 'Bangdiwala');
  }
}

function alphaLevels({ id, data, expected, weights, tolerance }: Case): void {
  const within = number(tolerance);
  const study =
    data['kind'] === 'long'
      ? studyFromRows(
          list(data['rows']).map((row) => {
            const fields = object(row);
            return {
              coder: string(fields['coder']),
              unit: string(fields['item']),
              value: string(fields['label']),
            };
          }),
        )
      : wideStudy(data);
  if (weights === 'levels') {
    for (const metric of ['nominal', 'ordinal', 'interval', 'ratio'] as const) {
      if (expected[metric] === undefined) continue;
      close(krippendorffsAlpha(study, { metric }).value, number(expected[metric]), within, metric);
    }
    return;
  }
  const alpha = krippendorffsAlpha(study);
  if (id === 'degenerate/one_category') {
    expect(alpha.value).toBeNull();
    close(percentAgreement(study).value, number(expected['pa']), within, 'percent agreement');
    return;
  }
  close(alpha.value, number(expected['value'] ?? expected['alpha']), within, 'alpha');
}

const SET_METRICS: readonly (readonly [string, AlphaMetricName])[] = [
  ['masi', 'masi'],
  ['passonneau2004', 'passonneau'],
  ['jaccard', 'jaccard'],
  ['dice', 'dice'],
  ['nominal', 'nominal'],
];

function setAlpha({ id, data, expected, tolerance }: Case): void {
  const study =
    data['kind'] === 'partitions'
      ? studyFromPartitions(
          list(data['partitions']).map((chains, index) => ({
            coder: String(index),
            chains: list(chains).map((chain) => list(chain).map(string)),
          })),
          { includeSelf: !id.endsWith('exclself') },
        )
      : wideStudy(data);
  for (const [name, metric] of SET_METRICS) {
    if (expected[name] === undefined) continue;
    close(krippendorffsAlpha(study, { metric }).value, number(expected[name]), number(tolerance), name);
  }
}

function setDistances({ data, expected, tolerance }: Case): void {
  const a = list(data['a']).map(string);
  const b = list(data['b']).map(string);
  const within = number(tolerance);
  close(masiDistance(a, b), number(expected['masi']), within, 'MASI');
  close(passonneauDistance(a, b), number(expected['passonneau2004']), within, 'Passonneau');
  close(jaccardDistance(a, b), number(expected['jaccard']), within, 'Jaccard');
  close(diceDistance(a, b), number(expected['dice']), within, 'Dice');
}

function diagnostics({ data, expected, tolerance }: Case): void {
  const study = wideStudy(data);
  const within = number(tolerance);
  const categories = categoryDiagnostics(study);
  const byCategory = new Map(categories.map((category) => [category.category, category]));
  for (const [name, wanted] of Object.entries(object(expected['alpha_one_vs_rest_by_category']))) {
    close(byCategory.get(name)?.alpha.value, number(wanted), within, `alpha of ${name}`);
  }
  for (const [name, wanted] of Object.entries(object(expected['specific_agreement_by_category']))) {
    close(byCategory.get(name)?.specificAgreement, number(wanted), within, `specific agreement on ${name}`);
  }
  const coders = coderDiagnostics(study);
  for (const [index, wanted] of Object.entries(object(expected['alpha_leave_one_rater_out']))) {
    close(coders[Number(index)]?.alphaWithout?.value, number(wanted), within, `alpha without coder ${index}`);
  }
  const items = unitDiagnostics(study);
  for (const [index, wanted] of list(expected['alpha_item']).entries()) {
    if (wanted === null) expect(items[index]?.alpha).toBeNull();
    else close(items[index]?.alpha, number(wanted), within, `item ${index}`);
  }
  const pairs = pairwiseCohensKappa(study);
  for (const [pair, wanted] of Object.entries(object(expected['pairwise_cohen_kappa_on_shared_items']))) {
    const [first, second] = pair.split(',').map((index) => String(Number(index) + 1));
    const found = pairs.find((candidate) => candidate.first === first && candidate.second === second);
    if (wanted === null) expect(found?.estimate.value).toBeNull();
    else close(found?.estimate.value, number(wanted), within, `kappa of ${pair}`);
  }
}

function bootstrap({ data, expected, weights, tolerance }: Case): void {
  const study = wideStudy(data);
  const within = object(tolerance);
  const metric = (['nominal', 'ordinal', 'interval'] as const).find((name) => name === weights);
  if (metric === undefined) throw new Error(`unknown metric ${weights}`);
  const run = (method: 'percentile' | 'bca' | 'jackknife'): Estimate =>
    krippendorffsAlpha(study, { metric, interval: { method, resamples: 20_000, seed: 7 } });
  for (const method of ['percentile', 'bca'] as const) {
    const estimate = run(method);
    if (estimate.value === null) throw new Error(estimate.reason);
    close(estimate.value, number(expected['alpha']), number(within['alpha']), 'alpha');
    close(estimate.se, number(expected['boot_se']), number(within['boot_se']), 'bootstrap standard error');
    const name = `${method}95`;
    const [low, high] = list(expected[name]).map(number);
    close(estimate.ci?.low, low ?? NaN, number(within[name]), `${name} low`);
    close(estimate.ci?.high, high ?? NaN, number(within[name]), `${name} high`);
  }
  const jackknife = run('jackknife');
  if (jackknife.value === null) throw new Error(jackknife.reason);
  close(jackknife.se, number(expected['jackknife_se']), number(within['jackknife_se']), 'jackknife');
}

const ICC_NAMES = [
  ['oneway consistency single', 'icc1'],
  ['oneway consistency average', 'icc1k'],
  ['oneway agreement single', 'icc1'],
  ['oneway agreement average', 'icc1k'],
  ['twoway consistency single', 'icc31'],
  ['twoway consistency average', 'icc3k'],
  ['twoway agreement single', 'icc21'],
  ['twoway agreement average', 'icc2k'],
] as const;

function iccs({ data, expected, tolerance }: Case): void {
  const forms = allIccs(wideStudy(data));
  for (const [name, form] of ICC_NAMES) expectEstimate(forms[form], expected[name], number(tolerance), name);
}

function unitizing({ data, expected, tolerance }: Case): void {
  const { estimate, categories } = alphaU({
    begin: number(data['begin']),
    length: number(data['length']),
    units: list(data['units']).map((unit) => {
      const fields = object(unit);
      return {
        coder: String(number(fields['rater'])),
        category: string(fields['category']),
        offset: number(fields['offset']),
        length: number(fields['length']),
      };
    }),
  });
  const within = number(tolerance);
  close(estimate.value, number(expected['value']), within, 'alphaU');
  for (const { category, alpha, observed, expected: chance } of categories) {
    close(alpha, number(object(expected['byCategory'])[category]), within, category);
    close(observed, number(object(expected['observed'])[category]), within, `observed ${category}`);
    close(chance, number(object(expected['expectedDisagreement'])[category]), within, `expected ${category}`);
  }
}

function fleissByCategory({ data, expected, tolerance }: Case): void {
  const study = wideStudy(data);
  const within = number(tolerance);
  const overall = fleissKappa(study);
  if (overall.value === null) throw new Error(overall.reason);
  close(overall.value, number(expected['overall']), within, 'overall');
  close(overall.test?.statistic, number(expected['z_H0']), within, 'z');
  const found = new Map(categoryDiagnostics(study).map((entry) => [entry.category, entry.fleissKappa]));
  for (const [category, wanted] of Object.entries(object(expected['perCategory']))) {
    close(found.get(category)?.value, number(wanted), within, category);
  }
}

function customKappa({ data, expected, tolerance }: Case): void {
  const disagreement = table(data['disagreement']);
  const study = studyFromContingency(table(data['table']));
  const weights = disagreement.map((row) => row.map((distance) => 1 - distance));
  close(
    cohensKappa(study, { weights }).value,
    number(expected['value']),
    number(tolerance),
    'weighted kappa',
  );
}

const RUNNERS: Readonly<Record<string, (entry: Case) => void>> = {
  chance_corrected_suite: suite,
  two_rater_suite: twoCoders,
  krippendorff_alpha: alphaLevels,
  krippendorff_alpha_set: setAlpha,
  krippendorff_alpha_chains: setAlpha,
  set_distance: setDistances,
  diagnostics,
  krippendorff_alpha_bootstrap: bootstrap,
  icc: iccs,
  krippendorff_alpha_u: unitizing,
  fleiss_kappa_per_category: fleissByCategory,
  cohen_kappa_weighted: customKappa,
  light_kappa: ({ data, expected, tolerance }) => {
    close(lightsKappa(wideStudy(data)).value, number(expected['value']), number(tolerance), 'Light');
  },
  kendall_w: ({ data, expected, tolerance }) => {
    close(kendallsW(wideStudy(data)).value, number(expected['value']), number(tolerance), 'W');
  },
};

/** Measures of aggregation and coreference have tests of their own. */
const ELSEWHERE = ['aggregation', 'bradley_terry', 'best_worst_scaling', 'mpa_mention_pair', 'coref'];

describe.skipIf(!present)('the shared table of exact answers (skipped where ../shared is absent)', () => {
  const cases = present ? readCases() : [];

  test('every measure is run here or belongs to another area', () => {
    const unknown = cases.filter(
      ({ measure }) =>
        RUNNERS[measure] === undefined &&
        !ELSEWHERE.some((area) => measure === area || measure.startsWith(`${area}:`)),
    );
    expect(unknown.map(({ id }) => id)).toEqual([]);
  });

  for (const entry of cases) {
    const run = RUNNERS[entry.measure];
    if (run !== undefined) {
      test(entry.id, () => {
        run(entry);
      });
    }
  }
});
