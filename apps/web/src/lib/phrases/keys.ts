import type { KeyHelp } from '#lib/help.svelte.ts';

export type ReviewCommand =
  | 'accept'
  | 'reject'
  | 'next'
  | 'previous'
  | 'make'
  | 'undo'
  | 'accept-rest'
  | 'end-back'
  | 'end-on'
  | 'start-back'
  | 'start-on'
  | 'shift-back'
  | 'shift-on';

const LETTERS: Readonly<Record<string, ReviewCommand>> = {
  a: 'accept',
  r: 'reject',
  j: 'next',
  k: 'previous',
  m: 'make',
  u: 'undo',
};

/** What a press does to the phrase in question; null where nothing. */
export function reviewCommandOf(
  press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): ReviewCommand | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press;
  if (altKey) return null;
  const back = key === 'ArrowLeft';
  if (back || key === 'ArrowRight') {
    if (shiftKey) {
      if (ctrlKey || metaKey) return back ? 'start-back' : 'start-on';
      return back ? 'end-back' : 'end-on';
    }
    return ctrlKey || metaKey ? null : back ? 'shift-back' : 'shift-on';
  }
  if (ctrlKey || metaKey) return key.toLowerCase() === 'z' && !shiftKey ? 'undo' : null;
  if (key === 'A' && shiftKey) return 'accept-rest';
  return LETTERS[key.toLowerCase()] ?? null;
}

export const REVIEW_KEYS: readonly KeyHelp[] = [
  { keys: 'A', does: 'Accept the phrase, go to the next open one' },
  { keys: 'R', does: 'Reject it' },
  { keys: 'J  K', does: 'To the next or previous phrase' },
  { keys: 'Shift ← →', does: 'Shrink or stretch it at its end, a word at a time' },
  { keys: 'Ctrl Shift ← →', does: 'The same at its beginning' },
  { keys: 'M', does: 'Make a phrase of your own; ← → move it' },
  { keys: 'U', does: 'Undo (also Ctrl Z)' },
  { keys: 'Shift A', does: 'Accept all that remain' },
];
