import { Prisma } from '../database/client.ts';

/** Whether the adjudication `a` of a statement is the last of its unit's line. */
const STANDS = `NOT EXISTS (
  SELECT 1 FROM "Adjudication" n WHERE n."projectId" = a."projectId" AND n."supersedesId" = a."id")`;

/** The answers of the adjudication `a`, one a row, */
const GIVEN = `jsonb_array_elements(a."answers") WITH ORDINALITY AS "of" ("given", "place")`;
/** and the heaviest first: without a weight one weighs 1; of equals in the order in which he put them. */
const HEAVIEST_FIRST = `ORDER BY coalesce(("given" ->> 'weight')::float8, 1) DESC, "place"`;

/**
 * What is taken for right of the unit `u` of a statement, as JSON: what an adjudicator decided, of several readings that
 * he kept the heaviest; or else gold; null where there is neither.
 */
export const REFERENCE = `coalesce(
  (SELECT (SELECT "given" -> 'answer' FROM ${GIVEN} ${HEAVIEST_FIRST} LIMIT 1) FROM "Adjudication" a
    WHERE a."projectId" = u."projectId" AND a."unitId" = u."id" AND a."kind" IN ('decide', 'keep-several') AND ${STANDS}),
  (SELECT g."answer" FROM "Gold" g WHERE g."projectId" = u."projectId" AND g."unitId" = u."id"))`;

/**
 * The answers that an adjudicator decided for or kept of the unit `u` of a statement, the heaviest first; null where no
 * decision stands.
 */
export const KEPT_ANSWERS = `(SELECT (SELECT jsonb_agg("given" -> 'answer' ${HEAVIEST_FIRST}) FROM ${GIVEN})
  FROM "Adjudication" a
  WHERE a."projectId" = u."projectId" AND a."unitId" = u."id" AND a."kind" IN ('decide', 'keep-several') AND ${STANDS})`;

/** The same, for statements that Prisma sends. */
export const stands = Prisma.raw(STANDS);
export const reference = Prisma.raw(REFERENCE);
export const keptAnswers = Prisma.raw(KEPT_ANSWERS);
