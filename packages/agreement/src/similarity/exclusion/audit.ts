import { krippendorffsAlpha } from '../../alpha/krippendorffs-alpha.ts';
import { amiaa } from '../../continuous/inter-coder-correlation.ts';
import { correlationOf } from '../../continuous/moments.ts';
import { averageRanks } from '../../continuous/ranks.ts';
import { pairMeans, type RatingTable, studyOfTable, withoutRaters } from '../ratings/rating-table.ts';
import { PairwiseAgreement } from './pairwise-agreement.ts';
import {
  attentionRule,
  type AttentionChecks,
  multiSimlexRounds,
  type RuleOutcome,
  simlexRule,
} from './rules.ts';

/** Agreement of those who are left. */
export interface AgreementFigures {
  readonly raters: number;
  readonly apiaa: number | null;
  readonly amiaa: number | null;
  readonly alpha: number | null;
}

/** How far the mean ratings move when raters are left out. */
export interface GoldShift {
  readonly meanAbsolute: number;
  readonly largest: number;
  /** The pair that moves farthest. */
  readonly pair: number;
  /** Spearman of the means before with those after. */
  readonly spearman: number | null;
  /** Pairs left without any rating. */
  readonly lost: number;
}

export type AuditedRule =
  | {
      readonly kind: 'applied';
      readonly rule: string;
      readonly description: string;
      readonly excluded: readonly string[];
      readonly figures: Readonly<Record<string, number>>;
      readonly before: AgreementFigures;
      readonly after: AgreementFigures;
      readonly goldShift: GoldShift | null;
      /** Null where the table has no gold of its own. Spearman of gold with the means, before and after. */
      readonly withGold: { readonly before: number | null; readonly after: number | null } | null;
    }
  | { readonly kind: 'not-applicable'; readonly rule: string; readonly reason: string };

/** What the dataset loses with one rater. */
export interface RaterInfluence {
  readonly rater: string;
  readonly ratings: number;
  /** His mean Spearman with the others. */
  readonly meanWithOthers: number | null;
  /** APIAA of the others minus APIAA of all: positive where agreement rises without him. */
  readonly apiaaWithout: number | null;
  readonly goldShift: GoldShift | null;
}

export interface ExclusionAudit {
  readonly leastShared: number;
  readonly rules: readonly AuditedRule[];
  /** The most influential first. */
  readonly influence: readonly RaterInfluence[];
}

export interface AuditOptions {
  /** Fewest shared pairs of a correlation that counts; 2 for complete tables and 20 for others unless stated. */
  readonly leastShared?: number;
  readonly attention?: readonly AttentionChecks[];
}

/** Every rule in use, applied to the same table, each on its own; nothing is left out for good. */
export function exclusionAudit(table: RatingTable, options: AuditOptions = {}): ExclusionAudit {
  const gappy = table.ratings.some((row) => row.includes(null));
  const leastShared = options.leastShared ?? (gappy ? 20 : 2);
  const agreement = new PairwiseAgreement(table, leastShared);
  const before = figuresOf(table, agreement, new Set(), leastShared);
  const rules: [string, RuleOutcome][] = [
    ['simlex-one-sd', simlexRule(agreement)],
    ['multi-simlex-rounds', multiSimlexRounds(agreement)],
    ['attention-checks', attentionRule(options.attention ?? [])],
  ];
  return {
    leastShared,
    rules: rules.map(([rule, outcome]): AuditedRule => {
      if (!('excluded' in outcome)) return { kind: 'not-applicable', rule, reason: outcome.reason };
      const dropped = new Set(outcome.excluded);
      const rest = withoutRaters(table, dropped);
      return {
        kind: 'applied',
        rule,
        description: outcome.description,
        excluded: outcome.excluded.map((rater) => table.raters[rater] ?? ''),
        figures: outcome.figures,
        before,
        after: dropped.size === 0 ? before : figuresOf(table, agreement, dropped, leastShared),
        goldShift: goldShift(table, rest),
        withGold: table.gold === null ? null : { before: meansWithGold(table), after: meansWithGold(rest) },
      };
    }),
    influence: influenceOf(table, agreement),
  };
}

function influenceOf(table: RatingTable, agreement: PairwiseAgreement): RaterInfluence[] {
  const all = agreement.meanOfAll();
  return table.raters
    .map((name, rater): RaterInfluence => {
      const without = agreement.meanOfAll(new Set([rater]));
      return {
        rater: name,
        ratings: table.ratings.filter((row) => (row[rater] ?? null) !== null).length,
        meanWithOthers: agreement.meanOf(rater),
        apiaaWithout: without === null || all === null ? null : without - all,
        goldShift: table.raters.length < 2 ? null : shiftWithout(table, rater),
      };
    })
    .filter(({ ratings }) => ratings > 0)
    .sort((one, other) => (other.goldShift?.meanAbsolute ?? 0) - (one.goldShift?.meanAbsolute ?? 0));
}

/** As {@link goldShift} of one rater, over the pairs that he rated. */
function shiftWithout(table: RatingTable, rater: number): GoldShift | null {
  const before: number[] = [];
  const after: number[] = [];
  let largest = { pair: -1, move: 0 };
  let lost = 0;
  for (const [pair, row] of table.ratings.entries()) {
    const own = row[rater] ?? null;
    if (own === null) continue;
    let sum = 0;
    let count = 0;
    for (const value of row) {
      if (value === null) continue;
      sum += value;
      count += 1;
    }
    if (count === 1) {
      lost += 1;
      continue;
    }
    before.push(sum / count);
    after.push((sum - own) / (count - 1));
    const move = Math.abs(sum / count - (sum - own) / (count - 1));
    if (move > largest.move || largest.pair < 0) largest = { pair, move };
  }
  return shiftOf(before, after, largest, lost);
}

function goldShift(table: RatingTable, rest: RatingTable): GoldShift | null {
  const means = pairMeans(table);
  const remaining = pairMeans(rest);
  const before: number[] = [];
  const after: number[] = [];
  let largest = { pair: -1, move: 0 };
  let lost = 0;
  for (const [pair, mean] of means.entries()) {
    const left = remaining[pair] ?? null;
    if (mean === null) continue;
    if (left === null) {
      lost += 1;
      continue;
    }
    before.push(mean);
    after.push(left);
    if (Math.abs(mean - left) > largest.move || largest.pair < 0)
      largest = { pair, move: Math.abs(mean - left) };
  }
  return shiftOf(before, after, largest, lost);
}

function shiftOf(
  before: readonly number[],
  after: readonly number[],
  largest: { readonly pair: number; readonly move: number },
  lost: number,
): GoldShift | null {
  if (before.length === 0) return null;
  const total = before.reduce((sum, value, at) => sum + Math.abs(value - (after[at] ?? value)), 0);
  return {
    meanAbsolute: total / before.length,
    largest: largest.move,
    pair: largest.pair,
    spearman: before.length < 2 ? null : correlationOf(averageRanks(before), averageRanks(after)),
    lost,
  };
}

function figuresOf(
  table: RatingTable,
  agreement: PairwiseAgreement,
  dropped: ReadonlySet<number>,
  leastShared: number,
): AgreementFigures {
  const made = studyOfTable(withoutRaters(table, dropped));
  const raters = table.raters.length - dropped.size;
  if (made.study === null) return { raters, apiaa: null, amiaa: null, alpha: null };
  return {
    raters: made.columns.length,
    apiaa: agreement.meanOfAll(dropped),
    amiaa: amiaa(made.study, { minimumOverlap: Math.min(leastShared, 10) }).value,
    alpha: krippendorffsAlpha(made.study, { metric: 'interval', interval: { method: 'none' } }).value,
  };
}

function meansWithGold(table: RatingTable): number | null {
  const means = pairMeans(table);
  const rows = (table.gold ?? []).flatMap((gold, pair) => {
    const mean = means[pair] ?? null;
    return gold === null || mean === null ? [] : [{ gold, mean }];
  });
  return rows.length < 2
    ? null
    : correlationOf(averageRanks(rows.map(({ gold }) => gold)), averageRanks(rows.map(({ mean }) => mean)));
}
