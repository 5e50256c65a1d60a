import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inOrderOfReference } from './order.ts';

/** Tables that refer only to earlier ones, and the same names shuffled. */
const drawers = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
  .chain((wishes) => {
    const names = wishes.map((_, index) => `t${String(index)}`);
    const references = wishes.flatMap((targets, from) =>
      from === 0
        ? []
        : targets.map((target) => ({ from: `t${String(from)}`, to: `t${String(target % from)}` })),
    );
    return fc
      .shuffledSubarray(names, { minLength: names.length })
      .map((shuffled) => ({ names: shuffled, references }));
  });

it('puts each table after those it refers to, and each once', () => {
  fc.assert(
    fc.property(drawers, ({ names, references }) => {
      const ordered = inOrderOfReference(names, references);
      expect([...ordered].sort()).toEqual([...names].sort());
      for (const { from, to } of references) expect(ordered.indexOf(to)).toBeLessThan(ordered.indexOf(from));
    }),
  );
});

it('says which tables refer to each other in a circle', () => {
  const references = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
  ];
  expect(() => inOrderOfReference(['a', 'b', 'c'], references)).toThrow('in a circle: a, b');
});
