import { createHash } from 'node:crypto';
import type { ProjectId, SectionId, TaskId, UnitId } from '@casebook/contracts';
import type { ConferenceRule, TaskTypeServer } from '@casebook/task-types/server';
import { taskTypeServers } from '@casebook/task-types/server';
import { uuidv7 } from 'uuidv7';
import type { Connection } from '../database/client.ts';
import type { Services } from '../services.ts';
import { nextStage } from './next-stage.ts';
import { outcomesOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import * as repository from './repository.ts';
import type { LockedSection, ReadingToShow, UnitToWeigh } from './repository.ts';

type Type = TaskTypeServer<unknown, unknown, unknown>;
interface Key {
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
}

/** Moves every section of a task on whose annotators or validators are done. Running it again changes nothing. */
export async function advanceTask(services: Services, { projectId, taskId }: Key): Promise<void> {
  const { prisma } = services.database;
  const task = await repository.findTask(prisma, projectId, taskId);
  const type = task === undefined ? undefined : taskTypeServers.get(task.type);
  if (task === undefined || type?.disputes === undefined) return;
  const rule = type.disputes.conference(type.contract.protocol.parse(task.protocol));
  for (const sectionId of await repository.listSectionsDue(prisma, projectId, taskId)) {
    await prisma.$transaction((transaction) =>
      advanceSection(transaction, { projectId, taskId, sectionId }, type, rule, task),
    );
  }
}

async function advanceSection(
  transaction: Connection,
  key: Key & { readonly sectionId: SectionId },
  type: Type,
  rule: ConferenceRule | null,
  task: repository.TaskAtWork,
): Promise<void> {
  const { projectId, taskId, sectionId } = key;
  const section = await repository.lockSection(transaction, projectId, sectionId);
  if (section === undefined) return;
  const { stage } = section;
  if (stage !== 'annotation' && stage !== 'validation') return;
  const eligible = await repository.countEligible(transaction, projectId, sectionId);
  if (!isDue(section, task.open, eligible)) return;
  const { outcomes, units } = await weighSection(
    transaction,
    projectId,
    sectionId,
    type,
    task.protocol,
    rule,
  );
  const { validatorsFinished } = section;
  const step = nextStage({ stage, open: task.open, validatorsFinished, eligible }, outcomes, rule);
  if (step.to === 'validation') {
    await repository.insertShownReadings(
      transaction,
      key,
      section.round + 1,
      readingsToShow(outcomes, units),
    );
  }
  await repository.replaceOutcomes(transaction, projectId, taskId, sectionId, outcomes);
  const more =
    step.to === 'validation' ? step.validators : section.validatorsTaken - section.validatorsWanted;
  await repository.moveSection(transaction, projectId, sectionId, step.to, more);
}

/** Whether nobody is at work on the section's stage, and nobody will be. */
function isDue(section: LockedSection, open: boolean, eligible: number): boolean {
  if (!open) return true;
  if (section.stage === 'annotation') return section.finished >= section.wanted;
  if (section.validatorsFinished < section.validatorsTaken) return false;
  return section.validatorsFinished >= section.validatorsWanted || eligible === 0;
}

/** What has become of the units of a section, as of what is stored now. */
async function weighSection(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
  type: Type,
  protocol: unknown,
  rule: ConferenceRule | null,
): Promise<{ outcomes: Outcome[]; units: UnitToWeigh[] }> {
  const all = await repository.listUnitsOfItems(connection, projectId, sectionId);
  const answers = await repository.listAnswers(connection, projectId, all);
  const validations = await repository.listValidations(connection, projectId, sectionId);
  const readings = [...Map.groupBy(all, ({ itemId }) => itemId)].flatMap(([itemId, units]) => {
    const reference = new Map(
      units.flatMap(({ key, content, gold }) =>
        gold === null ? [] : [[key, { unit: content, answer: gold }] as const],
      ),
    );
    const codings = answers.filter((answer) => answer.itemId === itemId);
    return type.readings(codings, { reference, protocol: type.contract.protocol.parse(protocol) });
  });
  const units = all.filter((unit) => unit.sectionId === sectionId);
  return {
    units,
    outcomes: outcomesOf(
      units.map(({ id }) => id),
      readings,
      answers,
      validations,
      rule,
    ),
  };
}

/** In reading order; the readings of a unit in an order that says nothing of their support. */
function readingsToShow(outcomes: readonly Outcome[], units: readonly UnitToWeigh[]): ReadingToShow[] {
  const placeOf = new Map<UnitId, number>(units.map(({ id }, place) => [id, place]));
  const scrambled = (judgementId: string): string => createHash('sha256').update(judgementId).digest('hex');
  return outcomes
    .filter(({ state }) => state === 'disputed')
    .sort((one, other) => (placeOf.get(one.unitId) ?? 0) - (placeOf.get(other.unitId) ?? 0))
    .flatMap(({ unitId, readings }) =>
      readings
        .map(({ judgementId }) => ({ unitId, judgementId, order: scrambled(judgementId) }))
        .sort((one, other) => (one.order < other.order ? -1 : 1)),
    )
    .map(({ unitId, judgementId }, position) => ({ id: uuidv7(), unitId, judgementId, position }));
}
