import { memberIdSchema } from '@casebook/contracts';
import type { AgreementChange, ItemId, MemberId, UnitId } from '@casebook/contracts';
import type { CodedUnit, TaskTypeServer } from '@casebook/task-types/server';
import { isDeepStrictEqual } from 'node:util';
import { uuidv7 } from 'uuidv7';
import type { CountedJudgements } from './codings.ts';

type Type = TaskTypeServer<unknown, unknown, unknown>;
type Coding = CodedUnit<unknown, unknown>;

/** What one coder answered in the second look where that is another reading than in the first. */
export interface ChangedAnswer {
  /** Of the second look. */
  readonly unitId: UnitId;
  readonly itemId: ItemId;
  readonly coder: MemberId;
  readonly before: unknown;
  readonly after: unknown;
}

/** Two looks at the same units, over the answers of the same coders that are in both. */
export interface TwoLooks {
  readonly units: number;
  readonly coders: number;
  readonly cells: number;
  /** In collection and reading order. */
  readonly changes: readonly ChangedAnswer[];
  readonly unpaired: number;
  readonly views: readonly AgreementChange[] | null;
}

/** `drawing` is how the change of agreement is drawn; without it there are no views. */
export function compareLooks(
  type: Type,
  protocol: unknown,
  first: CountedJudgements,
  second: CountedJudgements,
  drawing: { readonly seed: number; readonly resamples: number } | null,
): TwoLooks {
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
    changes: changesOf(type, protocol, before, after),
    unpaired,
    views:
      type.agreementChange === undefined || drawing === null
        ? null
        : [...type.agreementChange(before, after, drawing)],
  };
}

/**
 * Cells whose two answers are different readings, where both looks are read together, each coder as two. `before` and
 * `after` are of the same cells, in the same order.
 */
function changesOf(
  type: Type,
  protocol: unknown,
  before: readonly Coding[],
  after: readonly Coding[],
): ChangedAnswer[] {
  const again = new Map(
    [...new Set(after.map(({ coder }) => coder))].map((coder) => [coder, memberIdSchema.parse(uuidv7())]),
  );
  const renamed = after.map((coding) => ({ ...coding, coder: again.get(coding.coder) ?? coding.coder }));
  const both = Map.groupBy([...before, ...renamed], ({ itemId }) => itemId);
  const changed = new Set<string>();
  for (const codings of both.values()) {
    for (const { unitId, readings } of type.readings(codings, { protocol })) {
      for (const { coders } of readings) {
        const here = new Set(coders);
        for (const [coder, later] of again)
          if (here.has(coder) && !here.has(later)) changed.add(`${unitId} ${coder}`);
      }
    }
  }
  return after.flatMap(({ unitId, itemId, coder, answer }, place) =>
    changed.has(`${unitId} ${coder}`)
      ? [{ unitId, itemId, coder, before: before[place]?.answer, after: answer }]
      : [],
  );
}
