import type { KeyHelp } from '../task-type-web.ts';
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

export type Command =
  | { readonly kind: 'rate'; readonly value: number }
  | {
      readonly kind:
        'unknown-word' | 'undo' | 'skip' | 'comment' | 'doubt' | 'reconsider' | 'later' | 'come-back';
    };

type Letter = Exclude<Command['kind'], 'rate'>;
const LETTERS: Readonly<Record<string, Letter>> = {
  k: 'unknown-word',
  u: 'undo',
  s: 'skip',
  c: 'comment',
  d: 'doubt',
  l: 'later',
};
/** With Shift, what is done to another pair than the one in question. */
const WITH_SHIFT: Readonly<Record<string, Letter>> = { d: 'reconsider', l: 'come-back' };

/** What is needed of a keyboard's event. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The key cap that a press stands for: what it types, else what is printed there on a Latin keyboard. */
export function capOf({ key, code, ctrlKey, metaKey, altKey }: Omit<Press, 'shiftKey'>): string | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (/^[a-z\d]$/iu.test(key)) return key.toUpperCase();
  return /^(?:Key|Digit|Numpad)([A-Z\d])$/u.exec(code)?.[1] ?? null;
}

export function commandOf(press: Press, scale: Scale): Command | null {
  if ((press.ctrlKey || press.metaKey) && !press.altKey && press.key.toLowerCase() === 'z') {
    return { kind: 'undo' };
  }
  const cap = capOf(press);
  if (cap === null) return null;
  const point = scalePoints(scale).find((candidate) => candidate.key === cap);
  if (point !== undefined) return { kind: 'rate', value: point.value };
  const letter = cap.toLowerCase();
  const kind = (press.shiftKey ? WITH_SHIFT[letter] : undefined) ?? LETTERS[letter];
  return kind === undefined ? null : { kind };
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
    { keys: 'K', does: 'I don’t know one of these words' },
    { keys: 'U', does: 'Undo the last rating (also Ctrl Z)', beside: true },
    { keys: 'S', does: 'Skip, with a reason', beside: true },
    { keys: 'C', does: 'Comment on this pair; Tab goes on to what the comment is about', beside: true },
    { keys: 'D', does: 'In doubt: mark the rating that you are about to give as unsure', beside: true },
    { keys: 'Shift D', does: 'In doubt after all: mark the rating before as unsure', beside: true },
    { keys: 'L', does: 'Later: leave this pair open, come back to it at the end', beside: true },
    { keys: 'Shift L', does: 'Go to the next pair left for later', beside: true },
    { keys: 'Esc', does: 'Back to the pair' },
  ];
}
