import { answerFileIdSchema } from '@casebook/contracts';
import type {
  AnswerFile,
  AnswerFileId,
  AnswerFileWish,
  OutsideCoder,
  ProjectId,
  TaskId,
} from '@casebook/contracts';
import { refusedContent } from '@casebook/corpora';
import { taskTypeServers } from '@casebook/task-types/server';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import type { Connection } from '../database/client.ts';
import { Conflict, Malformed, NotFound, WrongMediaType } from '../errors.ts';
import { refuseUnsafe } from '../http/untrusted-json.ts';
import type { TakeFile } from '../imports/uploaded-file.ts';
import type { Services } from '../services.ts';
import { taskOf } from '../tasks/service.ts';
import { readAnswers } from './reading.ts';
import * as repository from './repository.ts';

const LONG = { timeout: 600_000, maxWait: 30_000 };

/** Files with answers to a task, newest first. */
export async function listFiles(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<AnswerFile[]> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  await taskOf(prisma, projectId, taskId);
  return repository.listFiles(prisma, projectId, taskId);
}

/** Coders outside the project: whoever may read results reads their names. */
export async function listCoders(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<OutsideCoder[]> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  return repository.listCoders(prisma, projectId);
}

async function fileOf(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  id: AnswerFileId,
): Promise<AnswerFile> {
  const [found] = await repository.listFiles(connection, projectId, taskId, id);
  if (found === undefined) throw new NotFound();
  return found;
}

/** Reads a file with coders' answers as a dry run; nothing of it counts yet. */
export async function upload(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  wish: AnswerFileWish,
  takeFile: TakeFile,
): Promise<AnswerFile> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const task = await taskOf(prisma, projectId, taskId);
  const type = taskTypeServers.get(task.type);
  if (type === undefined) throw new NotFound();
  if (!task.planned)
    throw new Conflict('not-planned', 'The task is still being planned; try again in a moment.');
  return takeFile(async (file) => {
    if (file.head.length === 0) throw new Malformed(`${file.name}: the file is empty.`);
    const refused = refusedContent(file.head);
    if (refused !== null) throw new WrongMediaType(`${file.name}: ${refused}. Expected text in UTF-8.`);
    const items = await repository.listItems(prisma, projectId, taskId);
    const read = await readAnswers(file, wish, {
      id: taskId,
      type,
      protocol: type.contract.protocol.parse(task.protocol),
      items,
      open: (item) => repository.findItemWithUnits(prisma, projectId, taskId, item),
    });
    refuseUnsafe(read.report.coders.map(({ name }) => name));
    const { bytes, hash } = await file.finish();
    const id = answerFileIdSchema.parse(uuidv7());
    const before = await repository.findSameCommitted(prisma, projectId, taskId, wish.kind, hash);
    const same =
      before === null
        ? []
        : [`This very file was added on ${before.toISOString().slice(0, 10)} and counts already.`];
    await prisma.$transaction(async (transaction) => {
      await repository.insertFile(transaction, {
        projectId,
        id,
        taskId,
        fileName: file.name,
        fileHash: hash,
        bytes,
        kind: wish.kind,
        ...read,
        report: { ...read.report, remarks: [...same, ...read.report.remarks] },
        createdBy: principal.userId,
      });
      await recordInProject(transaction, projectId, {
        actorId: principal.userId,
        action: 'answers.read',
        subject: { answerFileId: id, taskId, file: file.name, answers: read.report.answers },
      });
    }, LONG);
    return fileOf(prisma, projectId, taskId, id);
  });
}

/** Has the answers of a file count. Asked twice is as good as once; the same file counts once. */
export async function commit(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  id: AnswerFileId,
): Promise<AnswerFile> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    await repository.lockTask(transaction, projectId, taskId);
    const file = await fileOf(transaction, projectId, taskId, id);
    if (file.state === 'committed') return file;
    if (file.state !== 'understood')
      throw new Conflict('not-understood', 'This file was discarded or removed; bring it again.');
    if (file.report.answers === 0)
      throw new Conflict(
        'nothing-to-commit',
        'No answer in this file found a unit; there is nothing to add.',
      );
    const hash = await repository.findFileHash(transaction, projectId, id);
    const before = await repository.findSameCommitted(transaction, projectId, taskId, file.kind, hash);
    if (before !== null)
      throw new Conflict('added-already', 'This very file was added to the task before and counts already.');
    await repository.addStaged(transaction, projectId, taskId, id, file.kind);
    await repository.settleFile(transaction, projectId, id, 'committed');
    await services.jobs.sendWithin(transaction, 'recompute-agreement', { projectId, taskId }, taskId);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'answers.committed',
      subject: {
        answerFileId: id,
        taskId,
        file: file.fileName,
        kind: file.kind,
        answers: file.report.answers,
      },
    });
    return fileOf(transaction, projectId, taskId, id);
  }, LONG);
}

/** Forgets a file that was not added; has the answers of one that was count no longer. Rows stay. */
export async function remove(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  id: AnswerFileId,
): Promise<void> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  await prisma.$transaction(async (transaction) => {
    await repository.lockTask(transaction, projectId, taskId);
    const file = await fileOf(transaction, projectId, taskId, id);
    if (file.state === 'discarded' || file.state === 'removed') return;
    const state = file.state === 'committed' ? 'removed' : 'discarded';
    await repository.settleFile(transaction, projectId, id, state);
    if (state === 'removed')
      await services.jobs.sendWithin(transaction, 'recompute-agreement', { projectId, taskId }, taskId);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: `answers.${state}`,
      subject: { answerFileId: id, taskId, file: file.fileName },
    });
  }, LONG);
}
