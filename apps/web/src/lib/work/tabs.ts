import type { UserId } from '@casebook/contracts';
import type { SenderState } from './sender.ts';

/** What the tabs of one browser tell each other. */
export type TabWord =
  /** The queue of this user is not as it was. */
  | { readonly kind: 'queue'; readonly userId: UserId }
  /** How sending goes, said by the tab that does it. */
  | { readonly kind: 'sender'; readonly userId: UserId; readonly state: SenderState }
  | { readonly kind: 'sender?'; readonly userId: UserId }
  /** Someone logged out: everything was wiped, nobody may send. */
  | { readonly kind: 'wiped' };

const CHANNEL = 'casebook-work';

export class Tabs {
  readonly #channel = new BroadcastChannel(CHANNEL);

  listen(hear: (word: TabWord) => void): void {
    this.#channel.onmessage = (event: MessageEvent<TabWord>) => {
      hear(event.data);
    };
  }

  say(word: TabWord): void {
    this.#channel.postMessage(word);
  }

  close(): void {
    this.#channel.close();
  }
}

const SENDER_LOCK = 'casebook-sender';

/**
 * Runs `work` in one tab at a time; the next takes over when that one closes. Where there are no locks (a page
 * over plain HTTP) each tab runs it: the server takes a submission once, however often it comes.
 */
export async function inOneTab(
  userId: UserId,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  if (!('locks' in navigator)) return work();
  try {
    await navigator.locks.request(`${SENDER_LOCK}-${userId}`, { signal }, work);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
