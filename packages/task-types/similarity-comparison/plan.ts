import { designComparisons, namedGenerator, shuffle } from '@casebook/agreement';
import { PlanRefusal } from '../plan-refusal.ts';
import type { PlannedItem, PlanRequest, SectionPlan } from '../task-type-server.ts';
import { inBlocks } from '../word-pairs/blocks.ts';
import { unitPairOf, wordsOf, type UnitPair } from '../word-pairs/unit-pair.ts';
import type { SimilarityComparisonProtocol, SimilarityComparisonUnit } from './contract.ts';

/** How many targets with a single candidate are named. */
const NAMED = 5;

/**
 * Comparisons of pairs with each other, or within every target of those that share their first word, designed from the
 * seed (see `designComparisons`) and shuffled, in blocks of the protocol's size. Comparisons have no reading order:
 * sorted by their pairs, the same pair would come time after time. All pairs are held until the last one is read.
 *
 * @throws PlanRefusal where there is nothing to compare a pair with.
 */
export async function* planSimilarityComparison(
  items: AsyncIterable<PlannedItem>,
  { protocol, seed }: PlanRequest<SimilarityComparisonProtocol>,
): AsyncGenerator<SectionPlan<SimilarityComparisonUnit>> {
  const pairs: UnitPair[] = [];
  for await (const item of items) pairs.push(unitPairOf(item));
  if (pairs.length < 2) {
    throw new PlanRefusal(
      'To compare takes two pairs, and this collection holds fewer: add some, and make the task again.',
    );
  }
  const groups =
    protocol.among === 'all-pairs' ? [pairs] : [...Map.groupBy(pairs, ({ word1 }) => word1).values()];
  refuseLone(groups);
  const units = groups.flatMap((group) =>
    designComparisons({ items: group.length, partners: protocol.partners, seed }).comparisons.flatMap(
      ([one, other]): SimilarityComparisonUnit[] => {
        const first = group[one];
        const second = group[other];
        return first === undefined || second === undefined ? [] : [{ first, second }];
      },
    ),
  );
  const shuffled = shuffle(units, namedGenerator('order of comparisons', seed));
  yield* inBlocks(
    shuffled.map((content, index) => ({
      itemId: content.first.id,
      key: `comparison-${index + 1}`,
      content,
    })),
    protocol.blockSize,
  );
}

function refuseLone(groups: readonly (readonly UnitPair[])[]): void {
  const lone = groups.flatMap((group) => (group.length === 1 ? group : []));
  if (lone.length === 0) return;
  const named = lone.slice(0, NAMED).map(wordsOf).join(', ');
  const more = lone.length > NAMED ? `, and ${lone.length - NAMED} more` : '';
  throw new PlanRefusal(
    `A target takes two candidates, and these pairs share their first word with no other: ${named}${more}.`,
  );
}
