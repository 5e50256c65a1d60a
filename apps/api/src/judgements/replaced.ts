import { Prisma } from '../database/client.ts';

/**
 * Whether the judgement `j` of a statement was replaced: its coder judged the unit again later, and that counts no
 * less. What came too late, or after its coder could see the others' answers, replaces nothing that was neither, so
 * that agreement, counts and files all hold the same judgements.
 */
export const REPLACED = `EXISTS (
  SELECT 1 FROM "Judgement" n
  WHERE n."projectId" = j."projectId" AND n."unitId" = j."unitId" AND n."coderId" = j."coderId"
    AND n."stage" = j."stage" AND n."occasion" = j."occasion"
    AND (n."receivedAt", n."id") > (j."receivedAt", j."id")
    AND (j."extra" OR NOT n."extra") AND (j."informed" OR NOT n."informed"))`;

/** The same, for statements that Prisma sends. */
export const replaced = Prisma.raw(REPLACED);
