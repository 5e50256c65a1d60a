import type { CollectionKind, Import } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import type { ImportKey } from './repository.ts';
import * as staging from './staging/repository.ts';

/**
 * Holds what was staged against the rest of its file. What stands there twice just the same is taken once. A pair
 * may come again with other scores, as in some published lists; both are kept. A document may not: it is known by
 * its name.
 */
export async function settleWithinFile(
  transaction: Connection,
  key: ImportKey,
  kind: CollectionKind,
  fileName: string,
): Promise<{ refused: number; remarks: string[] }> {
  const repeated = await staging.dropRepeated(transaction, key);
  const numbered = kind === 'word-pairs' ? await staging.numberRepeated(transaction, key) : 0;
  const refused = kind === 'documents' ? await staging.refuseRepeated(transaction, key, fileName) : 0;
  const remarks = [
    ...(repeated === 0 ? [] : [`${counted(repeated)} in the file more than once and count once.`]),
    ...(numbered === 0 ? [] : [`${counted(numbered)} in the file again with other scores; both are kept.`]),
  ];
  return { refused, remarks };
}

/**
 * Holds what was staged against the collection: refuses what is there with other content, counts the rest. Done when
 * a file was read and again when it is committed, since the collection may have grown in between.
 *
 * @param refused how many were refused before.
 */
export async function settleWithCollection(
  transaction: Connection,
  key: ImportKey,
  collectionId: string,
  fileName: string,
  refused: number,
): Promise<{ counts: Import['counts']; remarks: string[] }> {
  const conflicts = await staging.refuseConflicts(transaction, key, collectionId, fileName);
  const staged = await staging.countStaged(transaction, key, collectionId);
  const counts = { ...staged, refused: refused + conflicts };
  if (counts.known === 0) return { counts, remarks: [] };
  const remark =
    counts.known === counts.items
      ? 'All of this is in the collection already; it adds nothing.'
      : `${counts.known.toLocaleString('en')} of ${counts.items.toLocaleString('en')} are in the collection already and add nothing.`;
  return { counts, remarks: [remark] };
}

function counted(items: number): string {
  return items === 1 ? '1 item stands' : `${items.toLocaleString('en')} items stand`;
}
