import { Prisma } from '../database/client.ts';

/** Whether the adjudication `a` of a statement is the last of its unit's line. */
const STANDS = `NOT EXISTS (
  SELECT 1 FROM "Adjudication" n WHERE n."projectId" = a."projectId" AND n."supersedesId" = a."id")`;

/**
 * What is taken for right of the unit `u` of a statement, as JSON: what an adjudicator decided, or else gold; null
 * where there is neither. Where he kept several readings none of them is the reference.
 */
export const REFERENCE = `coalesce(
  (SELECT a."answers" -> 0 -> 'answer' FROM "Adjudication" a
    WHERE a."projectId" = u."projectId" AND a."unitId" = u."id" AND a."kind" = 'decide' AND ${STANDS}),
  (SELECT g."answer" FROM "Gold" g WHERE g."projectId" = u."projectId" AND g."unitId" = u."id"))`;

/** The answers that an adjudicator decided for or kept of the unit `u` of a statement; null where no decision stands. */
export const KEPT_ANSWERS = `(SELECT jsonb_path_query_array(a."answers", '$[*].answer') FROM "Adjudication" a
  WHERE a."projectId" = u."projectId" AND a."unitId" = u."id" AND a."kind" IN ('decide', 'keep-several') AND ${STANDS})`;

/** The same, for statements that Prisma sends. */
export const stands = Prisma.raw(STANDS);
export const reference = Prisma.raw(REFERENCE);
