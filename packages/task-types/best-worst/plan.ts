import { designTuples } from '@casebook/agreement';
import { PlanRefusal } from '../plan-refusal.ts';
import type { PlannedItem, PlanRequest, SectionPlan, UnitPlan } from '../task-type-server.ts';
import { inBlocks } from '../word-pairs/blocks.ts';
import { unitPairOf, type UnitPair } from '../word-pairs/unit-pair.ts';
import type { BestWorstProtocol, BestWorstUnit } from './contract.ts';

/**
 * Tuples over all pairs, designed from the seed (see `designTuples`), in blocks of the protocol's size. Tuples
 * have no reading order: sorted by their pairs, the same pair would come time after time. So they come as they were
 * designed, which is shuffled. All pairs are held until the last one is read.
 *
 * @throws PlanRefusal where there are fewer pairs than stand in a tuple.
 */
export async function* planBestWorst(
  items: AsyncIterable<PlannedItem>,
  { protocol, seed }: PlanRequest<BestWorstProtocol>,
): AsyncGenerator<SectionPlan<BestWorstUnit>> {
  const pairs: UnitPair[] = [];
  for await (const item of items) pairs.push(unitPairOf(item));
  const { tupleSize: size, factor } = protocol;
  if (pairs.length < size) {
    const held = pairs.length === 1 ? 'is one' : `are ${pairs.length}`;
    throw new PlanRefusal(
      `A tuple takes ${size} pairs, and there ${held} in this collection: add some, and make the task again.`,
    );
  }
  const { tuples } = designTuples({ items: pairs.length, size, factor, seed });
  yield* inBlocks(
    tuples.map((tuple, index) => unitOf(tuple, index + 1, pairs)),
    protocol.blockSize,
  );
}

function unitOf(tuple: readonly number[], number: number, all: readonly UnitPair[]): UnitPlan<BestWorstUnit> {
  const pairs = tuple.flatMap((index) => all[index] ?? []);
  const [first] = pairs;
  if (first === undefined) throw new RangeError('a tuple without pairs');
  return { itemId: first.id, key: `tuple-${number}`, content: { pairs } };
}
