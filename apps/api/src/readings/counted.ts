import { Prisma } from '../database/client.ts';
import { REPLACED } from '../judgements/replaced.ts';

/**
 * Whether the verdict `v` of a statement counts: it is its coder's last on the reading among those with a vote. One
 * without may stand between two that have one.
 */
export const VERDICT_COUNTS = `(NOT v."extra" AND NOT EXISTS (SELECT 1 FROM "Validation" n
  WHERE n."projectId" = v."projectId" AND n."sectionId" = v."sectionId" AND n."coderId" = v."coderId"
    AND n."shownReadingId" = v."shownReadingId" AND NOT n."extra" AND (n."receivedAt", n."id") > (v."receivedAt", v."id")))`;

/** Whether the judgement `j` is an annotator's: in time, uninformed, the latest such, of one who holds or has finished the section. */
const annotators = (act: 'answer' | 'skip'): string => `(j."stage" = 'annotation' AND j."act" = '${act}'
  AND NOT j."extra" AND NOT j."informed" AND NOT ${REPLACED} AND EXISTS (SELECT 1 FROM "Lease" l
    WHERE l."projectId" = j."projectId" AND l."sectionId" = j."sectionId" AND l."memberId" = j."coderId"
      AND l."state" IN ('active', 'finished')))`;

/** Whether it is an annotator's answer that counts. That is all that agreement is computed from. */
export const ANNOTATION_COUNTS = annotators('answer');
/** Whether it is the last word of an annotator who passed the unit over. */
export const SKIP_COUNTS = annotators('skip');

/**
 * Whether the judgement `j` of a statement is what a validator answered instead, and counts as his vote: he still
 * disagrees with anything shown of the unit. Whoever turned to agreeing or to telling nothing says so of none but
 * what he agrees with.
 */
export const INSTEAD_COUNTS = `(j."stage" = 'validation' AND j."act" = 'answer' AND NOT j."extra" AND NOT ${REPLACED}
  AND EXISTS (SELECT 1 FROM "Validation" v WHERE v."projectId" = j."projectId" AND v."unitId" = j."unitId"
    AND v."coderId" = j."coderId" AND v."verdict" = 'disagree' AND ${VERDICT_COUNTS}))`;

// The same, for statements that Prisma sends.
export const verdictCounts = Prisma.raw(VERDICT_COUNTS);
export const annotationCounts = Prisma.raw(ANNOTATION_COUNTS);
export const insteadCounts = Prisma.raw(INSTEAD_COUNTS);
export const skipCounts = Prisma.raw(SKIP_COUNTS);
