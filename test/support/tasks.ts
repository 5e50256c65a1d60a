import { routes } from '@casebook/contracts';
import type { CollectionId, MakeTask, ProjectId, Task, TaskId } from '@casebook/contracts';
import { taskTypeContracts } from '@casebook/task-types/contract';
import { z } from 'zod';
import type { TestClient } from './client.ts';
import { CONLL, eventually, importFile, makeCollection, PAIRS } from './collections.ts';

const protocolSchema = z.record(z.string(), z.json());

/** What a task is made of, where a test does not care. */
export function taskWish(
  type: string,
  collectionId: CollectionId,
  changes: Partial<MakeTask> = {},
): MakeTask {
  return {
    name: type,
    collectionId,
    type,
    phase: 'production',
    wanted: 2,
    order: 'reading',
    seed: 1,
    coders: { kind: 'whoever-comes' },
    protocol: protocolSchema.parse(taskTypeContracts.get(type)?.exampleProtocol),
    trainingTaskId: null,
    hiddenGoldRate: 0,
    trainingLength: 12,
    ...changes,
  };
}

/** Makes a task and waits until it is planned. */
export async function makePlannedTask(
  manager: TestClient,
  projectId: ProjectId,
  wish: MakeTask,
): Promise<Task> {
  const { id: taskId } = await manager.must(routes.makeTask, { params: { projectId }, body: wish });
  return eventually(
    () => manager.must(routes.task, { params: { projectId, taskId } }),
    ({ planned }) => planned,
  );
}

/** A task that coders can begin with, over a collection of its own with the specimens of its kind. */
export async function makeOpenTask(
  manager: TestClient,
  projectId: ProjectId,
  type: string,
  changes: Partial<MakeTask> = {},
): Promise<{ taskId: TaskId; collectionId: CollectionId }> {
  const kind = taskTypeContracts.get(type)?.collectionKind ?? 'documents';
  const collectionId = changes.collectionId ?? (await makeCollection(manager, projectId, kind));
  if (changes.collectionId === undefined) {
    const [file, content] = kind === 'documents' ? ['letters.conll', CONLL] : ['pairs.csv', PAIRS];
    await importFile(manager, projectId, collectionId, file, content);
  }
  const { id: taskId } = await makePlannedTask(manager, projectId, taskWish(type, collectionId, changes));
  await manager.must(routes.changeTask, { params: { projectId, taskId }, body: { state: 'open' } });
  return { taskId, collectionId };
}
