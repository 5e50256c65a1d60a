import type { Entry, Fate } from './entry.ts';
import { asSent } from './entry.ts';
import type { Verdict } from './verdict.ts';

/** What the sender is about, as the page shows it. */
export type SenderState = 'idle' | 'sending' | 'no-network' | 'server-trouble' | 'logged-out';

/**
 * What ends a pause: an `entry` that was added; a `change` of circumstances (the network is back, the page was
 * opened again); `nothing`, where the server has said how long to stay away.
 */
export type Wake = 'entry' | 'change' | 'nothing';

export interface SenderPorts {
  /** The user's entries that the server has not taken, in the order of sending; read anew each time. */
  unsent(): Promise<readonly Entry[]>;
  /** Keeps what became of an entry. */
  settle(entry: Entry, fate: Fate): Promise<void>;
  /** Posts a judgement as it is to be sent now. */
  post(entry: Entry, submission: Entry['submission']): Promise<Verdict>;
  /** Waits; ends early on what `until` names, and when sending is to end. */
  pause(milliseconds: number, until: Wake): Promise<void>;
  report(state: SenderState): void;
  /** Uniform in [0, 1). */
  random(): number;
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60_000;
const IDLE_WAIT = 3_600_000;
/** Someone may log in in another tab without a word to this one. */
const LOGGED_OUT_WAIT = 30_000;

/**
 * How long to wait after the nth failure in a row (from 1): doubling from a second to a minute, spread over the
 * upper half so that many clients do not come back at once; never less than the server asked for.
 */
export function waitAfter(failures: number, afterMs: number | null, random: number): number {
  const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1));
  return Math.max(afterMs ?? 0, ceiling / 2 + (random * ceiling) / 2);
}

/**
 * Sends what waits, one at a time, in order, until `signal` ends it. A judgement leaves the queue only with a
 * receipt or a refusal; everything else is tried again. Run it in one tab only.
 */
export async function send(ports: SenderPorts, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const entries = await ports.unsent();
    const entry = entries.find(({ fate }) => fate.kind === 'waiting');
    if (entry === undefined) {
      failures = 0;
      ports.report('idle');
      await ports.pause(IDLE_WAIT, 'entry');
      continue;
    }
    const submission = asSent(entry, entries);
    if (submission === null) {
      await ports.settle(entry, { kind: 'moot' });
      continue;
    }
    if (failures === 0) ports.report('sending');
    const verdict = await ports.post(entry, submission);
    switch (verdict.kind) {
      case 'receipt':
        failures = 0;
        await ports.settle(entry, { kind: 'sent', receipt: verdict.receipt });
        break;
      case 'refused':
        failures = 0;
        await ports.settle(entry, { kind: 'parked', refusal: verdict.refusal });
        break;
      case 'log-in':
        ports.report('logged-out');
        await ports.pause(LOGGED_OUT_WAIT, 'change');
        break;
      case 'later':
        failures += 1;
        ports.report(verdict.cause === 'no-network' ? 'no-network' : 'server-trouble');
        await ports.pause(
          waitAfter(failures, verdict.afterMs, ports.random()),
          verdict.afterMs === null ? 'change' : 'nothing',
        );
        break;
    }
  }
}
