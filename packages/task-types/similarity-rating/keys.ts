import type { KeyHelp } from '../task-type-web.ts';
import { blockKeyHelp, capOf, type BlockWords, type Press } from '../web/block/keys.ts';
import type { SimilarityRatingProtocol } from './contract.ts';

type Scale = Pick<SimilarityRatingProtocol['scale'], 'low' | 'high'>;

/** A point of the scale with the key that gives it, as printed: the digit itself; 10 is on 0 where 0 is free. */
export interface ScalePoint {
  readonly value: number;
  readonly key: string;
}

/**
 * The points of a scale, low to high. A point is on the key of its own digit. Ten has no digit: it is on 0 where
 * the scale begins above 0, else on the letter T.
 */
export function scalePoints({ low, high }: Scale): readonly ScalePoint[] {
  return Array.from({ length: high - low + 1 }, (_, index) => {
    const value = low + index;
    return { value, key: value < 10 ? String(value) : low > 0 ? '0' : 'T' };
  });
}

export const BLOCK_WORDS: BlockWords = {
  unit: 'pair',
  answer: 'rating',
  unknown: 'I don’t know one of these words',
};

/** The point of the scale that a press gives; null where it gives none. */
export function pointOf(press: Omit<Press, 'shiftKey'>, scale: Scale): number | null {
  const cap = capOf(press);
  return scalePoints(scale).find(({ key }) => key === cap)?.value ?? null;
}

export function similarityRatingKeys({ scale }: Pick<SimilarityRatingProtocol, 'scale'>): readonly KeyHelp[] {
  const points = scalePoints(scale);
  const digits = points.filter(({ value }) => value < 10);
  const ten = points.find(({ value }) => value === 10);
  return [
    {
      keys: `${digits[0]?.key ?? ''} – ${digits.at(-1)?.key ?? ''}`,
      does: `Rate: ${scale.low} is ${scale.lowLabel}, ${scale.high} is ${scale.highLabel}`,
    },
    ...(ten === undefined ? [] : [{ keys: ten.key, does: 'Rate 10' }]),
    ...blockKeyHelp(BLOCK_WORDS),
  ];
}
