import type {
  Collection,
  CollectionId,
  CollectionKind,
  Import,
  ProjectId,
  Refusal,
} from '@casebook/contracts';
import { collectionIdSchema, nameSchema } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import { recordInProject } from '../audit/repository.ts';
import { insertCollection, listCollections } from '../collections/repository.ts';
import { readEnvironment } from '../env.ts';
import { DomainError } from '../errors.ts';
import { commitOrFail } from '../imports/commit.ts';
import { fileOnDisk } from '../imports/file-on-disk.ts';
import { eachRefusal, listImports, updateImport } from '../imports/repository.ts';
import { accept, readInto } from '../imports/service.ts';
import { deleteStaged } from '../imports/staging/repository.ts';
import type { UploadedFile } from '../imports/uploaded-file.ts';
import { findByIdOrName } from '../projects/repository.ts';
import { startServer } from '../server.ts';
import type { Services } from '../services.ts';
import { sentenceFor } from './failure.ts';
import { hasDatabase, noDatabaseIn } from './reach.ts';

export interface ImportOrder {
  /** By its id, or by its name where only one is called so. */
  readonly project: string;
  readonly collection: string;
  /** Makes the collection where there is none of that name. */
  readonly kind: CollectionKind | undefined;
  /** Adds what was understood though something was refused. */
  readonly partly: boolean;
  /** Adds nothing. */
  readonly dryRun: boolean;
}

export type ImportOutcome =
  | { readonly done: true; readonly import: Import; readonly refusals: readonly Refusal[] }
  | { readonly done: false; readonly why: string; readonly refusals: readonly Refusal[] };

const no = (why: string, refusals: readonly Refusal[] = []): ImportOutcome => ({
  done: false,
  why,
  refusals,
});

/** Adds a file to a collection, all of it or nothing unless told otherwise; the service may run meanwhile. */
export async function importFile(path: string, order: ImportOrder): Promise<ImportOutcome> {
  try {
    const environment = await readEnvironment({ ...process.env, PORT: '0' });
    if (!hasDatabase(environment)) return no(noDatabaseIn(environment));
    const server = await startServer({ ...environment, worker: false });
    try {
      return await imported(server.instance.services, path, order);
    } finally {
      await server.stop();
    }
  } catch (error) {
    if (error instanceof DomainError) return no(error.message);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return no(`There is no ${path}.`);
    const why = sentenceFor(error);
    if (why === undefined) throw error;
    return no(why);
  }
}

async function imported(services: Services, path: string, order: ImportOrder): Promise<ImportOutcome> {
  const projectId = await findByIdOrName(services.database.prisma, order.project);
  if (projectId === undefined)
    return no(`Not exactly one project is called ${order.project}; its id names it surely.`);
  const file = await fileOnDisk(path);
  const found = await collectionOf(services, projectId, order);
  if (typeof found === 'string') return no(found);
  let outcome: ImportOutcome | undefined;
  try {
    outcome = await importedInto(services, projectId, found.collection, file, order);
    return outcome;
  } finally {
    if (found.isNew && outcome?.done !== true)
      await removeCollection(services, projectId, found.collection.id);
  }
}

async function importedInto(
  services: Services,
  projectId: ProjectId,
  collection: Collection,
  file: UploadedFile,
  order: ImportOrder,
): Promise<ImportOutcome> {
  const { prisma } = services.database;
  const read = await readInto(services, null, projectId, collection, (use) => use(file));
  const key = { projectId, importId: read.id };
  const refusals: Refusal[] = [];
  for await (const batch of eachRefusal(prisma, key)) refusals.push(...batch);
  const isWhole = refusals.length === 0;
  if (order.dryRun || read.counts.items === 0 || (!isWhole && !order.partly)) {
    await prisma.$transaction(async (transaction) => {
      await updateImport(transaction, key, { state: 'discarded' });
      await deleteStaged(transaction, key);
    });
    if (order.dryRun && isWhole) return { done: true, import: read, refusals };
    return no(
      read.counts.items === 0
        ? 'Nothing in this file was understood.'
        : `${refusals.length === 1 ? 'A line was' : `${String(refusals.length)} lines were`} refused; nothing was added.`,
      refusals,
    );
  }
  await accept(services, null, projectId, collection.id, read.id);
  // However much it is: no worker need run for the terminal.
  await commitOrFail(services, key);
  const [after] = await listImports(prisma, projectId, collection.id, read.id);
  return after?.state === 'committed'
    ? { done: true, import: after, refusals }
    : no(after?.failure ?? 'The file could not be added; nothing of it was.', refusals);
}

/** Takes away a collection that was made for a file of which nothing was added. */
async function removeCollection(
  services: Services,
  projectId: ProjectId,
  collectionId: CollectionId,
): Promise<void> {
  await services.database.prisma.$transaction(async (transaction) => {
    await transaction.import.deleteMany({ where: { projectId, collectionId } });
    await transaction.collection.deleteMany({ where: { projectId, id: collectionId } });
  });
}

/** The collection of that id or name; a new one where there is none and its kind is given; a sentence otherwise. */
async function collectionOf(
  services: Services,
  projectId: ProjectId,
  { collection: named, kind, dryRun }: ImportOrder,
): Promise<{ readonly collection: Collection; readonly isNew: boolean } | string> {
  const { prisma } = services.database;
  const all = await listCollections(prisma, projectId);
  const [found, another] = all.filter(({ id, name }) => id === named || name === named);
  if (another !== undefined) return `Several collections are called ${named}; its id names one surely.`;
  if (found !== undefined) {
    return kind === undefined || kind === found.kind
      ? { collection: found, isNew: false }
      : `${named} holds ${found.kind === 'documents' ? 'documents' : 'word pairs'}, and --kind says otherwise.`;
  }
  if (kind === undefined) return `There is no collection ${named}; with --kind it is made.`;
  if (dryRun) return `There is no collection ${named}; a dry run makes none.`;
  const name = nameSchema.safeParse(named);
  if (!name.success) return `“${named}” can’t be a name: ${name.error.issues[0]?.message ?? ''}.`;
  const id = collectionIdSchema.parse(uuidv7());
  await prisma.$transaction(async (transaction) => {
    await insertCollection(transaction, projectId, { id, name: name.data, kind });
    await recordInProject(transaction, projectId, {
      actorId: null,
      action: 'collection.made',
      subject: { collectionId: id, kind, from: 'terminal' },
    });
  });
  const [made] = await listCollections(prisma, projectId, id);
  return made === undefined ? 'The collection was removed again.' : { collection: made, isNew: true };
}
