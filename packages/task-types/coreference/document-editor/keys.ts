import type { KeyHelp } from '../../task-type-web.ts';
import { digitOf, letterOf, type Press } from '../keys.ts';

export type EditorCommand =
  | 'another-piece'
  | 'bridge'
  | 'deixis'
  | 'describe'
  | 'find'
  | 'go'
  | 'head'
  | 'minimum'
  | 'next-mention'
  | 'previous-mention'
  | 'next-of-entity'
  | 'previous-of-entity'
  | 'make'
  | 'new'
  | 'take-out'
  | 'property'
  | 'refer'
  | 'split'
  | 'merge'
  | 'undo'
  | 'redo'
  | 'non-referring'
  | 'remove';

const LETTERS: Readonly<Record<string, EditorCommand>> = {
  a: 'another-piece',
  b: 'bridge',
  d: 'deixis',
  e: 'describe',
  f: 'find',
  g: 'go',
  h: 'head',
  i: 'minimum',
  j: 'next-mention',
  k: 'previous-mention',
  m: 'make',
  n: 'new',
  o: 'take-out',
  p: 'property',
  r: 'refer',
  s: 'split',
  t: 'merge',
  u: 'undo',
  y: 'redo',
  x: 'non-referring',
};

export interface EditorPress extends Press {
  readonly shiftKey: boolean;
}

/** What a key does to the mention that is selected, or to the text; null for arrows, digits, Enter and Esc. */
export function editorCommandOf(press: EditorPress): EditorCommand | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press;
  if ((ctrlKey || metaKey) && !altKey) {
    const letter = key.toLowerCase();
    if (letter === 'z') return shiftKey ? 'redo' : 'undo';
    return letter === 'y' ? 'redo' : null;
  }
  if (key === 'Delete' || key === 'Backspace') return 'remove';
  const letter = letterOf(press);
  if (letter === 'j' && shiftKey) return 'next-of-entity';
  if (letter === 'k' && shiftKey) return 'previous-of-entity';
  return letter === null ? null : (LETTERS[letter] ?? null);
}

export { digitOf };

export const DOCUMENT_KEYS: readonly KeyHelp[] = [
  { keys: '← →', does: 'Go through the text word by word' },
  { keys: '↑ ↓', does: 'To the sentence before or after' },
  { keys: 'J  K', does: 'To the next or previous mention' },
  { keys: 'Shift J  Shift K', does: 'To the next or previous mention of the same entity' },
  { keys: 'G', does: 'Go to an entity: type its number or part of a name' },
  { keys: 'F', does: 'Find words in the text' },
  { keys: 'Enter', does: 'Select the mention at the cursor; again for the one around it' },
  { keys: 'Shift ← →', does: 'Stretch or shrink the span at its end, a word at a time' },
  { keys: 'Ctrl Shift ← →', does: 'The same at its beginning' },
  { keys: 'A', does: 'While choosing a span: and another piece, apart from this one' },
  { keys: 'M', does: 'Make a mention of the span (also Enter)' },
  { keys: 'R', does: 'Refers to someone or something named elsewhere: then choose; Space adds several' },
  { keys: '1 – 9', does: 'Refers to the entity with this number' },
  { keys: 'N', does: 'New: an entity of its own' },
  { keys: 'P', does: 'Describes another phrase: then choose which' },
  { keys: 'X', does: 'Does not refer' },
  { keys: 'O', does: 'Out of its entity; or take back what is said of it' },
  { keys: 'T', does: 'Together with: merge its entity with another' },
  { keys: 'S', does: 'Split its entity: choose who leaves' },
  { keys: 'E', does: 'Name and type of its entity' },
  { keys: 'H', does: 'Its head; I its minimum span' },
  { keys: 'B', does: 'Bridge: it belongs to another entity, or is part of it' },
  { keys: 'D', does: 'Points at a stretch of the text (discourse deixis)' },
  { keys: 'Del', does: 'Remove the mention; while choosing a head, minimum or stretch: have none' },
  { keys: 'U', does: 'Undo (also Ctrl Z)' },
  { keys: 'Y', does: 'Redo (also Ctrl Y, Ctrl Shift Z)' },
  { keys: 'Esc', does: 'Leave what is being done; then let go of the mention' },
];
