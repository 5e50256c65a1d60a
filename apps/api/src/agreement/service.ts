import type {
  Agreement,
  Disagreement,
  PageQuery,
  ProjectId,
  TaskId,
  UnitId,
  WeighingQuery,
} from '@casebook/contracts';
import { itemContentSchema, taskIdSchema, unitIdSchema } from '@casebook/contracts';
import type { routes } from '@casebook/contracts';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { taskTypeServers } from '@casebook/task-types/server';
import type { z } from 'zod';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { Malformed, NotFound } from '../errors.ts';
import { listJudgementsOfUnit } from '../judgements/repository.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';

function typeCalled(name: string): TaskTypeServer<unknown, unknown, unknown> {
  const type = taskTypeServers.get(name);
  if (type === undefined) throw new Error(`no task type is called ${name}`);
  return type;
}

/** What a coder said, in words. */
function inWords(
  type: TaskTypeServer<unknown, unknown, unknown>,
  answer: repository.CurrentAnswer,
  unit: unknown,
  nameOf: (key: string) => string,
): string {
  if (answer.act === 'answer') return type.describe(answer.answer, unit, nameOf);
  const reason = type.contract.skipReasons.find(({ code }) => code === answer.skipReason);
  return `skipped: ${reason?.label ?? answer.skipReason ?? ''}`;
}

export async function agreement(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<{ latest: Agreement | null; pending: boolean }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const { taskExists, stale } = await repository.isStale(prisma, projectId, taskId);
  if (!taskExists) throw new NotFound();
  return { latest: await repository.findAgreement(prisma, projectId, taskId), pending: stale };
}

export async function disagreements(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  page: PageQuery,
): Promise<{ rows: Disagreement[]; next: string | null }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const task = await repository.findTaskToCompare(prisma, projectId, taskId);
  if (task === undefined) throw new NotFound();
  const after = rankOf(page.cursor);
  const type = typeCalled(task.type);
  const ranked = await repository.listDisagreements(prisma, projectId, taskId, after, page.limit + 1);
  const shown = ranked.slice(0, page.limit);
  const answers = await repository.listCurrentAnswers(
    prisma,
    projectId,
    shown.map((unit) => unit.unitId),
  );
  const labels = await repository.labelsOfItem(prisma, projectId, taskId, [
    ...new Set(shown.map((unit) => unit.itemId)),
  ]);
  const rows = shown.map((unit) => ({
    unitId: unitIdSchema.parse(unit.unitId),
    label: unit.label,
    place: unit.place,
    disagreement: unit.disagreement,
    answers: answers
      .filter((answer) => answer.unitId === unit.unitId)
      .map((answer) => ({
        coder: answer.coder,
        coderName: answer.coderName,
        answer: inWords(type, answer, unit.content, (key) => labels.get(`${unit.itemId}/${key}`) ?? key),
      })),
  }));
  return { rows, next: ranked.length > page.limit ? String(shown.at(-1)?.rank ?? '') : null };
}

/** A page of weighed readings in words, with what was made of all of them. */
export async function weighedReadings(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  query: WeighingQuery,
): Promise<z.output<(typeof routes)['weighedReadings']['response']>> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const task = await repository.findTaskToCompare(prisma, projectId, taskId);
  if (task === undefined) throw new NotFound();
  const after = rankOf(query.cursor);
  const type = typeCalled(task.type);
  const { stale } = await repository.isStale(prisma, projectId, taskId);
  const found = await repository.listWeighedUnits(prisma, projectId, taskId, {
    of: query.of,
    after,
    limit: query.limit + 1,
  });
  const shown = found.slice(0, query.limit);
  const labels = await repository.labelsOfItem(prisma, projectId, taskId, [
    ...new Set(shown.map((unit) => unit.itemId)),
  ]);
  return {
    pending: stale,
    weighing: await repository.findWeighing(prisma, projectId, taskId),
    rows: shown.map((unit) => ({
      unitId: unitIdSchema.parse(unit.unitId),
      label: unit.label,
      place: unit.place,
      exception: unit.exception,
      readings: unit.readings.map(({ answer, coders, posterior }) => ({
        answer: type.describe(answer, unit.content, (key) => labels.get(`${unit.itemId}/${key}`) ?? key),
        coders,
        posterior,
      })),
    })),
    next: found.length > query.limit ? String(shown.at(-1)?.rank ?? '') : null,
  };
}

/** The rank that a page goes on after. @throws Malformed where the cursor is none of ours */
function rankOf(cursor: string | undefined): number {
  const after = cursor === undefined ? -1 : Number(cursor);
  if (!Number.isSafeInteger(after)) throw new Malformed('The cursor is not one that was given out.');
  return after;
}

/** A unit where it stands, with everything that was said of it. */
export async function unit(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  unitId: UnitId,
): Promise<z.output<(typeof routes)['unit']['response']>> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const found = await repository.findUnitInPlace(prisma, projectId, unitId);
  if (found === undefined) throw new NotFound();
  const type = typeCalled(found.taskType);
  const labels = await repository.labelsOfItem(prisma, projectId, found.taskId, [found.itemId]);
  const nameOf = (key: string) => labels.get(`${found.itemId}/${key}`) ?? key;
  const answers = await repository.listCurrentAnswers(prisma, projectId, [unitId]);
  return {
    unitId,
    taskId: taskIdSchema.parse(found.taskId),
    taskName: found.taskName,
    taskType: found.taskType,
    key: found.key,
    label: found.label,
    place: found.itemName,
    content: type.contract.unit.parse(found.content) as never,
    item: itemContentSchema.parse(found.itemContent),
    gold: found.gold === null ? null : type.describe(found.gold, found.content, nameOf),
    explanation: found.explanation,
    answers: answers.map((answer) => ({
      coder: answer.coder,
      coderName: answer.coderName,
      answer: answer.act === 'answer' ? (type.contract.answer.parse(answer.answer) as never) : null,
      words: inWords(type, answer, found.content, nameOf),
    })),
    judgements: await listJudgementsOfUnit(prisma, projectId, unitId),
  };
}
