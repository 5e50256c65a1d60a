import type { KeyHelp } from '../task-type-web.ts';

/** What a key does while a question is asked. */
export type Command =
  | { readonly kind: 'name' }
  | { readonly kind: 'new' }
  | { readonly kind: 'property' }
  | { readonly kind: 'non-referring' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'borders' }
  | { readonly kind: 'comment' }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'doubt' }
  | { readonly kind: 'reconsider' }
  | { readonly kind: 'later' }
  | { readonly kind: 'come-back' }
  | { readonly kind: 'point' }
  | { readonly kind: 'digit'; readonly digit: string };

/** Whether a command is not itself an answer or the way to one. */
export function isBeside({ kind }: Command): boolean {
  return BESIDE.has(kind);
}

const BESIDE: ReadonlySet<Command['kind']> = new Set([
  ...([
    'undo',
    'skip',
    'borders',
    'comment',
    'ambiguous',
    'doubt',
    'reconsider',
    'later',
    'come-back',
  ] as const),
]);

/** What is needed of a keyboard's event. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

type Letter = Exclude<Command['kind'], 'digit' | 'point'>;
const COMMANDS: Readonly<Record<string, Letter>> = {
  r: 'name',
  n: 'new',
  p: 'property',
  x: 'non-referring',
  u: 'undo',
  s: 'skip',
  c: 'comment',
  a: 'ambiguous',
  b: 'borders',
  d: 'doubt',
  l: 'later',
};
/** With Shift, what is done to another phrase than the one in question. */
const WITH_SHIFT: Readonly<Record<string, Letter>> = { d: 'reconsider', l: 'come-back' };

/**
 * The letter that a press stands for: what it types where that is a Latin letter, else the letter printed there on
 * a Latin keyboard, so that the keys work under any layout of any script. Null with Ctrl, Alt or Meta.
 */
export function letterOf({ key, code, ctrlKey, metaKey, altKey }: Omit<Press, 'shiftKey'>): string | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (/^[a-z]$/iu.test(key)) return key.toLowerCase();
  if (/^\p{L}\p{M}*$/u.test(key)) return /^Key([A-Z])$/u.exec(code)?.[1]?.toLowerCase() ?? null;
  return null;
}

/** The digit that a press stands for: what it types, or the key's own where Shift or the layout hides it. */
export function digitOf({ key, code, ctrlKey, metaKey, altKey }: Omit<Press, 'shiftKey'>): string | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (/^\d$/u.test(key)) return key;
  return /^(?:Digit|Numpad)(\d)$/u.exec(code)?.[1] ?? null;
}

export function commandOf(press: Press): Command | null {
  const { key, ctrlKey, metaKey, altKey } = press;
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'z') return { kind: 'undo' };
  if (key === 'ArrowLeft' && !ctrlKey && !metaKey && !altKey) return { kind: 'point' };
  const letter = letterOf(press);
  const kind =
    letter === null ? undefined : ((press.shiftKey ? WITH_SHIFT[letter] : undefined) ?? COMMANDS[letter]);
  if (kind !== undefined) return { kind };
  const digit = digitOf(press);
  return digit === null ? null : { kind: 'digit', digit };
}

/** The keys for a phrase's borders, where the task lets coders correct them. */
export const BORDER_KEYS: readonly KeyHelp[] = [
  { keys: '← →', does: 'In borders: move the end by a word; with Ctrl the start', beside: true },
  { keys: 'Del', does: 'In borders: back to the phrase as it was shown', beside: true },
  { keys: 'A', does: 'In borders: another piece, for a phrase with a gap', beside: true },
];

/** Where borders may fall inside words too. */
export const CHARACTER_KEYS: readonly KeyHelp[] = [
  {
    keys: 'Alt ← →',
    does: 'In borders: by a character; by a word where words are written without spaces',
    beside: true,
  },
];

export const COREFERENCE_KEYS: readonly KeyHelp[] = [
  { keys: 'R', does: 'Someone or something already named: then type part of a name' },
  { keys: '1 – 9', does: 'The entity with this number; Enter where a longer number could follow' },
  { keys: 'N', does: 'New here' },
  { keys: 'P', does: 'Describes another phrase: then choose which' },
  { keys: 'X', does: 'Does not refer' },
  { keys: '←', does: 'Point at earlier phrases in the text; ← → go from one to the next' },
  { keys: '↑ ↓', does: 'While choosing: go through what was found' },
  { keys: 'Enter', does: 'While choosing: answer with what is marked' },
  { keys: 'Space', does: 'While choosing: add it, for a phrase that names several together' },
  { keys: 'E', does: 'While pointing: judge that phrase again', beside: true },
  { keys: 'U', does: 'Undo the last answer (also Ctrl Z)', beside: true },
  { keys: 'S', does: 'Skip, with a reason', beside: true },
  { keys: 'C', does: 'Comment on this phrase; Tab goes on to what the comment is about', beside: true },
  {
    keys: 'A',
    does: 'Ambiguous: give two to four readings, the one that you prefer first, then Enter',
    beside: true,
  },
  { keys: 'B', does: 'Borders: say where the phrase should begin and end', beside: true },
  { keys: 'D', does: 'In doubt: mark the answer that you are about to give as unsure', beside: true },
  { keys: 'Shift D', does: 'In doubt after all: mark the answer before as unsure', beside: true },
  { keys: 'L', does: 'Later: leave this phrase open, come back to it at the end', beside: true },
  { keys: 'Shift L', does: 'Go to the next phrase left for later', beside: true },
  { keys: 'Esc', does: 'Back to the question' },
];
