import type { Import } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import type { ImportKey } from './repository.ts';
import * as staging from './staging/repository.ts';

/**
 * Drops what stands twice in the file, refuses what contradicts the file itself or the collection, counts the rest.
 * Done when a file was read and again when it is committed, since the collection may have grown in between.
 *
 * @param refused how many were refused before.
 */
export async function settle(
  transaction: Connection,
  key: ImportKey,
  collectionId: string,
  fileName: string,
  refused: number,
): Promise<{ counts: Import['counts']; remarks: string[] }> {
  const within = await staging.settleWithinFile(transaction, key, fileName);
  const conflicts = await staging.refuseConflicts(transaction, key, collectionId, fileName);
  const counted = await staging.countStaged(transaction, key, collectionId);
  const counts = { ...counted, refused: refused + within.refused + conflicts };
  const remarks: string[] = [];
  if (within.repeated > 0) {
    remarks.push(
      within.repeated === 1
        ? '1 item stands twice in the file and is taken once.'
        : `${within.repeated.toLocaleString('en')} items stand in the file more than once and are taken once.`,
    );
  }
  if (counts.known > 0) {
    remarks.push(
      counts.known === counts.items
        ? 'All of this is in the collection already; it adds nothing.'
        : `${counts.known.toLocaleString('en')} of ${counts.items.toLocaleString('en')} are in the collection already and add nothing.`,
    );
  }
  return { counts, remarks };
}
