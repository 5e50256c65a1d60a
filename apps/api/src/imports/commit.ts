import { uuidv7 } from 'uuidv7';
import { recordInProject } from '../audit/repository.ts';
import { projectIdSchema } from '@casebook/contracts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';
import type { ImportKey } from './repository.ts';
import { settle } from './settle.ts';
import * as staging from './staging/repository.ts';

const CHUNK = 10_000;

/**
 * Adds what an import staged to its collection, in one transaction: a process that dies meanwhile leaves nothing,
 * and whoever comes next does it from the beginning. Does nothing where another is at it, or it was done.
 */
export async function commitImport(services: Services, key: ImportKey): Promise<void> {
  const { prisma } = services.database;
  const projectId = projectIdSchema.parse(key.projectId);
  await prisma.$transaction(
    async (transaction) => {
      if (!(await repository.tryLockImport(transaction, key))) return;
      const found = await repository.findCommitting(transaction, key);
      if (found === undefined) return;
      const { collectionId, fileName } = found;
      const firstPosition = await staging.lockCollection(transaction, projectId, collectionId);
      const { counts, remarks } = await settle(transaction, key, collectionId, fileName, found.refused);
      let added = 0;
      let done = 0;
      let chunk = await staging.endOfChunk(transaction, key, -1, CHUNK);
      for (let after = -1; chunk !== null; chunk = await staging.endOfChunk(transaction, key, after, CHUNK)) {
        const ids = Array.from({ length: chunk.items }, () => uuidv7());
        const range = { after, last: chunk.last, firstPosition: firstPosition + added };
        added += await staging.addStaged(transaction, key, collectionId, range, ids);
        done += chunk.items;
        after = chunk.last;
        // Outside the transaction, so that it is seen; the row itself is written to only at the end.
        await repository.updateProgress(prisma, key, done / counts.items);
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
    },
    { timeout: 1_800_000, maxWait: 30_000 },
  );
}
