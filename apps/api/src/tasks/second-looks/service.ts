import { randomInt } from 'node:crypto';
import { taskIdSchema } from '@casebook/contracts';
import type {
  MakeSecondLook,
  MemberId,
  ProjectId,
  SecondLookPreview,
  SecondLookRule,
  Task,
  TaskId,
} from '@casebook/contracts';
import { taskTypeContracts } from '@casebook/task-types/contract';
import { taskTypeServers } from '@casebook/task-types/server';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import type { Principal } from '../../access/principal.ts';
import { requireRight } from '../../access/rules.ts';
import { recordInProject } from '../../audit/repository.ts';
import type { Connection } from '../../database/client.ts';
import { Conflict, NotFound, WrongFields } from '../../errors.ts';
import type { Services } from '../../services.ts';
import { insertTask } from '../repository.ts';
import { taskOf } from '../service.ts';
import * as repository from './repository.ts';
import { askedOf, chosenUnits } from './selection.ts';

/** How many of the chosen units are shown before the task is made. */
const SHOWN = 50;

/** What a rule would choose, and of whom it would be asked. */
export async function previewSecondLook(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  { rule, coders: named }: { readonly rule: SecondLookRule; readonly coders: readonly MemberId[] | null },
): Promise<SecondLookPreview> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  await firstLookOf(prisma, projectId, taskId);
  const chosen = await chosenUnits(prisma, projectId, taskId, rule);
  const asked = await askedOf(prisma, projectId, taskId, chosen, named);
  const units = await repository.countUnits(prisma, projectId, taskId, [
    ...new Set(chosen.map(({ itemId }) => itemId)),
  ]);
  const sum = (items: readonly string[]) => items.reduce((total, item) => total + (units.get(item) ?? 0), 0);
  const shown = await repository.countShown(prisma, projectId, taskId, [...units.keys()]);
  const coders = asked.coders.map(({ memberId, name, active, named: isNamed, asks }) => ({
    ...{ memberId, name, active, named: isNamed, units: sum(asks) },
    shown: shown
      .filter((of) => of.memberId === memberId && asks.includes(of.itemId))
      .reduce((total, of) => total + of.units, 0),
  }));
  const first = chosen.slice(0, SHOWN);
  const words = new Map(
    (
      await repository.describeUnits(
        prisma,
        projectId,
        first.map(({ unitId }) => unitId),
      )
    ).map((unit) => [unit.unitId, unit]),
  );
  return {
    chosen: chosen.length,
    judgements: await repository.countJudgements(
      prisma,
      projectId,
      chosen.map(({ unitId }) => unitId),
    ),
    leftOut: asked.leftOut,
    asked: {
      units: sum(asked.items),
      items: asked.items.length,
      judgements: coders.reduce((total, coder) => total + (coder.named ? coder.units : 0), 0),
    },
    coders,
    rows: first.map(({ unitId, number, weight }) => ({
      ...{ unitId, number, weight },
      label: words.get(unitId)?.label ?? '',
      place: words.get(unitId)?.place ?? '',
    })),
  };
}

async function firstLookOf(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<repository.FirstLook> {
  const task = await repository.findFirstLook(connection, projectId, taskId);
  if (task === undefined) throw new NotFound();
  if (task.phase === 'training') {
    throw new Conflict(
      'training-task',
      'A task that trains coders is looked at again by training once more.',
    );
  }
  if (taskTypeServers.get(task.type)?.across !== undefined) {
    throw new Conflict(
      'units-over-several-items',
      'What this task asks stands over several items, and can’t be asked again by items. Make a new task over the collection.',
    );
  }
  return task;
}

const protocolSchema = z.record(z.string(), z.json());

/**
 * A draft that asks chosen units of a task again: over the same collection, of the same type, under the same protocol.
 * Which units they are is kept, so that what the rule would choose later does not matter. @throws WrongFields
 */
export async function makeSecondLook(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  { name, rule, coders, seed: wished }: MakeSecondLook,
): Promise<Task> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    const first = await firstLookOf(transaction, projectId, taskId);
    const { version: contractVersion } = taskTypeContracts.get(first.type) ?? {};
    if (contractVersion === undefined) throw new Error(`no task type is called ${first.type}`);
    const chosen = await chosenUnits(transaction, projectId, taskId, rule);
    const asked = await askedOf(transaction, projectId, taskId, chosen, coders);
    requireCoders(asked.coders, coders);
    if (asked.chosen.length === 0) {
      const message =
        chosen.length === 0
          ? 'nothing of the task is chosen by it'
          : 'none of the coders has judged anything of what it chooses';
      throw new WrongFields([{ path: 'rule', message }]);
    }
    const id = taskIdSchema.parse(uuidv7());
    const seed = wished ?? randomInt(2 ** 32);
    const { type, collectionId, phase, order, hiddenGoldRate, trainingLength } = first;
    await insertTask(transaction, {
      ...{ id, projectId, name, type, collectionId, phase, order, seed, contractVersion },
      ...{ hiddenGoldRate, trainingLength },
      wanted: coders.length,
      protocol: protocolSchema.parse(first.protocol),
      trainingTaskId: taskIdSchema.nullable().parse(first.trainingTaskId),
      named: coders.map((memberId) => ({ memberId, deadline: null })),
      secondLook: { of: taskId, rule },
    });
    await repository.insertChosen(
      transaction,
      projectId,
      id,
      asked.chosen.map(({ unitId }) => unitId),
    );
    await services.jobs.sendWithin(transaction, 'plan-task', { projectId, taskId: id }, id);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'task.second-look-made',
      subject: {
        ...{ taskId: id, name, secondLookOf: taskId, seed },
        rule: JSON.stringify(rule),
        chosen: asked.chosen.length,
        coders: coders.length,
      },
    });
    return taskOf(transaction, projectId, id);
  });
}

function requireCoders(known: readonly repository.FirstCoder[], named: readonly MemberId[]): void {
  const active = new Set(known.flatMap((coder) => (coder.active ? [coder.memberId] : [])));
  const wrong = named.flatMap((memberId, index) => {
    const path = `coders.${index}`;
    if (!active.has(memberId)) return [{ path, message: 'no expert of this project who may work' }];
    return named.indexOf(memberId) === index ? [] : [{ path, message: 'named twice' }];
  });
  if (wrong.length > 0) throw new WrongFields(wrong);
}
