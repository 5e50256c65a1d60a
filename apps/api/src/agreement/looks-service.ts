import { fileURLToPath } from 'node:url';
import { looksComparedSchema, taskIdSchema } from '@casebook/contracts';
import type { LooksCompared, ProjectId, TaskId } from '@casebook/contracts';
import { tableRow } from '@casebook/corpora';
import { taskTypeServers } from '@casebook/task-types/server';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import type { Connection } from '../database/client.ts';
import { NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import type { ChangedAnswer, TwoLooks } from './looks.ts';
import { listCoderNames, listPlacesOfUnits } from './looks-repository.ts';
import { findTaskToCompare, labelsOfItem } from './repository.ts';
import { answerOf } from './worker.ts';

type ChangeInWords = LooksCompared['changes'][number];

const RESAMPLES = 1_000;
/** As many changed answers as come with the figures; all of them stand in the table that is taken out. */
const MOST_CHANGES = 200;
const COMPUTATION = fileURLToPath(new URL('./looks-computation.ts', import.meta.url));

interface SecondLook {
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly firstTaskId: string;
  readonly type: string;
  readonly protocol: unknown;
  readonly seed: number;
}

/** @throws NotFound for a task that is no second look */
async function secondLook(
  connection: Connection,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<SecondLook> {
  await requireRight(connection, principal, projectId, 'read-results');
  const task = await findTaskToCompare(connection, projectId, taskId);
  if (task === undefined || task.secondLookOf === null) throw new NotFound();
  const { type, protocol, seed, secondLookOf: firstTaskId } = task;
  return { projectId, taskId, firstTaskId, type, protocol, seed };
}

/** Both looks compared in a process of its own; without `drawing` no agreement is. */
async function compared(
  { database }: Services,
  { seed: _seed, ...look }: SecondLook,
  drawing: { readonly seed: number; readonly resamples: number } | null,
): Promise<TwoLooks> {
  // What comes over is what `looks-computation.ts` sent; both are this build's own.
  return answerOf(
    COMPUTATION,
    { databaseUrl: database.url, ...look, drawing },
    undefined,
  ) as Promise<TwoLooks>;
}

/** Agreement of a second look before and after, and which answers changed. @throws NotFound for a task that is none */
export async function looksCompared(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<LooksCompared> {
  const { prisma } = services.database;
  const look = await secondLook(prisma, principal, projectId, taskId);
  const drawing = { seed: look.seed, resamples: RESAMPLES };
  const { changes, ...looks } = await compared(services, look, drawing);
  return looksComparedSchema.parse({
    of: taskIdSchema.parse(look.firstTaskId),
    ...drawing,
    ...looks,
    changed: changes.length,
    changes: await inWords(prisma, look, changes.slice(0, MOST_CHANGES)),
  });
}

const COLUMNS = ['unit', 'label', 'place', 'coder', 'name', 'before', 'after'] as const;

/** Every answer that changed, as CSV. @throws NotFound for a task that is no second look */
export async function changesTable(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<string[]> {
  const { prisma } = services.database;
  const look = await secondLook(prisma, principal, projectId, taskId);
  const { changes } = await compared(services, look, null);
  const rows = await inWords(prisma, look, changes);
  const style = { separator: ',', formulas: 'guarded' } as const;
  return [
    tableRow([...COLUMNS], style),
    ...rows.map(({ unitId, label, place, coder, coderName, before, after }) =>
      tableRow([unitId, label, place, coder, coderName, before, after], style),
    ),
  ];
}

async function inWords(
  connection: Connection,
  { projectId, taskId, type: name }: SecondLook,
  changes: readonly ChangedAnswer[],
): Promise<ChangeInWords[]> {
  const type = taskTypeServers.get(name);
  if (type === undefined) throw new Error(`no task type is called ${name}`);
  const units = await listPlacesOfUnits(connection, projectId, [
    ...new Set(changes.map(({ unitId }) => unitId)),
  ]);
  const names = await listCoderNames(connection, projectId, [...new Set(changes.map(({ coder }) => coder))]);
  const labels = await labelsOfItem(connection, projectId, taskId, [
    ...new Set(changes.map(({ itemId }) => itemId)),
  ]);
  return changes.flatMap(({ unitId, itemId, coder, before, after }) => {
    const unit = units.get(unitId);
    if (unit === undefined) return [];
    const { label, place, content } = unit;
    const words = (answer: unknown): string =>
      type.describe(
        type.contract.answer.parse(answer),
        content,
        (key) => labels.get(`${itemId}/${key}`) ?? key,
      );
    return [
      {
        unitId,
        label,
        place,
        coder,
        coderName: names.get(coder) ?? '',
        before: words(before),
        after: words(after),
      },
    ];
  });
}
