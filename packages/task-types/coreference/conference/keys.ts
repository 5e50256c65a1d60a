import type { KeyHelp } from '../../task-type-web.ts';
import { letterOf, type Press } from '../keys.ts';

/** What a key does while a reading is put to a validator. */
export type ConferenceCommand = 'agree' | 'disagree' | 'cannot-tell' | 'comment' | 'back' | 'whole-text';

const COMMANDS: Readonly<Record<string, ConferenceCommand>> = {
  a: 'agree',
  d: 'disagree',
  t: 'cannot-tell',
  c: 'comment',
  u: 'back',
  w: 'whole-text',
};

export function conferenceCommandOf(press: Press): ConferenceCommand | null {
  const { key, ctrlKey, metaKey, altKey } = press;
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'z') return 'back';
  return COMMANDS[letterOf(press) ?? ''] ?? null;
}

export const CONFERENCE_KEYS: readonly KeyHelp[] = [
  { keys: 'A', does: 'Agree with the reading' },
  { keys: 'D', does: 'Disagree: then answer instead' },
  { keys: 'T', does: 'Can’t tell' },
  { keys: 'C', does: 'Comment on this reading' },
  { keys: 'U', does: 'Back to the reading before, to say something else (also Ctrl Z)' },
  { keys: 'W', does: 'The whole text, or only where the phrases stand' },
  { keys: 'R', does: 'Instead: someone or something already named; then type part of a name' },
  { keys: 'N', does: 'Instead: new here' },
  { keys: 'P', does: 'Instead: describes another phrase; then choose which' },
  { keys: 'X', does: 'Instead: does not refer' },
  { keys: '←', does: 'Instead: point at earlier phrases in the text; ← → go from one to the next' },
  { keys: 'Space', does: 'While choosing: add it, for a phrase that names several together' },
  {
    keys: 'Enter',
    does: 'While choosing: answer with what is marked; before: the same as answered to a reading before',
  },
  { keys: 'Esc', does: 'Back to the reading' },
];
