import { importIdSchema } from '@casebook/contracts';
import type { Collection, CollectionId, Import, ImportId, ProjectId, Refusal } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import { collectionOf } from '../collections/service.ts';
import type { Connection } from '../database/client.ts';
import { Conflict, Malformed, NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import { checkContent } from './check-content.ts';
import { commitOrFail } from './commit.ts';
import { excerptOf } from './excerpt.ts';
import { ANALYZED_FROM, COMMITTED_AT_ONCE } from './limits.ts';
import { stageFile } from './reading.ts';
import type { ReadingResult } from './reading.ts';
import * as repository from './repository.ts';
import { settleWithCollection, settleWithinFile } from './settle.ts';
import * as staging from './staging/repository.ts';
import type { TakeFile, UploadedFile } from './uploaded-file.ts';

const PREVIEWED = { documents: 2, 'word-pairs': 10 } as const;
const LONG = { timeout: 600_000, maxWait: 10_000 };

/** Uploads into a collection, newest first. */
export async function listImports(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
): Promise<Import[]> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  await collectionOf(prisma, projectId, collectionId);
  return repository.listImports(prisma, projectId, collectionId);
}

export async function readImport(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  importId: ImportId,
): Promise<Import> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  return importOf(prisma, projectId, collectionId, importId);
}

async function importOf(
  connection: Connection,
  projectId: ProjectId,
  collectionId: CollectionId,
  importId: ImportId,
): Promise<Import> {
  const [found] = await repository.listImports(connection, projectId, collectionId, importId);
  if (found === undefined) throw new NotFound();
  return found;
}

/**
 * Reads a file as a dry run: what it holds is staged, nothing is added to the collection yet. An upload that fails
 * or breaks off leaves nothing behind.
 */
export async function upload(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  takeFile: TakeFile,
): Promise<Import> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const collection = await collectionOf(prisma, projectId, collectionId);
  return readInto(services, principal.userId, projectId, collection, takeFile);
}

/** Who did what the terminal asked for: nobody whom the instance knows. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The same for whoever may, or, with null, for the terminal. */
export async function readInto(
  services: Services,
  actorId: string | null,
  projectId: ProjectId,
  collection: Collection,
  takeFile: TakeFile,
): Promise<Import> {
  const { prisma } = services.database;
  return takeFile(async (file) => {
    checkContent(file, collection.kind);
    const importId = importIdSchema.parse(uuidv7());
    await repository.insertImport(prisma, {
      projectId,
      id: importId,
      collectionId: collection.id,
      fileName: file.name,
      createdBy: actorId ?? NOBODY,
    });
    try {
      const target = { projectId, importId, kind: collection.kind, fileName: file.name };
      const result = await stageFile(prisma, target, file.bytes, () => file.share());
      await conclude(services, actorId, projectId, importId, collection, file, result);
    } catch (error) {
      await repository.deleteImport(prisma, { projectId, importId });
      throw error;
    }
    return importOf(prisma, projectId, collection.id, importId);
  });
}

/** Holds what was staged against the file itself and the collection, and says what came of it. */
async function conclude(
  services: Services,
  actorId: string | null,
  projectId: ProjectId,
  importId: ImportId,
  collection: Collection,
  file: UploadedFile,
  result: ReadingResult,
): Promise<void> {
  if (result.items === 0 && result.firstRefusal !== undefined && result.refused === 1) {
    throw new Malformed(inWords(result.firstRefusal));
  }
  const { bytes, hash } = await file.finish();
  const key = { projectId, importId };
  if (result.items >= ANALYZED_FROM) await staging.analyzeStaged(services.database.prisma);
  await services.database.prisma.$transaction(async (transaction) => {
    if (!(await repository.changeState(transaction, key, ['reading'], 'understood'))) {
      throw new Conflict('cut-off', 'The upload took too long and was given up; send the file again.');
    }
    const before = await repository.findSameFile(transaction, projectId, collection.id, hash);
    const within = await settleWithinFile(transaction, key, collection.kind, file.name);
    const refused = result.refused + within.refused;
    const against = await settleWithCollection(transaction, key, collection.id, file.name, refused);
    const { counts } = against;
    const preview = await staging.previewStaged(transaction, key, PREVIEWED[collection.kind]);
    const same =
      before === null ? [] : [`This very file was added on ${before.toISOString().slice(0, 10)} already.`];
    await repository.updateImport(transaction, key, {
      fileHash: hash,
      bytes: BigInt(bytes),
      format: result.format,
      counts,
      preview: preview.map((item) => ({ ...item, content: excerptOf(item.content) })),
      remarks: [...same, ...against.remarks, ...within.remarks, ...result.remarks],
      progress: 1,
    });
    await recordInProject(transaction, projectId, {
      actorId,
      action: 'import.read',
      subject: {
        importId,
        collectionId: collection.id,
        file: file.name,
        items: counts.items,
        refused: counts.refused,
      },
    });
  }, LONG);
}

function inWords({ file, line, column, reason, expected }: Refusal): string {
  return `${file}, line ${line}, column ${column}: ${reason}. Expected ${expected}.`;
}

/** Has what was understood added to the collection: at once where it is little, in the background where it is much. */
export async function acceptImport(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  importId: ImportId,
): Promise<Import> {
  await requireRight(services.database.prisma, principal, projectId, 'manage');
  return accept(services, principal.userId, projectId, collectionId, importId);
}

/** The same for whoever may, or, with null, for the terminal. */
export async function accept(
  services: Services,
  actorId: string | null,
  projectId: ProjectId,
  collectionId: CollectionId,
  importId: ImportId,
): Promise<Import> {
  const { prisma } = services.database;
  const key = { projectId, importId };
  const accepted = await prisma.$transaction(async (transaction) => {
    const found = await importOf(transaction, projectId, collectionId, importId);
    if (found.state === 'understood' && found.counts.items === 0) {
      throw new Conflict(
        'nothing-to-commit',
        'Nothing in this file was understood; there is nothing to add.',
      );
    }
    if (!(await repository.changeState(transaction, key, ['understood'], 'committing'))) {
      const { state } = await importOf(transaction, projectId, collectionId, importId);
      // Asked twice is as good as once.
      if (state === 'committing' || state === 'committed') return null;
      throw new Conflict(
        'not-understood',
        'This upload can’t be added: it was discarded, or is not read yet.',
      );
    }
    await services.jobs.sendWithin(transaction, 'commit-import', key, importId);
    await recordInProject(transaction, projectId, {
      actorId,
      action: 'import.accepted',
      subject: { importId, collectionId, file: found.fileName },
    });
    return found;
  });
  if (accepted !== null && accepted.counts.items <= COMMITTED_AT_ONCE) {
    await commitOrFail(services, key);
  }
  return importOf(prisma, projectId, collectionId, importId);
}

export async function discardImport(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  importId: ImportId,
): Promise<void> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const key = { projectId, importId };
  await prisma.$transaction(async (transaction) => {
    const found = await importOf(transaction, projectId, collectionId, importId);
    if (found.state === 'discarded') return;
    if (!(await repository.changeState(transaction, key, ['understood', 'failed'], 'discarded'))) {
      throw new Conflict('not-discardable', 'Only an upload that was read and not added can be discarded.');
    }
    await staging.deleteStaged(transaction, key);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'import.discarded',
      subject: { importId, collectionId, file: found.fileName },
    });
  }, LONG);
}

/** The name of an upload whose refusals the caller may take out. */
export async function refusalsOf(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  importId: ImportId,
): Promise<{ fileName: string; batches: AsyncIterable<readonly Refusal[]> }> {
  const { fileName } = await readImport(services, principal, projectId, collectionId, importId);
  return { fileName, batches: repository.eachRefusal(services.database.prisma, { projectId, importId }) };
}
