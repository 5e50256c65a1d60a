import fc from 'fast-check';
import type { LogEntry, Operation } from '../contract.ts';
import { normalised } from '../spans.ts';

/** A text short enough for operations to meet each other. */
export const TEXT = { tokens: 'the old man saw the girl and they ran'.split(' ').map((text) => ({ text })) };

const mention = fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5', 'm6');
const entity = fc.constantFrom('e1', 'e2', 'e3', 'e4', 'e5');
const span = fc
  .tuple(fc.nat({ max: 8 }), fc.integer({ min: 1, max: 3 }))
  .map(([start, length]): [number, number] => [start, start + length]);
const ranges = fc
  .array(span, { minLength: 1, maxLength: 2 })
  .map((spans) => normalised(spans).map(([start, end]): [number, number] => [start, end]));
const word = fc.option(fc.constantFrom('Harrow', 'person'));
const several: fc.Arbitrary<string[]> = fc.uniqueArray(entity, { maxLength: 3 });

/** Any operation, whether or not it can be done; those that make things come often, so that others find some. */
export const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('make-mention' as const), mention, ranges }), weight: 6 },
  {
    arbitrary: fc.record({
      kind: fc.constant('open-entity' as const),
      entity,
      mentions: fc.uniqueArray(mention, { minLength: 1, maxLength: 2 }),
      antecedents: fc.oneof(
        { arbitrary: fc.constant<string[]>([]), weight: 3 },
        { arbitrary: several, weight: 1 },
      ),
    }),
    weight: 6,
  },
  { arbitrary: fc.record({ kind: fc.constant('link' as const), mention, entity }), weight: 3 },
  fc.record({ kind: fc.constant('respan-mention' as const), mention, ranges }),
  fc.record({ kind: fc.constant('remove-mention' as const), mention }),
  fc.record({ kind: fc.constant('set-head' as const), mention, head: fc.option(fc.nat({ max: 9 })) }),
  fc.record({ kind: fc.constant('set-minimum' as const), mention, minimum: fc.option(span) }),
  fc.record({ kind: fc.constant('unlink' as const), mention }),
  fc.record({ kind: fc.constant('move-mention' as const), mention, to: entity }),
  fc.record({ kind: fc.constant('merge-entities' as const), into: entity, from: entity }),
  fc.record({
    kind: fc.constant('split-entity' as const),
    entity,
    mentions: fc.uniqueArray(mention, { minLength: 1, maxLength: 2 }),
    into: entity,
  }),
  fc.record({ kind: fc.constant('name-entity' as const), entity, name: word }),
  fc.record({ kind: fc.constant('set-type' as const), entity, type: word }),
  fc.record({ kind: fc.constant('set-antecedents' as const), entity, antecedents: several }),
  fc.record({
    kind: fc.constant('mark-property' as const),
    mention,
    of: fc.uniqueArray(mention, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant('mark-non-referring' as const), mention }),
  fc.record({ kind: fc.constant('unmark' as const), mention }),
  fc.record({ kind: fc.constant('bridge' as const), mention, to: entity, relation: word }),
  fc.record({ kind: fc.constant('unbridge' as const), mention, to: entity }),
  fc.record({ kind: fc.constant('set-deixis' as const), mention, ranges: fc.option(ranges) }),
);

export const anyEntries: fc.Arbitrary<LogEntry[]> = fc.array(
  fc.oneof(
    { arbitrary: anyOperation, weight: 6 },
    { arbitrary: fc.constantFrom<LogEntry>({ kind: 'undo' }, { kind: 'redo' }), weight: 1 },
  ),
  { maxLength: 60, size: 'max' },
);
