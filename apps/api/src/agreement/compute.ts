import type { AgreementView } from '@casebook/contracts';
import type { TaskTypeServer } from '@casebook/task-types/server';
import type { CountedJudgements, JudgedUnit } from './codings.ts';
import { codingsOf } from './codings.ts';
import { readingsOfItem } from '../readings/readings-of-item.ts';
import { weighTask } from './weigh.ts';
import type { WeighedTask } from './weigh.ts';

/** Differing units that are listed; how many there are in all is counted beside. */
const MOST_LISTED = 5_000;

export interface ComputedAgreement {
  readonly views: readonly AgreementView[];
  /** The worst first; equal ones in reading order. */
  readonly worst: readonly { readonly unitId: string; readonly disagreement: number }[];
  readonly differing: number;
  /** Null where the task's type weighs no readings. */
  readonly weighed: WeighedTask | null;
  readonly judgements: number;
  readonly upTo: string | null;
  readonly outsideRevision: number;
}

function byItem(units: readonly JudgedUnit[]): Iterable<readonly JudgedUnit[]> {
  const items = new Map<string, JudgedUnit[]>();
  for (const unit of units) {
    const of = items.get(unit.itemId);
    if (of === undefined) items.set(unit.itemId, [unit]);
    else of.push(unit);
  }
  return items.values();
}

/** All agreement figures of a task from its counted judgements; the same judgements and seed give the same figures. */
export function computeAgreement(
  type: TaskTypeServer<unknown, unknown, unknown>,
  protocol: unknown,
  counted: CountedJudgements,
  request: { readonly seed: number; readonly resamples: number },
): ComputedAgreement {
  const differing: { unitId: string; disagreement: number }[] = [];
  for (const units of byItem(counted.units)) {
    const answers = units.flatMap((unit) => unit.answers);
    const validations = units.flatMap((unit) => unit.validations);
    for (const { unitId, disagreement } of readingsOfItem(type, protocol, units, answers, validations)) {
      if (disagreement !== null && disagreement > 0) differing.push({ unitId, disagreement });
    }
  }
  const persons = codingsOf(counted.units);
  const machines = codingsOf(counted.units, 'machines');
  const ofMachines =
    machines.length === 0 || type.machineAgreement === undefined
      ? []
      : [type.machineAgreement(machines, persons, request)];
  differing.sort((one, other) => other.disagreement - one.disagreement);
  return {
    views: [...type.agreement(persons, request), ...ofMachines],
    worst: differing.slice(0, MOST_LISTED),
    differing: differing.length,
    weighed: weighTask(type, codingsOf(counted.units)),
    judgements: counted.judgements,
    upTo: counted.upTo,
    outsideRevision: counted.outsideRevision,
  };
}
