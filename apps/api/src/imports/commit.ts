import { projectIdSchema } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import { recordInProject } from '../audit/repository.ts';
import { isDatabaseBusy } from '../database/busy.ts';
import type { Connection } from '../database/client.ts';
import type { Services } from '../services.ts';
import { ANALYZED_FROM } from './limits.ts';
import * as repository from './repository.ts';
import type { ImportKey } from './repository.ts';
import { settleWithCollection } from './settle.ts';
import * as staging from './staging/repository.ts';

const CHUNK = 10_000;

/**
 * Adds what an import staged to its collection, in one transaction: a process that dies meanwhile leaves nothing,
 * and whoever comes next does it from the beginning. Waits for another who is at it; does nothing where it was done.
 */
export async function commitImport(services: Services, key: ImportKey): Promise<void> {
  const { prisma } = services.database;
  const added = await prisma.$transaction(
    async (transaction) => {
      await repository.lockImport(transaction, key);
      const found = await repository.findCommitting(transaction, key);
      return found === undefined ? 0 : addTo(services, transaction, key, found);
    },
    { timeout: 1_800_000, maxWait: 30_000 },
  );
  if (added >= ANALYZED_FROM) await staging.analyzeItems(prisma);
}

/** The same, but what can't be committed is marked as failed; only a busy database is left for another try. */
export async function commitOrFail(services: Services, key: ImportKey): Promise<void> {
  try {
    await commitImport(services, key);
  } catch (error) {
    if (isDatabaseBusy(error)) throw error;
    services.logger.error({ err: error, ...key }, 'an import could not be committed');
    await repository.markFailed(
      services.database.prisma,
      key,
      'The file could not be added; nothing of it was. The fault is ours and was logged.',
    );
  }
}

async function addTo(
  { database }: Services,
  transaction: Connection,
  key: ImportKey,
  found: repository.CommittingImport,
): Promise<number> {
  const { collectionId, fileName } = found;
  const projectId = projectIdSchema.parse(key.projectId);
  const firstPlace = await staging.lockCollection(transaction, projectId, collectionId);
  const { counts, remarks } = await settleWithCollection(
    transaction,
    key,
    collectionId,
    fileName,
    found.refused,
  );
  await staging.dropKnown(transaction, key, collectionId);
  let added = 0;
  let chunk = await staging.endOfChunk(transaction, key, -1, CHUNK);
  for (let after = -1; chunk !== null; chunk = await staging.endOfChunk(transaction, key, after, CHUNK)) {
    const ids = Array.from({ length: chunk.items }, () => uuidv7());
    const range = { after, last: chunk.last, place: firstPlace + added };
    added += await staging.addStaged(transaction, key, collectionId, range, ids);
    after = chunk.last;
    // Outside the transaction, so that it is seen; the row itself is written to only at the end.
    await repository.updateProgress(database.prisma, key, added / counts.items);
  }
  const version = added === 0 ? null : await staging.raiseVersion(transaction, projectId, collectionId);
  await staging.deleteStaged(transaction, key);
  await repository.updateImport(transaction, key, {
    state: 'committed',
    counts,
    remarks: [...new Set([...remarks, ...found.remarks])],
    progress: 1,
  });
  await recordInProject(transaction, projectId, {
    actorId: null,
    action: 'import.committed',
    subject: { importId: key.importId, collectionId, file: fileName, added, version },
  });
  return added;
}
