import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { CollectionKind, ProjectId } from '@casebook/contracts';
import {
  collectionIdSchema,
  importIdSchema,
  makeTaskSchema,
  projectIdSchema,
  taskIdSchema,
} from '@casebook/contracts';
import { taskTypeContracts } from '@casebook/task-types/contract';
import { uuidv7 } from 'uuidv7';
import { recordInProject } from '../audit/repository.ts';
import { insertCollection } from '../collections/repository.ts';
import { commitImport } from '../imports/commit.ts';
import { stageFile } from '../imports/reading.ts';
import { changeState, insertImport, updateImport } from '../imports/repository.ts';
import { settleWithCollection } from '../imports/settle.ts';
import type { Services } from '../services.ts';
import { planTask } from '../tasks/planning/plan.ts';
import { insertTask, updateState } from '../tasks/repository.ts';
import { insertFirstProject } from './repository.ts';

const FOLDER = new URL('../../../../prisma/sample/', import.meta.url);
const NOBODY = '00000000-0000-0000-0000-000000000000';
const SEED = 1;
/** Two coders a section: fewer than five people try a sample. */
const WANTED = 2;

const COLLECTIONS: readonly {
  readonly kind: CollectionKind;
  readonly name: string;
  readonly file: string;
  readonly task: string;
}[] = [
  {
    kind: 'documents',
    name: 'The clock on Saltmarsh Row',
    file: 'story.conllu',
    task: 'Who is who on Saltmarsh Row',
  },
  {
    kind: 'word-pairs',
    name: 'Thirty pairs of words',
    file: 'pairs.tsv',
    task: 'How alike are thirty pairs',
  },
];

async function importFile(
  services: Services,
  projectId: ProjectId,
  collection: (typeof COLLECTIONS)[number],
): Promise<string> {
  const { prisma } = services.database;
  const collectionId = collectionIdSchema.parse(uuidv7());
  const importId = importIdSchema.parse(uuidv7());
  const key = { projectId, importId };
  const { kind, name, file } = collection;
  await insertCollection(prisma, projectId, { id: collectionId, name, kind });
  await insertImport(prisma, { projectId, id: importId, collectionId, fileName: file, createdBy: NOBODY });
  const read = await stageFile(
    prisma,
    { projectId, importId, kind, fileName: file },
    createReadStream(new URL(file, FOLDER)),
    () => 0,
  );
  await prisma.$transaction(async (transaction) => {
    const { counts, remarks } = await settleWithCollection(
      transaction,
      key,
      collectionId,
      file,
      read.refused,
    );
    await updateImport(transaction, key, {
      format: read.format,
      counts,
      remarks: [...remarks, ...read.remarks],
    });
    await changeState(transaction, key, ['reading'], 'committing');
  });
  await commitImport(services, key);
  return collectionId;
}

/**
 * Puts the sample project into a database that holds no project yet: its texts go through the same import as
 * anybody's, its tasks are planned like any other and stand open.
 *
 * @returns whether it did.
 */
export async function seedSample(services: Services): Promise<boolean> {
  const { prisma } = services.database;
  const projectId = projectIdSchema.parse(uuidv7());
  const guidelines = await readFile(new URL('guidelines.md', FOLDER), 'utf8');
  const made = await prisma.$transaction(async (transaction) => {
    const first = await insertFirstProject(
      transaction,
      {
        projectId,
        name: 'The Saltmarsh Row sample',
        description:
          'A short detective story and thirty pairs of words, to try everything on. Invite a few people, judge, look at the agreement, then make a project of your own.',
      },
      { markdown: guidelines, author: 'Casebook' },
    );
    if (first)
      await recordInProject(transaction, projectId, { actorId: null, action: 'project.seeded', subject: {} });
    return first;
  });
  if (!made) return false;
  for (const collection of COLLECTIONS) {
    const collectionId = await importFile(services, projectId, collection);
    const contract = [...taskTypeContracts.values()].find(
      (candidate) => candidate.collectionKind === collection.kind,
    );
    if (contract === undefined) continue;
    const taskId = taskIdSchema.parse(uuidv7());
    await insertTask(prisma, {
      id: taskId,
      projectId,
      collectionId,
      name: collection.task,
      type: contract.name,
      contractVersion: contract.version,
      phase: 'pilot',
      wanted: WANTED,
      order: 'reading',
      seed: SEED,
      protocol: makeTaskSchema.shape.protocol.parse(contract.exampleProtocol),
      trainingTaskId: null,
      hiddenGoldRate: 0,
      trainingLength: 12,
      named: null,
    });
    await planTask(services, { projectId, taskId });
    await updateState(prisma, projectId, taskId, 'open');
  }
  return true;
}
