import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type AttentionChecks,
  cohensKappa,
  coverage,
  compareModels,
  correctedCheck,
  cosines,
  defaultLevels,
  deterministicNoiseCurve,
  type Embedding,
  exclusionAudit,
  failingProbability,
  goldProvenance,
  type GoldPair,
  joinFiles,
  lintRatings,
  modelTask,
  mulberry32,
  noiseDraws,
  ratingReliability,
  type RatingTable,
  spearman,
  studyFromWide,
} from '../index.ts';

/**
 * Published datasets against figures computed by other means (numpy and scipy). Data and answers lie beside a full
 * checkout, not in the repository.
 */
const shared = new URL('../../../../../shared/', import.meta.url);
const present = existsSync(new URL('canonical/similarity.json', shared));

type Json = Readonly<Record<string, unknown>>;

const textOf = (path: string): string => readFileSync(new URL(path, shared), 'utf8');
const linesOf = (path: string, separator: string | RegExp = '\t'): string[][] =>
  textOf(`data/similarity/${path}`)
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/\r$/u, '').split(separator));

const answers: Json = present ? (JSON.parse(textOf('canonical/similarity.json')) as Json) : {};

/** A figure of the answers by its path. */
function answer(...path: readonly (string | number)[]): number {
  let value: unknown = answers;
  for (const step of path) value = (value as Json)[step];
  if (typeof value !== 'number') throw new Error(`there is no figure at ${path.join('.')}`);
  return value;
}

function close(actual: unknown, wanted: number, tolerance: number, what: string): void {
  const difference = typeof actual === 'number' ? Math.abs(actual - wanted) : NaN;
  expect(difference, `${what}: ${String(actual)} instead of ${wanted}`).toBeLessThan(tolerance);
}

function goldOf(name: string): GoldPair[] {
  return linesOf(`gold/${name}.tsv`)
    .slice(1)
    .map(([word1 = '', word2 = '', gold = '']) => ({ word1, word2, gold: Number(gold) }));
}

function ratingsOf(name: string): RatingTable {
  const [header = [], ...rows] = linesOf(`ratings/${name}.tsv`);
  const numberOf = (cell: string | undefined): number | null =>
    cell === undefined || cell === '' ? null : Number(cell);
  return {
    pairs: rows.map(([word1 = '', word2 = ''], row) => ({ word1, word2, line: row + 2 })),
    gold: rows.map((row) => numberOf(row[2])),
    raters: header.slice(3),
    ratings: rows.map((row) => header.slice(3).map((_, rater) => numberOf(row[3 + rater]))),
    namesPersons: false,
    events: null,
  };
}

function glove(): Embedding {
  const rows = linesOf('vectors/glove-100d-subset.txt', ' ').slice(1);
  return {
    words: rows.map(([word = '']) => word),
    dimensions: 100,
    values: Float32Array.from(rows.flatMap((row) => row.slice(1).map(Number))),
  };
}

describe.skipIf(!present)('against published datasets (skipped where ../shared is absent)', () => {
  const embedding = present ? glove() : { words: [], dimensions: 0, values: new Float32Array() };

  describe('reliability', () => {
    test.each(['ws353_set1', 'card660', 'men_authors', 'lm659_sim', 'mturk771', 'mturk771_in_scale', 'rw'])(
      '%s',
      { timeout: 60_000 },
      (name) => {
        const whole = ratingsOf(name.replace('_in_scale', ''));
        const table = name.endsWith('_in_scale')
          ? {
              ...whole,
              ratings: whole.ratings.map((row) => row.map((value) => (value === 0 ? null : value))),
            }
          : whole;
        const report = ratingReliability(table, { resamples: 0 });
        if (report.kind === 'undefined') throw new Error(report.reason);
        const persons = !['mturk771', 'mturk771_in_scale', 'rw'].includes(name);
        expect(report.columns.columnsArePersons).toBe(persons);
        const at = (...path: string[]): number => answer('reliability', name, ...path);
        if (persons) {
          for (const correlation of ['spearman', 'pearson'] as const) {
            close(report.apiaa[correlation].value, at(`apiaa_${correlation}`, 'mean'), 1e-6, 'APIAA');
            close(report.amiaa[correlation].value, at(`amiaa_${correlation}`, 'mean'), 1e-6, 'AMIAA');
          }
        } else {
          expect(report.apiaa.spearman.value).toBeNull();
          expect(report.icc.icc21.value).toBeNull();
        }
        close(report.alpha.interval.value, at('kripp_interval'), 1e-6, 'alpha, interval');
        close(report.alpha.ordinal.value, at('kripp_ordinal'), 1e-6, 'alpha, ordinal');
        close(report.icc.icc1.value, at('icc1_oneway_unbalanced', 'ICC1'), 1e-6, 'ICC(1)');
        close(report.icc.icc1k.value, at('icc1_oneway_unbalanced', 'ICC1_k0'), 1e-6, 'ICC(1,k₀)');
        const { splitHalf } = report;
        if (splitHalf.kind === 'undefined') throw new Error(splitHalf.reason);
        const tolerance = splitHalf.exact ? 1e-6 : 0.005;
        close(splitHalf.spearmanBrownPearson, at('split_half', 'sb_pearson'), tolerance, 'Spearman–Brown');
      },
    );
  });

  test('MEN: .6846 row by row, .8153 joined by pair', () => {
    const coder = (name: string) => {
      const rows = linesOf(`men-raw/${name}`);
      return {
        name,
        pairs: rows.map(([word1 = '', word2 = ''], row) => ({ word1, word2, line: row + 1 })),
        values: rows.map((row) => Number(row[2])),
      };
    };
    const list = (form: string) =>
      linesOf(`men-raw/MEN_dataset_${form}_form_full.txt`, ' ').map(([word1 = '', word2 = '']) => ({
        word1: word1.replace(/-[a-z]$/u, ''),
        word2: word2.replace(/-[a-z]$/u, ''),
      }));
    const joined = joinFiles(coder('elias-men-ratings.txt'), coder('marcos-men-ratings.txt'), [
      { names: ['natural', 'lemma'], first: list('natural'), second: list('lemma') },
    ]);
    const at = (...path: string[]): number => answer('men_author_alignment', ...path);
    close(joined.byPosition?.spearman, at('positional_after_alphabetical_sort', 'elia_marco'), 1e-6, 'rows');
    close(joined.byPair.spearman, at('joined_by_pair', 'elia_marco_spearman'), 1e-6, 'pairs, Spearman');
    close(joined.byPair.pearson, at('joined_by_pair', 'elia_marco_pearson'), 1e-6, 'pairs, Pearson');
    expect(joined.byPair.pairs).toBe(at('joined_by_pair', 'n'));
    expect(joined.byPosition?.samePair).toBe(2408);
    const table = ratingsOf('men_authors');
    const both = table.ratings.flatMap(([elia = null, marco = null], row) =>
      elia === null || marco === null
        ? []
        : [{ elia, mean: (elia + marco) / 2, gold: table.gold?.[row] ?? 0 }],
    );
    const gold = both.map((row) => row.gold);
    close(
      spearman(
        both.map(({ elia }) => elia),
        gold,
      ).value,
      at('joined_by_pair', 'elia_vs_gold'),
      1e-6,
      'Elia and gold',
    );
    close(
      spearman(
        both.map(({ mean }) => mean),
        gold,
      ).value,
      at('joined_by_pair', 'avg_vs_gold'),
      1e-6,
      'mean and gold',
    );
  });

  test.each([2, 3, 4, 5])("kappa of MEN's authors in %d bins of equal width", (bins) => {
    const binned = (value: number): string =>
      String(Math.min(bins - 1, Math.floor(((value - 1) * bins) / 6 + 1e-9)));
    const rows = ratingsOf('men_authors').ratings.flatMap(([elia = null, marco = null]) =>
      elia === null || marco === null ? [] : [[binned(elia), binned(marco)]],
    );
    close(
      cohensKappa(studyFromWide(rows)).value,
      answer('men_author_alignment', 'cohen_kappa_binned', String(bins), 'joined'),
      1e-6,
      'kappa',
    );
  });

  describe('coverage', () => {
    test.each(['mc', 'rg', 'ws353', 'card660'])('%s', (name) => {
      const found = coverage(goldOf(name), embedding);
      const at = (...path: (string | number)[]): number => answer('coverage_and_rho', name, ...path);
      expect(found.covered).toBe(at('pairs_covered'));
      expect(found.types).toBe(at('word_types'));
      expect(found.missingTypes).toHaveLength(at('n_oov_types'));
      const { covered, zero } = found.rho;
      if (covered.value === null) throw new Error(covered.reason);
      close(covered.value, at('rho_covered'), 1e-6, 'covered');
      close(covered.ci?.low, at('rho_bw95', 0), 1e-6, 'low');
      close(covered.ci?.high, at('rho_bw95', 1), 1e-6, 'high');
      close(zero.value, at('rho_oov_zero'), 1e-6, 'zero');
      // The answer's mean vector is that of the whole vocabulary, of which the subset holds a fiftieth.
      if (found.covered === found.pairs)
        close(found.rho['mean-vector'].value, at('rho_oov_mean_vector'), 1e-6, 'mean vector');
    });
  });

  test.each([
    ['mc', 1, 1e-6],
    ['mc', 2, 1e-6],
    ['ws353', 1, 1e-5],
    ['ws353', 2, 1e-5],
  ] as const)('the noise curve of %s with mulberry32(%d)', (name, seed, tolerance) => {
    const curve = deterministicNoiseCurve(modelTask(goldOf(name), embedding), defaultLevels('uniform'), seed);
    expect(curve).toHaveLength(16);
    for (const [level, rho] of curve.entries())
      close(
        rho,
        answer('deterministic_noise', 'curves', name, `seed${seed}`, level),
        tolerance,
        `level ${level}`,
      );
  });

  test.each(['mc', 'ws353'])('two models on %s', (name) => {
    const pairs = goldOf(name);
    const task = modelTask(pairs, embedding);
    const half: Embedding = {
      words: embedding.words,
      dimensions: 50,
      values: Float32Array.from(
        { length: embedding.words.length * 50 },
        (_, at) => embedding.values[Math.floor(at / 50) * 100 + (at % 50)] ?? 0,
      ),
    };
    const first50 = modelTask(pairs, half);
    const gold = pairs.map((pair) => pair.gold);
    const next = mulberry32(42);
    const noisy = task.vectors.map((value) => value - 0.5 + next());
    const { comparisons } = compareModels(gold, [
      { name: 'A', similarities: cosines(task, task.vectors) },
      { name: 'B', similarities: cosines(first50, first50.vectors) },
      { name: 'C', similarities: cosines(task, noisy) },
    ]);
    const at = (...path: (string | number)[]): number =>
      answer('model_comparison', name, 'B_first50dims', ...path);
    const [found] = comparisons;
    if (found?.williams.kind !== 'defined' || found.meng.kind !== 'defined' || found.zou.kind !== 'defined')
      throw new Error('undefined');
    close(found.rho2, at('rho_X'), 1e-6, 'ρ of the first 50 dimensions');
    close(found.rho12, at('rho_AX'), 1e-6, 'ρ of the models');
    close(found.williams.statistic, at('williams_T2'), 1e-6, 'T2');
    close(found.williams.pTwoSided, at('p_two_sided_df_n-3'), 1e-6, 'p');
    close(found.meng.statistic, at('meng_Z'), 1e-6, 'Z');
    close(found.zou.low, at('zou95', 0), 1e-6, 'Zou, low');
    close(found.zou.high, at('zou95', 1), 1e-6, 'Zou, high');
  });

  test.each(['mc', 'ws353'])('noise over draws on %s', { timeout: 60_000 }, (name) => {
    const draws = 400;
    const task = modelTask(goldOf(name), embedding);
    const plan = { family: 'uniform', levels: defaultLevels('uniform'), draws, seed: 1 } as const;
    const blocks = [noiseDraws(task, plan, 0, 150), noiseDraws(task, plan, 150, draws)];
    const check = correctedCheck(task, plan, blocks);
    close(task.rms, answer('noise_montecarlo', name, 'rms_component'), 1e-6, 'rms');
    const at = (...path: (string | number)[]): number => answer('noise_montecarlo', name, 'raw', ...path);
    for (const [level, own] of check.levels.entries()) {
      const sd = at('common_draw_scaled', 'sd', level);
      // Both sides are Monte Carlo: 1,000 seeds there, 400 draws here.
      const se = sd * Math.sqrt(1 / draws + 1 / 1000);
      close(own.mean.value, at('common_draw_scaled', 'mean', level), 4 * se + 1e-5, `mean at level ${level}`);
      close(own.sdDraws, sd, 0.16 * sd + 1e-5, `sd at level ${level}`);
    }
    const verdict = failingProbability(plan.levels, blocks);
    close(
      verdict.wholeGrid.value,
      at('independent_draws', 'P_fail_any_increase_whole_grid'),
      0.03,
      'probability of failing',
    );
    close(
      verdict.upToOne.value,
      at('independent_draws', 'P_fail_any_increase_n_le_1_raw'),
      0.08,
      'probability of failing up to n = 1',
    );
  });

  test.each([
    ['mc', 4],
    ['rg', 2],
    ['ws353', 1.25],
    ['simlex', 1],
    ['men', 0.5],
  ])('%s notices noise from %d rms on', { timeout: 60_000 }, (name, wanted) => {
    const task = modelTask(goldOf(name), embedding);
    const grid = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 5];
    const plan = { family: 'uniform', levels: grid.map((n) => n * task.rms), draws: 200, seed: 1 } as const;
    const { resolution } = correctedCheck(task, plan, [noiseDraws(task, plan, 0, plan.draws)]);
    if (!('nOverRms' in resolution)) throw new Error(resolution.reason);
    close(resolution.nOverRms, wanted, 1e-9, 'resolution');
  });

  test("SimLex's one-SD rule on the ratings collected again", { timeout: 60_000 }, () => {
    const { table, attention } = recollected();
    const audit = exclusionAudit(table, { attention });
    const rule = audit.rules.find((own) => own.rule === 'simlex-one-sd');
    if (rule?.kind !== 'applied') throw new Error('not applied');
    const at = (...path: string[]): number => answer('simlex_recollection', ...path);
    expect(rule.excluded).toHaveLength(at('exclude_simlex_1sd_rule', 'excluded'));
    close(rule.figures['meanOfMeans'], at('exclude_simlex_1sd_rule', 'mean_of_means'), 1e-6, 'mean of means');
    close(rule.figures['sd'], at('exclude_simlex_1sd_rule', 'sd'), 1e-6, 'sd');
    for (const [own, name] of [
      [rule.before, 'all_subjects'],
      [rule.after, 'exclude_simlex_1sd_rule'],
    ] as const) {
      close(own.apiaa, at(name, 'apiaa_spearman_min_overlap_20', 'mean'), 1e-6, 'APIAA');
      close(own.alpha, at(name, 'kripp_interval'), 1e-6, 'alpha');
    }
    close(rule.withGold?.before, at('all_subjects', 'mean_vs_published_simlex', 'spearman'), 1e-6, 'before');
    close(
      rule.withGold?.after,
      at('exclude_simlex_1sd_rule', 'mean_vs_published_simlex', 'spearman'),
      1e-6,
      'after',
    );
    const holes = lintRatings(table).findings.filter((own) => own.rule === 'histogram-hole');
    expect(holes[0]?.message).toContain('1,580 ratings are 3');
  });

  test('lint finds what is known to be wrong', () => {
    const zeros = lintRatings(ratingsOf('mturk771')).findings.filter(
      (own) => own.rule === 'value-out-of-scale',
    );
    expect(zeros[0]?.message).toContain(`${answer('data_lint', 'mturk771_zero_values')} ratings are 0`);
    const pairs = lintRatings({ ...ratingsOf('ws353_set1') }).findings.flatMap((own) =>
      own.rule === 'duplicate-pair' || own.rule === 'reversed-pair' ? [own.message] : [],
    );
    expect(pairs).toHaveLength(2);
    expect(pairs.join()).toMatch(/bank–money.*money–cash/u);
    for (const sound of ['card660', 'multisimlex_en'])
      expect(lintRatings(ratingsOf(sound)).findings).toEqual([]);
  });

  test('gold of RW is the mean within one standard deviation; of the others the mean', () => {
    const rw = goldProvenance(ratingsOf('rw'));
    expect(rw).toMatchObject({ kind: 'defined', rule: 'trimmed-1sd' });
    if (rw.kind === 'defined') expect(rw.candidates[0]?.share).toBeGreaterThan(0.948);
    for (const name of ['ws353_set1', 'ws353_set2', 'card660', 'mturk771', 'multisimlex_en'])
      expect(goldProvenance(ratingsOf(name))).toMatchObject({ rule: 'mean', differing: [] });
    expect(goldProvenance(ratingsOf('men_authors'))).toMatchObject({ rule: null });
  });
});

function recollected(): { table: RatingTable; attention: AttentionChecks[] } {
  const rows = linesOf('ratings/simlex_recollect.long.tsv').slice(1);
  const raters = [...new Set(rows.map(([subject = '']) => subject))];
  const raterOf = new Map(raters.map((name, place) => [name, place]));
  const placeOf = new Map<string, number>();
  const pairs: { word1: string; word2: string; line: number }[] = [];
  const gold: number[] = [];
  const ratings: (number | null)[][] = [];
  const attention = raters.map((_, rater) => ({ rater, passed: 0, failed: 0 }));
  for (const [
    row,
    [subject = '', , , word1 = '', word2 = '', , published = '', check, score = ''],
  ] of rows.entries()) {
    const rater = raterOf.get(subject) ?? 0;
    const own = attention[rater];
    if (check === '1' && own !== undefined) own[Number(score) >= 5 ? 'passed' : 'failed'] += 1;
    if (check !== '0') continue;
    const key = `${word1} ${word2}`;
    const place = placeOf.get(key) ?? pairs.length;
    if (place === pairs.length) {
      placeOf.set(key, place);
      pairs.push({ word1, word2, line: row + 2 });
      gold.push(Number(published));
      ratings.push(raters.map(() => null));
    }
    const of = ratings[place];
    if (of !== undefined) of[rater] = Number(score);
  }
  return { table: { pairs, gold, raters, ratings, namesPersons: true, events: null }, attention };
}
