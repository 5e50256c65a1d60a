import type { SenderState } from './sender.ts';

/** How safe the coder's work is, in the words of the page. */
export interface SavedState {
  readonly kind: 'saved' | 'sending' | 'kept' | 'logged-out' | 'in-danger';
  readonly words: string;
}

/**
 * `writing` judgements are on their way to the disk, `waiting` on their way to the server (those included);
 * `durable` is whether this browser has a disk for us at all.
 */
export function savedState({
  writing,
  waiting,
  sender,
  online,
  durable,
  writeFailure,
}: {
  readonly writing: number;
  readonly waiting: number;
  readonly sender: SenderState;
  readonly online: boolean;
  readonly durable: boolean;
  readonly writeFailure: string | null;
}): SavedState {
  if (waiting > 0 && (!durable || writeFailure !== null) && sender !== 'sending') {
    return { kind: 'in-danger', words: `${waiting} not sent: keep this page open` };
  }
  if (sender === 'logged-out' && waiting > 0) {
    return { kind: 'logged-out', words: `Log in again to send ${waiting}` };
  }
  // Nothing is said to be kept before the disk has it: a browser may end at any moment.
  if (writing > 0 && (!online || sender !== 'sending')) return { kind: 'sending', words: 'Saving …' };
  const away =
    !online || sender === 'no-network' ? 'Offline' : sender === 'server-trouble' ? 'Server away' : null;
  if (waiting === 0)
    return away === null || online ? { kind: 'saved', words: 'Saved' } : { kind: 'kept', words: 'Offline' };
  if (away !== null) return { kind: 'kept', words: `${away} · ${waiting} kept here` };
  return { kind: 'sending', words: writing > 0 ? 'Saving …' : `Sending ${waiting} …` };
}
