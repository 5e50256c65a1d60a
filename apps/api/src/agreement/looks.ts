import type { LooksCompared } from '@casebook/contracts';
import { memberIdSchema } from '@casebook/contracts';
import type { CodedUnit, TaskTypeServer } from '@casebook/task-types/server';
import { isDeepStrictEqual } from 'node:util';
import { uuidv7 } from 'uuidv7';
import type { CountedJudgements } from './codings.ts';

type Coding = CodedUnit<unknown, unknown>;

/** Two looks at the same units, over the answers of the same coders that are in both. */
export function compareLooks(
  type: TaskTypeServer<unknown, unknown, unknown>,
  protocol: unknown,
  first: CountedJudgements,
  second: CountedJudgements,
  request: { readonly seed: number; readonly resamples: number },
): Omit<LooksCompared, 'of' | 'seed' | 'resamples'> {
  const known = new Map(first.units.map((unit) => [`${unit.itemId} ${unit.key}`, unit]));
  const before: Coding[] = [];
  const after: Coding[] = [];
  let unpaired = 0;
  for (const unit of second.units) {
    const earlier = known.get(`${unit.itemId} ${unit.key}`);
    const same = earlier !== undefined && isDeepStrictEqual(earlier.content, unit.content);
    for (const { coder, answer } of unit.codings) {
      const old = same ? earlier.codings.find((coding) => coding.coder === coder) : undefined;
      if (old === undefined) {
        unpaired += 1;
        continue;
      }
      const cell = { unitId: unit.id, itemId: unit.itemId, key: unit.key, unit: unit.content, coder };
      before.push({ ...cell, answer: old.answer });
      after.push({ ...cell, answer });
    }
  }
  return {
    units: new Set(after.map(({ unitId }) => unitId)).size,
    coders: new Set(after.map(({ coder }) => coder)).size,
    cells: after.length,
    changed: countChanged(type, protocol, before, after),
    unpaired,
    views: type.agreementChange === undefined ? null : [...type.agreementChange(before, after, request)],
  };
}

/** Cells whose two answers are different readings, where both looks are read together, each coder as two. */
function countChanged(
  type: TaskTypeServer<unknown, unknown, unknown>,
  protocol: unknown,
  before: readonly Coding[],
  after: readonly Coding[],
): number {
  const again = new Map(
    [...new Set(after.map(({ coder }) => coder))].map((coder) => [coder, memberIdSchema.parse(uuidv7())]),
  );
  const renamed = after.map((coding) => ({ ...coding, coder: again.get(coding.coder) ?? coding.coder }));
  const both = Map.groupBy([...before, ...renamed], ({ itemId }) => itemId);
  let changed = 0;
  for (const codings of both.values()) {
    for (const { readings } of type.readings(codings, { protocol })) {
      for (const { coders } of readings) {
        const here = new Set(coders);
        for (const [coder, later] of again) if (here.has(coder) && !here.has(later)) changed += 1;
      }
    }
  }
  return changed;
}
