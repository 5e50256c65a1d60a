import { randomInt } from 'node:crypto';
import { collectionIdSchema, taskIdSchema } from '@casebook/contracts';
import type { Collection, MakeTask, ProjectId, Task, TaskId, TaskState } from '@casebook/contracts';
import { taskTypeContracts } from '@casebook/task-types/contract';
import type { TaskTypeContract } from '@casebook/task-types/contract';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import { collectionOf } from '../collections/service.ts';
import type { Connection } from '../database/client.ts';
import { Conflict, NotFound, WrongFields } from '../errors.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';
import { mayBecome, waysFrom } from './transitions.ts';

/** Tasks tell how far others are, so only those who may see results see them; coders have their desk. */
export async function listTasks(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<Task[]> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  return repository.listTasks(prisma, projectId);
}

/** @throws NotFound where the project holds no such task. */
export async function taskOf(connection: Connection, projectId: ProjectId, taskId: TaskId): Promise<Task> {
  const [task] = await repository.listTasks(connection, projectId, taskId);
  if (task === undefined) throw new NotFound();
  return task;
}

export async function readTask(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<Task> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  return taskOf(prisma, projectId, taskId);
}

/** A new draft; its units are planned in the background. @throws WrongFields */
export async function makeTask(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  wish: MakeTask,
): Promise<Task> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const contract = contractOf(wish.type);
  const collection = await collectionFor(prisma, projectId, wish.collectionId, contract);
  const protocol = protocolOf(contract, wish.protocol);
  requireGraded(wish, contract, collection);
  const named = wish.coders.kind === 'named' ? wish.coders.named : null;
  const id = taskIdSchema.parse(uuidv7());
  return prisma.$transaction(async (transaction) => {
    if (named !== null) await requireMembers(transaction, projectId, named);
    const { name, type, collectionId, phase, wanted, order } = wish;
    const { trainingTaskId, hiddenGoldRate, trainingLength } = wish;
    if (
      trainingTaskId !== null &&
      (phase === 'training' || !(await repository.isTraining(transaction, projectId, trainingTaskId, type)))
    ) {
      throw new WrongFields([
        { path: 'trainingTaskId', message: 'expected a task of this type that trains coders' },
      ]);
    }
    const seed = wish.seed ?? randomInt(2 ** 32);
    const { version: contractVersion } = contract;
    await repository.insertTask(transaction, {
      id,
      projectId,
      ...{ name, type, collectionId, phase, wanted, order, seed, contractVersion, protocol, named },
      ...{ trainingTaskId, hiddenGoldRate, trainingLength },
    });
    await services.jobs.sendWithin(transaction, 'plan-task', { projectId, taskId: id }, id);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'task.made',
      subject: { taskId: id, name, type, collectionId, phase, wanted, order, seed },
    });
    return taskOf(transaction, projectId, id);
  });
}

function contractOf(type: string): TaskTypeContract<unknown, unknown, unknown> {
  const contract = taskTypeContracts.get(type);
  if (contract === undefined) {
    const known = [...taskTypeContracts.keys()].join(', ');
    throw new WrongFields([{ path: 'type', message: `expected one of ${known}` }]);
  }
  return contract;
}

const protocolSchema = z.record(z.string(), z.json());

function protocolOf(
  contract: TaskTypeContract<unknown, unknown, unknown>,
  given: MakeTask['protocol'],
): MakeTask['protocol'] {
  const parsed = contract.protocol.safeParse(given);
  if (parsed.success) return protocolSchema.parse(parsed.data);
  throw new WrongFields(
    parsed.error.issues.map(({ path, message }) => ({
      path: ['protocol', ...path.map(String)].join('.'),
      message,
    })),
  );
}

/** Training and hidden gold take answers that are right or wrong. @throws WrongFields */
function requireGraded(
  { phase, hiddenGoldRate, protocol }: MakeTask,
  contract: TaskTypeContract<unknown, unknown, unknown>,
  collection: Collection,
): void {
  const path = phase === 'training' ? 'phase' : hiddenGoldRate > 0 ? 'hiddenGoldRate' : null;
  const why = path === null ? null : contract.whyUngraded(contract.protocol.parse(protocol), collection);
  if (path === null || why === null) return;
  const what = phase === 'training' ? 'It can’t train coders.' : 'No gold can be hidden in it.';
  throw new WrongFields([{ path, message: `${what} ${why}` }]);
}

/** The collection of a task. @throws WrongFields where there is none, or of another kind than the task type works on. */
async function collectionFor(
  connection: Connection,
  projectId: ProjectId,
  collectionId: MakeTask['collectionId'],
  contract: TaskTypeContract<unknown, unknown, unknown>,
): Promise<Collection> {
  const wrong = (message: string) => new WrongFields([{ path: 'collectionId', message }]);
  const collection = await collectionOf(connection, projectId, collectionIdSchema.parse(collectionId)).catch(
    (error: unknown) => {
      throw error instanceof NotFound ? wrong('there is no such collection in this project') : error;
    },
  );
  if (collection.kind !== contract.collectionKind) {
    throw wrong(
      `this collection holds ${collection.kind}; ${contract.title} works on ${contract.collectionKind}`,
    );
  }
  return collection;
}

async function requireMembers(
  connection: Connection,
  projectId: ProjectId,
  named: readonly { readonly memberId: string }[],
): Promise<void> {
  const active = await repository.findActiveMembers(
    connection,
    projectId,
    named.map(({ memberId }) => memberId),
  );
  const wrong = named.flatMap(({ memberId }, index) => {
    const path = `coders.named.${index}.memberId`;
    if (!active.has(memberId)) return [{ path, message: 'nobody of this project who may work' }];
    const first = named.findIndex((other) => other.memberId === memberId);
    return first === index ? [] : [{ path, message: 'named twice' }];
  });
  if (wrong.length > 0) throw new WrongFields(wrong);
}

/** Opens, pauses, closes or archives a task. To what it is already it changes without a trace. */
export async function changeTask(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  state: Exclude<TaskState, 'draft'>,
): Promise<Task> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    const task = await repository.lockTask(transaction, projectId, taskId);
    if (task === undefined) throw new NotFound();
    if (task.state === state) return taskOf(transaction, projectId, taskId);
    if (!mayBecome(task.state, state)) {
      throw new Conflict(
        'wrong-state',
        `The task is ${task.state}; from there it can become ${waysFrom(task.state)}.`,
      );
    }
    if (state === 'open') {
      if (task.planFailure !== null) throw new Conflict('not-planned', task.planFailure);
      if (!task.planned)
        throw new Conflict('not-planned', 'The task is still being planned; try again in a moment.');
      if (!(await repository.hasUnits(transaction, projectId, taskId))) {
        throw new Conflict(
          'no-units',
          'There is nothing to judge in this collection: it holds no item with units.',
        );
      }
      if (task.phase === 'training' && !(await repository.hasGoldToTrain(transaction, projectId, taskId))) {
        throw new Conflict(
          'no-gold',
          'There are no gold answers to train coders on. Make the task over documents that bring their chains along, and were imported with them as gold.',
        );
      }
    }
    await repository.updateState(transaction, projectId, taskId, state);
    if (state === 'closed') {
      await services.jobs.sendWithin(transaction, 'advance-stages', { projectId, taskId }, taskId);
    }
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'task.changed',
      subject: { taskId, name: task.name, from: task.state, to: state },
    });
    return taskOf(transaction, projectId, taskId);
  });
}
