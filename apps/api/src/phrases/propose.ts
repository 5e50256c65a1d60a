import type { ReviewedPhrase } from '@casebook/contracts';
import { CHUNKER, proposePhrases } from '@casebook/corpora/phrases';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';
import type { CollectionKey } from './repository.ts';

/**
 * Proposes phrases for one document after the other, each in a transaction of its own, until none waits. Two who are
 * at it take different documents.
 */
export async function proposeWaiting(services: Services, key: CollectionKey): Promise<void> {
  const { prisma } = services.database;
  for (;;) {
    const more = await prisma.$transaction(
      async (transaction) => {
        const waiting = await repository.lockWaiting(transaction, key);
        if (waiting === undefined) return false;
        const { itemId, rules, document } = waiting;
        try {
          const wanted = new Set(rules);
          const phrases = proposePhrases(document)
            .filter(({ rule }) => wanted.has(rule))
            .map(({ range, rule }, index): ReviewedPhrase => ({
              id: `p${String(index + 1)}`,
              proposed: { rule, ranges: [range] },
              ranges: [range],
              verdict: 'open',
            }));
          await repository.openReview(transaction, key.projectId, itemId, CHUNKER, phrases);
        } catch (error) {
          services.logger.error({ err: error, ...key, itemId }, 'no phrases could be proposed');
          await repository.markFailed(transaction, key.projectId, itemId);
        }
        return true;
      },
      { timeout: 120_000, maxWait: 30_000 },
    );
    if (!more) return;
  }
}
