import { textWithOffsets } from '@casebook/contracts';
import type { CollectionId, ProjectId, ReadingRow, Task, TaskId } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import { collectionOf } from '../collections/service.ts';
import { NotFound } from '../errors.ts';
import type { Download } from '../http/download.ts';
import type { Services } from '../services.ts';
import { taskOf } from '../tasks/service.ts';
import type { OpenConnection } from './connection.ts';
import { eachJudgement, findCursor, judgementLines } from './judgement-repository.ts';
import type { JudgementFilter } from './judgement-repository.ts';
import { judgementTable, jsonLines } from './judgement-text.ts';
import { judgementsAsParquet } from './parquet-apart.ts';
import { readingsOfItems } from './majority.ts';
import { detailsOf } from './reading-repository.ts';
import { readingRows, readingTable } from './reading-rows.ts';
import * as repository from './repository.ts';
import { eachValidation, findValidationCursor } from './validation-repository.ts';
import type { ValidationFilter } from './validation-repository.ts';
import { validationOf, validationTable } from './validation-text.ts';

const JSON_LINES = 'application/jsonl; charset=utf-8';
const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  jsonl: JSON_LINES,
  parquet: 'application/vnd.apache.parquet',
} as const;

export interface JudgementWish extends JudgementFilter {
  readonly format: 'jsonl' | 'csv' | 'parquet';
  readonly formulas: 'guarded' | 'raw';
}

/** Writes down what is taken out, before the first byte of it leaves. */
function record(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  subject: Record<string, string | number | boolean | null>,
): Promise<void> {
  return recordInProject(services.database.prisma, projectId, {
    actorId: principal.userId,
    action: 'export.taken',
    subject: { ...subject, token: principal.kind === 'token' ? principal.tokenId : null },
  });
}

/**
 * A project's judgements. Where a limit cuts the list short, `x-casebook-next` names the last judgement sent: what
 * follows it is asked for with `after`.
 */
export async function judgements(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  wish: JudgementWish,
  open: OpenConnection,
): Promise<Download> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const { format, formulas, limit } = wish;
  await record(services, principal, projectId, {
    what: 'judgements',
    format,
    taskId: wish.task ?? null,
    coder: wish.coder ?? null,
    after: wish.after ?? null,
    extra: wish.extra,
    superseded: wish.superseded,
  });
  const client = await open();
  const next = limit === undefined ? null : await findCursor(client, projectId, { ...wish, limit });
  return {
    fileName: `judgements.${format}`,
    mediaType: MEDIA_TYPES[format],
    ...(next === null ? {} : { headers: { 'x-casebook-next': next } }),
    text: content(),
  };

  function content(): Download['text'] {
    switch (format) {
      case 'csv':
        return judgementTable(eachJudgement(client, projectId, wish), formulas);
      case 'jsonl':
        return judgementLines(client, projectId, wish);
      case 'parquet':
        return judgementsAsParquet(services.database.url, projectId, wish);
    }
  }
}

/** A project's verdicts of validators, each with the reading that it is on; cut short as judgements are. */
export async function validations(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  wish: ValidationFilter & Pick<JudgementWish, 'formulas'> & { readonly format: 'jsonl' | 'csv' },
  open: OpenConnection,
): Promise<Download> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const { format, formulas, limit, task, coder, after, extra, superseded } = wish;
  await record(services, principal, projectId, {
    what: 'validations',
    format,
    taskId: task ?? null,
    coder: coder ?? null,
    after: after ?? null,
    ...{ extra, superseded },
  });
  const client = await open();
  const next = limit === undefined ? null : await findValidationCursor(client, projectId, { ...wish, limit });
  const rows = eachValidation(client, projectId, wish);
  return {
    fileName: `validations.${format}`,
    mediaType: format === 'csv' ? 'text/csv; charset=utf-8' : JSON_LINES,
    ...(next === null ? {} : { headers: { 'x-casebook-next': next } }),
    text: format === 'csv' ? validationTable(rows, formulas) : jsonLines(mapped(rows, validationOf)),
  };
}

/** The units of a task with their gold, one a line. */
export async function units(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  open: OpenConnection,
): Promise<Download> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const { name } = await taskOf(prisma, projectId, taskId);
  await record(services, principal, projectId, { what: 'units', taskId });
  return {
    fileName: `${name} units.jsonl`,
    mediaType: JSON_LINES,
    text: jsonLines(repository.eachUnit(await open(), projectId, taskId)),
  };
}

/** The items of a collection, one a line; a document with its text and where its tokens stand in it. */
export async function items(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  open: OpenConnection,
): Promise<Download> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const collection = await collectionOf(prisma, projectId, collectionId);
  await record(services, principal, projectId, { what: collection.kind, collectionId });
  const rows = repository.eachItem(await open(), projectId, collection);
  return {
    fileName: `${collection.name}.jsonl`,
    mediaType: JSON_LINES,
    text: jsonLines(mapped(rows, withText)),
  };
}

function withText(item: repository.ItemRow): object {
  return item.content.kind === 'document'
    ? { ...item, ...textWithOffsets(item.content.document.tokens) }
    : item;
}

/**
 * Every reading of every unit of a task with votes, probabilities and decisions, as of one moment: a line a unit as JSON
 * lines, a line a reading as CSV.
 */
export async function readings(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  { format, formulas }: Pick<JudgementWish, 'format' | 'formulas'>,
  open: OpenConnection,
): Promise<Download> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const task: Task = await taskOf(prisma, projectId, taskId);
  const type = taskTypeServers.get(task.type);
  if (type === undefined) throw new NotFound();
  await record(services, principal, projectId, { what: 'readings', format, taskId });
  const client = await open();
  await repository.beginSnapshot(client);
  const protocol = type.contract.protocol.parse(task.protocol);
  const judged = repository.eachJudgedItem(client, projectId, {
    ...task,
    kind: type.contract.collectionKind,
  });
  async function* rows(): AsyncGenerator<ReadingRow> {
    for await (const item of judged) {
      const details = await detailsOf(client, projectId, taskId, item.item.id);
      yield* readingRows({ id: taskId, type: known, protocol }, item, details);
    }
  }
  const known = type;
  return {
    fileName: `${task.name} readings.${format}`,
    mediaType: format === 'csv' ? 'text/csv; charset=utf-8' : JSON_LINES,
    text: format === 'csv' ? readingTable(rows(), formulas) : jsonLines(rows()),
  };
}

/** The majority reading of a task in a format that its type offers. @throws NotFound for any other. */
export async function majority(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  format: string,
  open: OpenConnection,
): Promise<Download> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const task: Task = await taskOf(prisma, projectId, taskId);
  const type = taskTypeServers.get(task.type);
  const writer = type?.exports.find((offered) => offered.format === format);
  if (type === undefined || writer === undefined) throw new NotFound();
  await record(services, principal, projectId, { what: 'majority', format, taskId });
  const client = await open();
  await repository.beginSnapshot(client);
  const names = await repository.findNames(client, projectId);
  const { collectionKind: kind } = type.contract;
  const judged = repository.eachJudgedItem(client, projectId, { ...task, kind });
  return {
    fileName: `${task.name}.${writer.extension}`,
    mediaType: writer.mediaType,
    text: writer.write(readingsOfItems(judged, type, task.protocol), names),
  };
}

async function* mapped<From, To>(rows: AsyncIterable<From>, change: (row: From) => To): AsyncGenerator<To> {
  for await (const row of rows) yield change(row);
}
