import type { ProjectId, SectionId } from '@casebook/contracts';
import type { ConferenceRule, TaskTypeServer } from '@casebook/task-types/server';
import type { Connection } from '../database/client.ts';
import { readingsOfItem } from '../readings/readings-of-item.ts';
import { outcomesOf } from './outcome.ts';
import * as repository from './repository.ts';
import type { DecidedOutcome, UnitToWeigh } from './repository.ts';

/** What of a task decides how its units are weighed. */
export interface TaskToWeigh {
  readonly type: TaskTypeServer<unknown, unknown, unknown>;
  readonly protocol: unknown;
  readonly rule: ConferenceRule | null;
}

/**
 * What has become of the units of some sections, as of what is stored now: judgements, validations, adjudications,
 * gold and the task's protocol, and nothing else.
 */
export async function weighSections(
  connection: Connection,
  projectId: ProjectId,
  sectionIds: readonly SectionId[],
  { type, protocol, rule }: TaskToWeigh,
): Promise<{ outcomes: DecidedOutcome[]; units: UnitToWeigh[] }> {
  const all = await repository.listUnitsOfItems(connection, projectId, sectionIds);
  const answers = await repository.listAnswers(connection, projectId, all);
  const validations = await repository.listValidations(connection, projectId, all);
  const skips = await repository.countSkips(connection, projectId, sectionIds);
  const read = type.contract.protocol.parse(protocol);
  const answersOf = Map.groupBy(answers, ({ itemId }) => itemId);
  const readings = [...Map.groupBy(all, ({ itemId }) => itemId)].flatMap(([itemId, units]) =>
    readingsOfItem(type, read, units, answersOf.get(itemId) ?? [], validations),
  );
  const wanted = new Set<string>(sectionIds);
  const units = all.filter((unit) => wanted.has(unit.sectionId));
  const unitOf = new Map(units.map((unit) => [unit.id, unit]));
  const keptOf = new Map(
    readings.map((of) => [of.unitId, [...new Set(of.kept ?? [])].filter((key) => key !== null)]),
  );
  const outcomes = outcomesOf([...unitOf.keys()], readings, answers, validations, rule, skips);
  return {
    units,
    outcomes: outcomes.flatMap((outcome) => {
      const unit = unitOf.get(outcome.unitId);
      return unit === undefined
        ? []
        : [
            {
              ...outcome,
              sectionId: unit.sectionId,
              decisionId: unit.decisionId,
              kept: keptOf.get(outcome.unitId) ?? [],
            },
          ];
    }),
  };
}
