import type { KeyHelp } from '../../task-type-web.ts';

/** What every block of short questions knows beside its answers. */
export type BlockCommand =
  'unknown-word' | 'undo' | 'skip' | 'comment' | 'doubt' | 'reconsider' | 'later' | 'come-back';

const LETTERS: Readonly<Record<string, BlockCommand>> = {
  K: 'unknown-word',
  U: 'undo',
  S: 'skip',
  C: 'comment',
  D: 'doubt',
  L: 'later',
};
/** With Shift, what is done to another unit than the one in question. */
const WITH_SHIFT: Readonly<Record<string, BlockCommand>> = { D: 'reconsider', L: 'come-back' };

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

export function blockCommandOf(press: Press): BlockCommand | null {
  if ((press.ctrlKey || press.metaKey) && !press.altKey && press.key.toLowerCase() === 'z') return 'undo';
  const cap = capOf(press);
  if (cap === null) return null;
  return (press.shiftKey ? WITH_SHIFT[cap] : undefined) ?? LETTERS[cap] ?? null;
}

/** The words in which the keys of a block are explained. */
export interface BlockWords {
  /** What is judged, in the singular: `pair`. */
  readonly unit: string;
  /** What is given: `rating`. */
  readonly answer: string;
  /** What is said where a word is not known; null where that cannot be said. */
  readonly unknown: string | null;
}

export function blockKeyHelp({ unit, answer, unknown }: BlockWords): readonly KeyHelp[] {
  return [
    ...(unknown === null ? [] : [{ keys: 'K', does: unknown }]),
    { keys: 'U', does: `Undo the last ${answer} (also Ctrl Z)`, beside: true },
    { keys: 'S', does: 'Skip, with a reason', beside: true },
    { keys: 'C', does: `Comment on this ${unit}; Tab goes on to what the comment is about`, beside: true },
    { keys: 'D', does: `In doubt: mark the ${answer} that you are about to give as unsure`, beside: true },
    { keys: 'Shift D', does: `In doubt after all: mark the ${answer} before as unsure`, beside: true },
    { keys: 'L', does: `Later: leave this ${unit} open, come back to it at the end`, beside: true },
    { keys: 'Shift L', does: `Go to the next ${unit} left for later`, beside: true },
    { keys: 'Esc', does: `Back to the ${unit}` },
  ];
}
