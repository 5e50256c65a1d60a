import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  allIccs,
  amiaa,
  apiaa,
  type IccForm,
  krippendorffsAlpha,
  splitHalf,
  type Study,
  studyFromWide,
  unitSpread,
} from './index.ts';

/**
 * Reliability of published similarity ratings, against values computed by other means. Data and answers lie beside
 * a full checkout, not in the repository.
 */
const shared = new URL('../../../../shared/', import.meta.url);
const answers = new URL('canonical/similarity.json', shared);
const present = existsSync(answers);

interface Correlations {
  readonly mean: number;
  readonly sd?: number;
  readonly n_pairs?: number;
  readonly n_raters?: number;
}

interface Reliability {
  readonly apiaa_spearman: Correlations;
  readonly apiaa_pearson?: Correlations;
  readonly amiaa_spearman: Correlations;
  readonly amiaa_pearson?: Correlations;
  readonly kripp_interval: number;
  readonly kripp_ordinal: number;
  readonly icc_complete_cases?: Readonly<Record<string, number>>;
  readonly icc1_oneway_unbalanced: { readonly ICC1: number; readonly ICC1_k0: number };
  readonly item_sd_ddof1: { readonly mean: number; readonly median: number; readonly max: number };
  readonly sem_mean: number;
  readonly split_half: {
    readonly mode: string;
    readonly pearson: number;
    readonly spearman: number;
    readonly sb_pearson: number;
    readonly sb_spearman: number;
    readonly sd_pearson: number | null;
  };
  readonly ceiling_sqrt_sb_pearson: number;
}

const ICC_NAMES: readonly (readonly [string, IccForm])[] = [
  ['ICC1_1', 'icc1'],
  ['ICC1_k', 'icc1k'],
  ['ICC2_1', 'icc21'],
  ['ICC2_k', 'icc2k'],
  ['ICC3_1', 'icc31'],
  ['ICC3_k', 'icc3k'],
];

function readStudy(name: string): Study {
  const lines = readFileSync(new URL(`data/similarity/ratings/${name}.tsv`, shared), 'utf8')
    .split('\n')
    .slice(1);
  const rows = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/\r$/, '').split('\t').slice(3));
  return studyFromWide(
    rows.map((row) => row.map((cell) => (cell === '' ? null : Number(cell)))),
    { scale: 'numeric' },
  );
}

function close(actual: number | null | undefined, wanted: number, tolerance: number, what: string): void {
  expect(Math.abs((actual ?? NaN) - wanted), `${what}: ${actual} instead of ${wanted}`).toBeLessThan(
    tolerance,
  );
}

describe.skipIf(!present)('reliability of published ratings (skipped where ../shared is absent)', () => {
  const reliability = present
    ? (JSON.parse(readFileSync(answers, 'utf8')) as { reliability: Record<string, Reliability> }).reliability
    : {};

  test.each(['ws353_set1', 'card660', 'lm659_sim', 'men_authors', 'rw'])(
    '%s',
    { timeout: 60_000 },
    (name) => {
      const wanted = reliability[name];
      if (wanted === undefined) throw new Error(`there is nothing about ${name}`);
      const study = readStudy(name);
      for (const correlation of ['spearman', 'pearson'] as const) {
        for (const [measure, key] of [
          [apiaa, `apiaa_${correlation}`],
          [amiaa, `amiaa_${correlation}`],
        ] as const) {
          const expected = wanted[key];
          if (expected === undefined) continue;
          const found = measure(study, { correlation });
          if (found.value === null) throw new Error(found.reason);
          close(found.value, expected.mean, 1e-6, key);
          if (expected.sd !== undefined) close(found.spread.sd, expected.sd, 1e-6, `${key} sd`);
          const count = expected.n_pairs ?? expected.n_raters;
          if (count !== undefined) expect(found.spread.count).toBe(count);
        }
      }
      for (const metric of ['interval', 'ordinal'] as const) {
        close(
          krippendorffsAlpha(study, { metric, interval: { method: 'none' } }).value,
          wanted[`kripp_${metric}`],
          1e-6,
          metric,
        );
      }
      const all = allIccs(study);
      close(all.icc1.value, wanted.icc1_oneway_unbalanced.ICC1, 1e-6, 'ICC(1)');
      close(all.icc1k.value, wanted.icc1_oneway_unbalanced.ICC1_k0, 1e-6, 'ICC(1,k₀)');
      if (wanted.icc_complete_cases !== undefined) {
        const complete = allIccs(study, { oneWay: 'complete' });
        for (const [key, form] of ICC_NAMES) {
          close(complete[form].value, wanted.icc_complete_cases[key] ?? NaN, 1e-6, form);
        }
      }
      const spread = unitSpread(study);
      close(spread?.meanSd, wanted.item_sd_ddof1.mean, 1e-6, 'mean sd');
      close(spread?.medianSd, wanted.item_sd_ddof1.median, 1e-6, 'median sd');
      close(spread?.meanStandardError, wanted.sem_mean, 1e-6, 'standard error of the mean');
      const halves = splitHalf(study, { columns: name === 'rw' ? 'anonymous' : 'persons' });
      if (halves.kind === 'undefined') throw new Error(halves.reason);
      expect(halves.exact).toBe(wanted.split_half.mode.startsWith('exact'));
      const tolerance = halves.exact ? 1e-6 : 0.005;
      close(halves.pearson, wanted.split_half.pearson, tolerance, 'Pearson of halves');
      close(halves.spearman, wanted.split_half.spearman, tolerance, 'Spearman of halves');
      close(halves.spearmanBrownPearson, wanted.split_half.sb_pearson, tolerance, 'Spearman–Brown, Pearson');
      close(
        halves.spearmanBrownSpearman,
        wanted.split_half.sb_spearman,
        tolerance,
        'Spearman–Brown, Spearman',
      );
      close(halves.ceiling, wanted.ceiling_sqrt_sb_pearson, tolerance, 'ceiling');
      if (halves.exact && wanted.split_half.sd_pearson !== null) {
        close(halves.sdPearson, wanted.split_half.sd_pearson, 1e-6, 'sd over splits');
      }
    },
  );
});
