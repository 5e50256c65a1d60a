import { collectionIdSchema } from '@casebook/contracts';
import type {
  Collection,
  CollectionId,
  CollectionKind,
  Item,
  ItemId,
  ItemRow,
  PageQuery,
  ProjectId,
} from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import type { Connection } from '../database/client.ts';
import { NotFound } from '../errors.ts';
import { pageOfPositions, positionAfter } from '../http/position-cursor.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';

/** Collections hold gold, so only those who may see results see them. */
export async function listCollections(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<Collection[]> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  return repository.listCollections(prisma, projectId);
}

/** @throws NotFound where the project holds no such collection. */
export async function collectionOf(
  connection: Connection,
  projectId: ProjectId,
  collectionId: CollectionId,
): Promise<Collection> {
  const [collection] = await repository.listCollections(connection, projectId, collectionId);
  if (collection === undefined) throw new NotFound();
  return collection;
}

export async function readCollection(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
): Promise<Collection> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  return collectionOf(prisma, projectId, collectionId);
}

export async function makeCollection(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collection: { name: string; kind: CollectionKind },
): Promise<Collection> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const id = collectionIdSchema.parse(uuidv7());
  return prisma.$transaction(async (transaction) => {
    await repository.insertCollection(transaction, projectId, { id, ...collection });
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'collection.made',
      subject: { collectionId: id, ...collection },
    });
    return collectionOf(transaction, projectId, id);
  });
}

/** A page of items in the order of the collection. */
export async function listItems(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  page: PageQuery,
): Promise<{ rows: ItemRow[]; next: string | null }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  await collectionOf(prisma, projectId, collectionId);
  const after = positionAfter(page.cursor);
  const rows = await repository.listItems(prisma, projectId, collectionId, after, page.limit + 1);
  return pageOfPositions(rows, page.limit);
}

export async function readItem(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  itemId: ItemId,
): Promise<Item> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const item = await repository.findItem(prisma, projectId, collectionId, itemId);
  if (item === undefined) throw new NotFound();
  return item;
}
