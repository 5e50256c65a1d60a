import { itemContentSchema } from '@casebook/contracts';
import type {
  DocumentSideBySide,
  ItemId,
  PageQuery,
  ProjectId,
  SideBySide,
  SideBySideQuery,
  SideId,
  TaskId,
} from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import type { SideBySideRequest, TaskTypeServer } from '@casebook/task-types/server';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import type { Connection } from '../database/client.ts';
import { Conflict, Malformed, NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';

type Type = TaskTypeServer<unknown, unknown, unknown>;
type Compare = NonNullable<Type['sideBySide']>;

/** Documents of a task that somebody has annotated, in the order of the collection. */
export async function documentsSideBySide(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  { cursor, limit }: PageQuery,
): Promise<{ rows: DocumentSideBySide[]; next: string | null }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  await comparableTask(prisma, projectId, taskId);
  const after = cursor === undefined ? -1 : Number(cursor);
  if (!Number.isSafeInteger(after)) throw new Malformed('The cursor is not one that was given out.');
  const found = await repository.listDocuments(prisma, projectId, taskId, after, limit + 1);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const more = last !== undefined && found.length > limit;
  return {
    rows: rows.map(({ position: _, ...row }) => row),
    next: more ? String(last.position) : null,
  };
}

/** Two annotations of a document held against each other; by whom, managers may know, as in the figures of agreement. */
export async function sideBySide(
  services: Services,
  principal: Principal,
  { projectId, taskId, itemId }: { projectId: ProjectId; taskId: TaskId; itemId: ItemId },
  query: SideBySideQuery,
): Promise<SideBySide> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  const { type, name: taskType, compare } = await comparableTask(prisma, projectId, taskId);
  const item = await repository.findDocument(prisma, projectId, taskId, itemId);
  if (item === undefined) throw new NotFound();
  const sides = await repository.listSides(prisma, projectId, taskId, item.id);
  const [a, b] = chosenSides(
    sides.map(({ id }) => id),
    query,
  );
  const planned = { id: item.id, name: item.name, content: itemContentSchema.parse(item.content) };
  const common = {
    ...{ taskType, itemId: item.id, name: item.name, sides },
    content: type.withoutGold(planned.content),
  };
  if (a === undefined || b === undefined) return { ...common, compared: null };
  const units = await repository.listUnits(prisma, projectId, taskId, item.id);
  const answers = async (side: SideId): Promise<SideBySideRequest<unknown, unknown>['a']> => {
    const given = await repository.answersOf(prisma, projectId, taskId, item.id, side);
    return units.flatMap(({ id, key, content }) =>
      given.has(id) ? [{ unitId: id, itemId: item.id, key, unit: content, answer: given.get(id) }] : [],
    );
  };
  const request = { item: planned, units, a: await answers(a), b: await answers(b) };
  return { ...common, compared: { a, b, comparison: compare(request) } };
}

/** The two that were asked for, and the first others where none was. @throws NotFound where there is no such side. */
function chosenSides(
  there: readonly SideId[],
  { a, b }: SideBySideQuery,
): readonly [SideId | undefined, SideId | undefined] {
  for (const asked of [a, b]) if (asked !== undefined && !there.includes(asked)) throw new NotFound();
  const first = a ?? there.find((side) => side !== b);
  return [first, b ?? there.find((side) => side !== first)];
}

async function comparableTask(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<{ readonly type: Type; readonly name: string; readonly compare: Compare }> {
  const name = await repository.typeOfTask(connection, projectId, taskId);
  const type = name === undefined ? undefined : taskTypeServers.get(name);
  const compare = type?.sideBySide?.bind(type);
  if (name === undefined || type === undefined) throw new NotFound();
  if (compare === undefined)
    throw new Conflict('no-text', 'Answers of this kind stand in no text that could be put side by side.');
  return { type, name, compare };
}
