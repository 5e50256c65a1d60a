import { namedGenerator, shuffle } from '@casebook/agreement';
import { wordPairOf } from '../item-content.ts';
import type { PlannedItem, PlanRequest, SectionPlan, UnitPlan } from '../task-type-server.ts';
import { inBlocks } from '../word-pairs/blocks.ts';
import type { SimilarityRatingProtocol, SimilarityRatingUnit } from './contract.ts';

/** A pair is an item of one unit. */
export const PAIR_KEY = 'pair';

/** Every pair is a unit; blocks of the protocol's size follow each other, in list order or shuffled as a whole. */
export async function* planSimilarityRating(
  items: AsyncIterable<PlannedItem>,
  { protocol, order, seed }: PlanRequest<SimilarityRatingProtocol>,
): AsyncGenerator<SectionPlan<SimilarityRatingUnit>> {
  const units = order === 'reading' ? unitsOf(items) : shuffled(unitsOf(items), seed);
  yield* inBlocks(units, protocol.blockSize);
}

async function* unitsOf(items: AsyncIterable<PlannedItem>): AsyncGenerator<UnitPlan<SimilarityRatingUnit>> {
  for await (const item of items) {
    const { word1, word2, partOfSpeech } = wordPairOf(item);
    const content = { word1, word2, ...(partOfSpeech === undefined ? {} : { partOfSpeech }) };
    yield { itemId: item.id, key: PAIR_KEY, content };
  }
}

async function* shuffled(
  units: AsyncIterable<UnitPlan<SimilarityRatingUnit>>,
  seed: number,
): AsyncGenerator<UnitPlan<SimilarityRatingUnit>> {
  const all: UnitPlan<SimilarityRatingUnit>[] = [];
  for await (const unit of units) all.push(unit);
  yield* shuffle(all, namedGenerator('order of pairs', seed));
}
