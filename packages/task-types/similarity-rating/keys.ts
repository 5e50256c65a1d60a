import type { KeyHelp } from '../task-type-web.ts';
import { blockKeyHelp, capOf, type BlockWords, type Press } from '../web/block/keys.ts';
import { MOST_KEYS, type SimilarityRatingProtocol } from './contract.ts';

type Scale = Pick<SimilarityRatingProtocol['scale'], 'low' | 'high'> & { readonly step?: number };

/** A point of the scale with the key that gives it, as printed. */
export interface ScalePoint {
  readonly value: number;
  readonly key: string;
}

/** The keys of points that are no digits, in order. */
const ROW = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'T'] as const;

/** How many points a scale has. */
export function countPoints({ low, high, step = 1 }: Scale): number {
  return Math.round((high - low) / step) + 1;
}

/** Whether a scale has too many points for a key each, so that a rating is typed as a number. */
export function isTyped(scale: Scale): boolean {
  return countPoints(scale) > MOST_KEYS;
}

/**
 * The points of a scale, low to high; none where they are typed. A point is on the key of its own digit. Ten has no
 * digit: it is on 0 where the scale begins above 0, else on the letter T. Points that are no digits, as halves, are on
 * the keys of the row of digits in order, from 1.
 */
export function scalePoints(scale: Scale): readonly ScalePoint[] {
  if (isTyped(scale)) return [];
  const { low, step = 1 } = scale;
  const values = Array.from({ length: countPoints(scale) }, (_, index) =>
    Number((low + index * step).toFixed(6)),
  );
  const areDigits = values.every((value) => Number.isInteger(value) && value >= 0 && value <= 10);
  return values.map((value, index) => ({
    value,
    key: !areDigits ? (ROW[index] ?? '') : value < 10 ? String(value) : low > 0 ? '0' : 'T',
  }));
}

/** What is typed of a number after a press: a digit, a dot (or comma), a minus where the scale goes below 0. */
export function typedAfter(typed: string, key: string, { low }: Scale): string | null {
  if (key === 'Backspace') return typed === '' ? null : typed.slice(0, -1);
  if (typed.length >= 8) return null;
  if (/^\d$/u.test(key)) return typed + key;
  if ((key === '.' || key === ',') && !typed.includes('.')) return `${typed === '' ? '0' : typed}.`;
  if (key === '-' && typed === '' && low < 0) return '-';
  return null;
}

/** The number that was typed; null where it is none. */
export function typedNumber(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  return /^-?\d+(?:\.\d*)?$/u.test(text) ? Number(text) : null;
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

export function similarityRatingKeys({
  scale,
  unknownWord = true,
}: Pick<SimilarityRatingProtocol, 'scale'> & { readonly unknownWord?: boolean }): readonly KeyHelp[] {
  return [
    ...ratingKeys(scale),
    ...blockKeyHelp({ ...BLOCK_WORDS, unknown: unknownWord ? BLOCK_WORDS.unknown : null }),
  ];
}

function ratingKeys(scale: SimilarityRatingProtocol['scale']): readonly KeyHelp[] {
  const { low, high, lowLabel, highLabel } = scale;
  const ends = `${low} is ${lowLabel}, ${high} is ${highLabel}`;
  if (isTyped(scale)) return [{ keys: '0 – 9 . Enter', does: `Type a rating, then Enter: ${ends}` }];
  const points = scalePoints(scale);
  const letters = points.filter(({ key }) => key === 'T');
  const digits = points.filter(({ key }) => key !== 'T');
  const last = digits.at(-1);
  return [
    { keys: `${digits[0]?.key ?? ''} – ${last?.key ?? ''}`, does: `Rate: ${ends}` },
    ...letters.map(({ key, value }) => ({ keys: key, does: `Rate ${value}` })),
  ];
}
