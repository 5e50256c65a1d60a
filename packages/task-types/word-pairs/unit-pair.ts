import { itemIdSchema } from '@casebook/contracts';
import { z } from 'zod';
import { wordPairOf } from '../item-content.ts';
import type { PlannedItem } from '../task-type-server.ts';

/** A pair as it stands in a unit beside others, with the item that it comes from. */
export const unitPairSchema = z.strictObject({
  id: itemIdSchema,
  word1: z.string().min(1),
  word2: z.string().min(1),
  partOfSpeech: z.string().optional(),
});
export type UnitPair = z.infer<typeof unitPairSchema>;

/** What a unit holds of an item. @throws TypeError where the item is no word pair */
export function unitPairOf(item: PlannedItem): UnitPair {
  const { word1, word2, partOfSpeech } = wordPairOf(item);
  return { id: item.id, word1, word2, ...(partOfSpeech === undefined ? {} : { partOfSpeech }) };
}

export function wordsOf({ word1, word2 }: Pick<UnitPair, 'word1' | 'word2'>): string {
  return `${word1} – ${word2}`;
}
