import type {
  ChangePhrases,
  CollectionId,
  ItemId,
  ItemRow,
  PhraseReview,
  PhraseReviews,
  PhraseRule,
  ProjectId,
} from '@casebook/contracts';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import { collectionOf } from '../collections/service.ts';
import type { Connection } from '../database/client.ts';
import { Conflict, NotFound, Unprocessable } from '../errors.ts';
import { storedContent, summaryOfDocument } from '../imports/understood-item.ts';
import type { Services } from '../services.ts';
import { changedPhrases } from './changes.ts';
import { withMarkables } from './confirmed.ts';
import * as repository from './repository.ts';

export async function listReviews(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
): Promise<PhraseReviews> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  return reviewsOf(prisma, projectId, collectionId);
}

async function reviewsOf(
  connection: Connection,
  projectId: ProjectId,
  collectionId: CollectionId,
): Promise<PhraseReviews> {
  await collectionOf(connection, projectId, collectionId);
  const key = { projectId, collectionId };
  const bare = await repository.countBare(connection, key);
  const documentsIn = (is: (language: string) => boolean): number =>
    bare.reduce((sum, { language, documents }) => (is(language) ? sum + documents : sum), 0);
  return {
    english: documentsIn(isEnglish),
    unnamed: documentsIn((language) => language === ''),
    others: bare.filter(({ language }) => language !== '' && !isEnglish(language)),
    reviews: await repository.listReviews(connection, key),
  };
}

function isEnglish(language: string): boolean {
  return /^en(?:$|[-_])/iu.test(language);
}

/**
 * Has phrases proposed for the documents of a collection that are in English and have no markables.
 *
 * @throws Conflict where there are none.
 */
export async function propose(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  rules: readonly PhraseRule[],
): Promise<PhraseReviews> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    await collectionOf(transaction, projectId, collectionId);
    const key = { projectId, collectionId };
    const documents = await repository.insertWaiting(transaction, key, rules, principal.userId);
    if (documents === 0)
      throw new Conflict(
        'nothing-to-propose-for',
        'Every document has markables or proposals already, or is not in English.',
      );
    await services.jobs.sendWithin(transaction, 'propose-phrases', key, collectionId);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'phrases.proposed',
      subject: { collectionId, documents, rules: rules.join(', ') },
    });
    return reviewsOf(transaction, projectId, collectionId);
  });
}

/** @throws NotFound where nothing was proposed for the document, or is not yet. */
async function reviewOf(
  connection: Connection,
  projectId: ProjectId,
  collectionId: CollectionId,
  itemId: ItemId,
  lock = false,
): Promise<repository.StoredReview> {
  const review = await repository.findReview(connection, projectId, collectionId, itemId, lock);
  if (review === undefined) throw new NotFound();
  return review;
}

export async function readReview(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  itemId: ItemId,
): Promise<PhraseReview> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  const found = await reviewOf(prisma, projectId, collectionId, itemId);
  const { itemVersion: _read, newestVersion: _newest, phrases, createdAt, ...review } = found;
  return { ...review, phrases: [...phrases], createdAt: createdAt.toISOString() };
}

/** A review that is open and at the revision that the caller saw, locked. */
async function openReview(
  transaction: Connection,
  projectId: ProjectId,
  collectionId: CollectionId,
  itemId: ItemId,
  revision: number,
): Promise<repository.StoredReview> {
  const review = await reviewOf(transaction, projectId, collectionId, itemId, true);
  if (review.state !== 'open')
    throw new Conflict('not-open', 'This review is not open: it is confirmed, or not begun.');
  if (review.revision !== revision)
    throw new Conflict(
      'changed-meanwhile',
      'Somebody else, or another window, changed this review meanwhile; load it anew.',
    );
  return review;
}

/** @throws Conflict where another window changed it meanwhile, or it is no longer open. */
export async function changeReview(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  itemId: ItemId,
  { revision, changes }: ChangePhrases,
): Promise<{ revision: number }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    const review = await openReview(transaction, projectId, collectionId, itemId, revision);
    const phrases = changedPhrases(review.phrases, changes, review.document.tokens.length);
    return { revision: await repository.updatePhrases(transaction, projectId, itemId, phrases) };
  });
}

/**
 * Makes the accepted phrases the markables of the document's next version. Tasks that were planned before keep the
 * version that they have.
 *
 * @throws Unprocessable where phrases are open and are not to be taken unreviewed, or none is left.
 * @throws Conflict where the document got another version meanwhile.
 */
export async function confirmReview(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  itemId: ItemId,
  { revision, unreviewed }: { readonly revision: number; readonly unreviewed: 'refuse' | 'take' },
): Promise<ItemRow> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    const review = await openReview(transaction, projectId, collectionId, itemId, revision);
    if (review.newestVersion !== review.itemVersion)
      throw new Conflict('document-changed', 'The document has a newer version than the one reviewed.');
    const open = review.phrases.filter(({ verdict }) => verdict === 'open').length;
    if (open > 0 && unreviewed === 'refuse')
      throw new Unprocessable(
        'still-open',
        `${String(open)} ${open === 1 ? 'phrase is' : 'phrases are'} neither accepted nor rejected.`,
      );
    const document = withMarkables(review.document, review.phrases, review.chunker, principal.userId);
    if (document.mentions.length === 0)
      throw new Unprocessable('none-left', 'Every phrase is rejected; there would be nothing to ask about.');
    const version = review.itemVersion + 1;
    const row = await repository.insertVersion(
      transaction,
      projectId,
      collectionId,
      { id: itemId, version, summary: summaryOfDocument(document) },
      storedContent({ kind: 'document', document }),
    );
    await repository.confirmReview(transaction, projectId, itemId, open, principal.userId);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'phrases.confirmed',
      subject: { collectionId, itemId, version, markables: document.mentions.length, unreviewed: open },
    });
    return row;
  });
}

/** Forgets a review and what was proposed. What is confirmed stays. */
export async function dropReview(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  collectionId: CollectionId,
  itemId: ItemId,
): Promise<void> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  await prisma.$transaction(async (transaction) => {
    const { state } = await reviewOf(transaction, projectId, collectionId, itemId, true);
    if (state === 'confirmed') throw new Conflict('confirmed', 'A review that is confirmed stays.');
    await repository.deleteReview(transaction, projectId, itemId);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'phrases.dropped',
      subject: { collectionId, itemId },
    });
  });
}
