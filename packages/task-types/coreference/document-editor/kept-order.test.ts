import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY } from './annotation.ts';
import { after, historyFrom } from './history.ts';
import { KeptOrder } from './kept-order.ts';
import { asRead, placesOf } from './partition.ts';
import { anyEntries, TEXT } from './testing/arbitrary-operations.ts';

describe('an order that is kept', () => {
  it('is the reading order after every step of any log', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const order = new KeptOrder();
        let history = historyFrom(EMPTY);
        for (const entry of entries) {
          const outcome = after(TEXT, history, entry);
          if (!outcome.ok) continue;
          history = outcome.done;
          const { mentions, places } = order.of(history.annotation);
          expect(mentions).toEqual(asRead(history.annotation));
          expect(places).toEqual(placesOf(mentions));
        }
      }),
    );
  });

  it('keeps the very same places while no span changes', () => {
    const order = new KeptOrder();
    const made = after(TEXT, historyFrom(EMPTY), { kind: 'make-mention', mention: 'm1', ranges: [[0, 1]] });
    if (!made.ok) throw new Error(made.refusal.message);
    const before = order.of(made.done.annotation);
    const said = after(TEXT, made.done, { kind: 'mark-non-referring', mention: 'm1' });
    if (!said.ok) throw new Error(said.refusal.message);
    const now = order.of(said.done.annotation);
    expect(now.places).toBe(before.places);
    expect(now.mentions[0]?.standing.kind).toBe('non-referring');
  });
});
