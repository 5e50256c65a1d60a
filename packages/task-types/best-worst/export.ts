import { bestWorstCounting, type BestWorst } from '@casebook/agreement';
import type { ItemId, MemberId } from '@casebook/contracts';
import { tableRow } from '@casebook/corpora';
import type { TaskExport, UnitExport } from '../task-type-server.ts';
import { namedPairs, type NamedPair } from '../word-pairs/pair-names.ts';
import type { BestWorstAnswer, BestWorstUnit } from './contract.ts';

type Exported = UnitExport<BestWorstUnit, BestWorstAnswer>;

const TABS = { separator: '\t' } as const;
const COMMAS = { separator: ',' } as const;

interface Choices {
  readonly pairs: ReadonlyMap<ItemId, NamedPair>;
  /** One a tuple and coder, the tuples in their order, coders by their ids. */
  readonly judgements: readonly (BestWorst & { readonly tuple: string; readonly coder: MemberId })[];
}

/** All that was chosen; which pairs there are is known only when the last unit has been read. */
async function choicesOf(items: AsyncIterable<Exported>): Promise<Choices> {
  const units: Exported['units'][number][] = [];
  for await (const item of items) units.push(...item.units);
  units.sort((one, other) => numberOf(one.key) - numberOf(other.key));
  const pairs = namedPairs(units.flatMap(({ unit }) => unit.pairs));
  const judgements = units.flatMap(({ key, unit, readings }) => {
    const names = unit.pairs.map(({ id }) => pairs.get(id)?.name ?? id);
    const at = (place: number): string => names[place - 1] ?? '';
    return readings
      .flatMap(({ answer, coders }) =>
        answer.kind === 'best-worst'
          ? coders.map((coder) => ({
              tuple: key,
              coder,
              items: names,
              best: at(answer.best),
              worst: at(answer.worst),
            }))
          : [],
      )
      .sort((one, other) => (one.coder < other.coder ? -1 : 1));
  });
  return { pairs, judgements };
}

function numberOf(key: string): number {
  return Number(/\d+$/u.exec(key)?.[0] ?? 0);
}

/**
 * One row a pair, in the order of import: the words, the part of speech, the score (best − worst) / shown from −1 to 1
 * (Orme 2009), how often it was shown to somebody who chose, and how often chosen as best and as worst. The score is
 * empty where nobody chose yet. The last column is the name that the choices call it by.
 */
export const bestWorstTable: TaskExport<BestWorstUnit, BestWorstAnswer> = {
  format: 'tsv',
  title: 'Table of scores (TSV)',
  mediaType: 'text/tab-separated-values; charset=utf-8',
  extension: 'tsv',
  leavesOut: [
    'Who chose what: the choices are a table of their own.',
    'Tuples with a word that the coder did not know, comments, skips, and earlier answers that a coder took back or replaced.',
  ],
  async *write(items) {
    const { pairs, judgements } = await choicesOf(items);
    const counted = judgements.length === 0 ? null : bestWorstCounting(judgements);
    const best = Map.groupBy(judgements, (judgement) => judgement.best);
    const worst = Map.groupBy(judgements, (judgement) => judgement.worst);
    yield tableRow(['word1', 'word2', 'POS', 'score', 'shown', 'best', 'worst', 'pair'], TABS);
    for (const { pair, name } of pairs.values()) {
      yield tableRow(
        [
          pair.word1,
          pair.word2,
          pair.partOfSpeech ?? '',
          counted?.scores.get(name) ?? null,
          counted?.shown.get(name) ?? 0,
          best.get(name)?.length ?? 0,
          worst.get(name)?.length ?? 0,
          name,
        ],
        TABS,
      );
    }
  },
};

/** One row a tuple and coder, as `casebook aggregate --model best-worst` reads it. */
export const bestWorstChoices: TaskExport<BestWorstUnit, BestWorstAnswer> = {
  format: 'choices',
  title: 'Best–worst choices (CSV)',
  mediaType: 'text/csv; charset=utf-8',
  extension: 'csv',
  ofAnswers: true,
  leavesOut: [
    'Tuples with a word that the coder did not know, comments, skips, and earlier answers that a coder took back or replaced.',
  ],
  async *write(items, names) {
    const { judgements } = await choicesOf(items);
    yield tableRow(['tuple', 'coder', 'items', 'best', 'worst'], COMMAS);
    for (const { tuple, coder, items: shown, best, worst } of judgements) {
      yield tableRow([tuple, names.get(coder) ?? coder, shown.join('|'), best, worst], COMMAS);
    }
  },
};
