import type { MemberId, ProjectId, SecondLookRule, TaskId } from '@casebook/contracts';
import type { Connection } from '../../database/client.ts';
import { WrongFields } from '../../errors.ts';
import { choose } from './choose.ts';
import type { Candidate } from './choose.ts';
import * as repository from './repository.ts';
import { parseUnitNumbers } from './unit-numbers.ts';

/** The units of a task that a rule chooses now. @throws WrongFields where units are named by hand that it has not */
export async function chosenUnits(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  rule: SecondLookRule,
): Promise<Candidate[]> {
  if (rule.kind !== 'by-hand')
    return choose(rule, await repository.listCandidates(connection, projectId, taskId, rule));
  const ranges = parseUnitNumbers(rule.numbers);
  if (ranges === null)
    throw new WrongFields([{ path: 'rule.numbers', message: 'expected numbers such as 3, 17–20' }]);
  const named = await repository.listNamed(connection, projectId, taskId, rule.unitIds, ranges);
  const numbers = new Set(named.map(({ number }) => number));
  const ids = new Set(named.map(({ unitId }) => unitId));
  const missing = ranges.find(({ from, to }) => !numbers.has(from) || !numbers.has(to));
  if (missing !== undefined) {
    const beyond = numbers.has(missing.from) ? missing.to : missing.from;
    throw new WrongFields([{ path: 'rule.numbers', message: `there is no unit ${beyond} in the task` }]);
  }
  if (rule.unitIds.some((unitId) => !ids.has(unitId)))
    throw new WrongFields([{ path: 'rule.unitIds', message: 'a unit that is not in the task' }]);
  return choose(rule, named);
}

/** Who is asked what again. */
export interface Asked {
  readonly coders: readonly (repository.FirstCoder & {
    /** Whether they are among those who are to judge again. */
    readonly named: boolean;
    /** The items that they are asked about where they are named. */
    readonly asks: readonly string[];
  })[];
  /** Chosen units in items that a named coder is asked about. */
  readonly chosen: readonly Candidate[];
  readonly leftOut: number;
  readonly items: readonly string[];
}

/**
 * Of whom the chosen units are asked: of the coders named, each about the items of which they judged something before;
 * whoever is new to the task is asked about all. Where none are named, all are who judged something of it and may work.
 */
export async function askedOf(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  chosen: readonly Candidate[],
  named: readonly MemberId[] | null,
): Promise<Asked> {
  const items = [...new Set(chosen.map(({ itemId }) => itemId))];
  const found = await repository.listFirstCoders(connection, projectId, taskId, items);
  const coders = found.map((coder) => ({
    ...coder,
    named: named === null ? coder.active && coder.items.length > 0 : named.includes(coder.memberId),
    asks: coder.isNew ? items : coder.items,
  }));
  const asked = new Set(coders.flatMap(({ named: isNamed, asks }) => (isNamed ? asks : [])));
  const kept = chosen.filter(({ itemId }) => asked.has(itemId));
  return {
    coders,
    chosen: kept,
    leftOut: chosen.length - kept.length,
    items: items.filter((item) => asked.has(item)),
  };
}
