import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, Fate } from './entry.ts';
import { send, waitAfter, type SenderState, type Wake } from './sender.ts';
import { entry, rated, receiptFor, submissionId, withdrawn } from './specimen.ts';
import type { Verdict } from './verdict.ts';

type Sendable = Entry['submission'];

/** A sender over a queue, and a server that answers by script; it ends when it would idle. */
async function sending(queue: Entry[], script: (attempt: number, submission: Sendable) => Verdict) {
  const entries = [...queue];
  const posted: Sendable[] = [];
  const pauses: number[] = [];
  const wakes: Wake[] = [];
  const states: SenderState[] = [];
  const end = new AbortController();
  await send(
    {
      unsent: async () => entries.filter(({ fate }) => fate.kind !== 'sent'),
      settle: async (settled, fate: Fate) => {
        entries[entries.findIndex(({ seq }) => seq === settled.seq)] = { ...settled, fate };
      },
      post: async (_, submission) => {
        posted.push(submission);
        return script(posted.length, submission);
      },
      pause: async (milliseconds, until) => {
        if (states.at(-1) === 'idle') end.abort();
        else {
          pauses.push(milliseconds);
          wakes.push(until);
        }
      },
      report: (state) => states.push(state),
      random: () => 1,
    },
    end.signal,
  );
  return { entries, posted, pauses, wakes, states, fates: entries.map(({ fate }) => fate.kind) };
}

const taken = (submission: Sendable): Verdict => ({ kind: 'receipt', receipt: receiptFor(submission) });
const refused: Verdict = { kind: 'refused', refusal: { status: 422, title: 'No', detail: 'No.' } };
const lost: Verdict = { kind: 'later', cause: 'no-network', afterMs: null };

describe('the sender', () => {
  const three = [entry(rated(1, 1, 3)), entry(rated(2, 2, 4)), entry(rated(3, 3, 5))];

  it('sends in order, one at a time, and keeps every receipt', async () => {
    const { posted, fates } = await sending(three, (_, submission) => taken(submission));
    expect(posted).toEqual(three.map(({ submission }) => submission));
    expect(fates).toEqual(['sent', 'sent', 'sent']);
  });

  it('repeats the same body until there is a receipt, waiting longer each time', async () => {
    const { posted, pauses, states } = await sending([entry(rated(1, 1, 3))], (attempt, submission) =>
      attempt < 5 ? lost : taken(submission),
    );
    expect(new Set(posted.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(pauses).toEqual([1000, 2000, 4000, 8000]);
    expect(states).toEqual(['sending', 'no-network', 'no-network', 'no-network', 'no-network', 'idle']);
  });

  it('is not sooner back than the server asked for', async () => {
    const { pauses, wakes } = await sending([entry(rated(1, 1, 3))], (attempt, submission) =>
      attempt === 1 ? { kind: 'later', cause: 'server', afterMs: 90_000 } : taken(submission),
    );
    expect(pauses).toEqual([90_000]);
    expect(wakes).toEqual(['nothing']);
  });

  it('never waits longer than a minute of its own accord', () => {
    expect(waitAfter(50, null, 0.999)).toBeLessThanOrEqual(60_000);
    expect(waitAfter(50, null, 0)).toBe(30_000);
  });

  it('parks what is refused and goes on', async () => {
    const { fates } = await sending(three, (_, submission) =>
      submission.submissionId === submissionId(2) ? refused : taken(submission),
    );
    expect(fates).toEqual(['sent', 'parked', 'sent']);
  });

  it('keeps the queue while logged out and drains it afterwards', async () => {
    const { fates, states, posted } = await sending(three, (attempt, submission) =>
      attempt < 3 ? { kind: 'log-in' } : taken(submission),
    );
    expect(states.slice(0, 3)).toEqual(['sending', 'logged-out', 'sending']);
    expect(posted).toHaveLength(5);
    expect(fates).toEqual(['sent', 'sent', 'sent']);
  });

  it('builds on what was taken where an edit before was refused', async () => {
    const chain = [entry(rated(1, 1, 3)), entry(rated(2, 1, 9, 1)), entry(withdrawn(3, 1, 2))];
    const { posted, fates } = await sending(chain, (_, submission) =>
      submission.submissionId === submissionId(2) ? refused : taken(submission),
    );
    expect(posted.at(-1)).toMatchObject({ supersedes: submissionId(1) });
    expect(fates).toEqual(['sent', 'parked', 'sent']);
  });

  it('does not send the withdrawal of what was never taken', async () => {
    const { posted, fates } = await sending(
      [entry(rated(1, 1, 3)), entry(withdrawn(2, 1, 1)), entry(rated(3, 1, 4, 2))],
      (_, submission) => (submission.submissionId === submissionId(1) ? refused : taken(submission)),
    );
    expect(posted).toHaveLength(2);
    expect(posted.at(-1)).toEqual(rated(3, 1, 4));
    expect(fates).toEqual(['parked', 'moot', 'sent']);
  });

  it('gets every judgement through whatever the network does, each accepted once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('lost', 'taken-unheard', 'taken'), { maxLength: 40 }),
        async (weather) => {
          const accepted: string[] = [];
          const { fates } = await sending(three, (attempt, submission) => {
            const luck = weather[attempt - 1] ?? 'taken';
            if (luck === 'lost') return lost;
            if (!accepted.includes(submission.submissionId)) accepted.push(submission.submissionId);
            return luck === 'taken' ? taken(submission) : lost;
          });
          expect(fates).toEqual(['sent', 'sent', 'sent']);
          expect(accepted).toEqual(three.map(({ submission }) => submission.submissionId));
        },
      ),
    );
  });
});
