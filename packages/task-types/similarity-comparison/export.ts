import { bradleyTerry, scoresByItem } from '@casebook/agreement';
import type { ItemId, MemberId } from '@casebook/contracts';
import { tableRow } from '@casebook/corpora';
import type { TaskExport, UnitExport } from '../task-type-server.ts';
import { namedPairs, type NamedPair } from '../word-pairs/pair-names.ts';
import { connectedItems } from './connected.ts';
import type { SimilarityComparisonAnswer, SimilarityComparisonUnit } from './contract.ts';

type Exported = UnitExport<SimilarityComparisonUnit, SimilarityComparisonAnswer>;

const TABS = { separator: '\t' } as const;
const COMMAS = { separator: ',' } as const;

interface Compared {
  readonly first: string;
  readonly second: string;
  readonly outcome: 'first' | 'second' | 'same';
  readonly coder: MemberId;
}

interface Comparisons {
  readonly pairs: ReadonlyMap<ItemId, NamedPair>;
  readonly made: readonly Compared[];
}

/** All comparisons; which pairs there are is known only when the last unit has been read. */
async function comparisonsOf(items: AsyncIterable<Exported>): Promise<Comparisons> {
  const units: Exported['units'][number][] = [];
  for await (const item of items) units.push(...item.units);
  units.sort((one, other) => numberOf(one.key) - numberOf(other.key));
  const pairs = namedPairs(units.flatMap(({ unit }) => [unit.first, unit.second]));
  const made = units.flatMap(({ unit, readings }) => {
    const first = pairs.get(unit.first.id)?.name ?? unit.first.id;
    const second = pairs.get(unit.second.id)?.name ?? unit.second.id;
    return readings
      .flatMap(({ answer: { kind }, coders }) =>
        kind === 'unknown-word' ? [] : coders.map((coder) => ({ first, second, outcome: kind, coder })),
      )
      .sort((one, other) => (one.coder < other.coder ? -1 : 1));
  });
  return { pairs, made };
}

function numberOf(key: string): number {
  return Number(/\d+$/u.exec(key)?.[0] ?? 0);
}

function decided(made: readonly Compared[]): { winner: string; loser: string; coder: MemberId }[] {
  return made.flatMap(({ first, second, outcome, coder }) => {
    if (outcome === 'same') return [];
    return [
      outcome === 'first' ? { winner: first, loser: second, coder } : { winner: second, loser: first, coder },
    ];
  });
}

/** Log strengths of mean 0 among the pairs that hang together; none where no finite ones fit best. */
function strengthsOf(made: readonly Compared[]): ReadonlyMap<string, number> {
  const decisions = decided(made);
  const parts = connectedItems(decisions.map(({ winner, loser }) => [winner, loser]));
  const partOf = new Map(parts.flatMap((items, part) => items.map((item) => [item, part] as const)));
  const strengths = new Map<string, number>();
  for (const own of Map.groupBy(decisions, ({ winner }) => partOf.get(winner)).values()) {
    for (const [item, strength] of scoresByItem(bradleyTerry(own))) strengths.set(item, strength);
  }
  return strengths;
}

/**
 * One row a pair, in the order of import: the words, the part of speech, the score, which is the share of its
 * comparisons that it won, one called the same counted as half a win (Bruni, Tran & Baroni 2014, without the half), the
 * log strength by Bradley & Terry of decided comparisons, and the counts. The last column is the name that the
 * comparisons call it by.
 */
export const comparisonTable: TaskExport<SimilarityComparisonUnit, SimilarityComparisonAnswer> = {
  format: 'tsv',
  title: 'Table of scores (TSV)',
  mediaType: 'text/tab-separated-values; charset=utf-8',
  extension: 'tsv',
  leavesOut: [
    'Who chose what: the comparisons are a table of their own.',
    'Strengths where no finite ones fit best, as where some pairs have won all against the others; between pairs that nothing connects they have no common scale.',
    'Comparisons with a word that the coder did not know, comments, skips, and earlier answers that a coder took back or replaced.',
  ],
  async *write(items) {
    const { pairs, made } = await comparisonsOf(items);
    const strengths = strengthsOf(made);
    const counts = new Map<string, { wins: number; same: number; comparisons: number }>();
    const count = (name: string, won: number, same: number): void => {
      const before = counts.get(name) ?? { wins: 0, same: 0, comparisons: 0 };
      counts.set(name, {
        wins: before.wins + won,
        same: before.same + same,
        comparisons: before.comparisons + 1,
      });
    };
    for (const { first, second, outcome } of made) {
      const same = outcome === 'same' ? 1 : 0;
      count(first, outcome === 'first' ? 1 : 0, same);
      count(second, outcome === 'second' ? 1 : 0, same);
    }
    yield tableRow(
      ['word1', 'word2', 'POS', 'score', 'strength', 'comparisons', 'wins', 'same', 'pair'],
      TABS,
    );
    for (const { pair, name } of pairs.values()) {
      const { wins, same, comparisons } = counts.get(name) ?? { wins: 0, same: 0, comparisons: 0 };
      yield tableRow(
        [
          ...[pair.word1, pair.word2, pair.partOfSpeech ?? ''],
          comparisons === 0 ? null : (wins + same / 2) / comparisons,
          strengths.get(name) ?? null,
          ...[comparisons, wins, same],
          name,
        ],
        TABS,
      );
    }
  },
};

/** One row a decided comparison, as `casebook aggregate --model bradley-terry` reads it. */
export const comparisonRows: TaskExport<SimilarityComparisonUnit, SimilarityComparisonAnswer> = {
  format: 'comparisons',
  title: 'Comparisons (CSV)',
  mediaType: 'text/csv; charset=utf-8',
  extension: 'csv',
  ofAnswers: true,
  leavesOut: [
    'Comparisons whose two were called the same, which neither won.',
    'Comparisons with a word that the coder did not know, comments, skips, and earlier answers that a coder took back or replaced.',
  ],
  async *write(items, names) {
    const { made } = await comparisonsOf(items);
    yield tableRow(['winner', 'loser', 'coder'], COMMAS);
    for (const { winner, loser, coder } of decided(made)) {
      yield tableRow([winner, loser, names.get(coder) ?? coder], COMMAS);
    }
  },
};
