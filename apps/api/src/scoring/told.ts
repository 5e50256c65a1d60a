import { Prisma } from '../database/client.ts';

/*
 * What a coder may be told of how a section went. Every statement that reads outcomes or points for coders goes through
 * one of these; what they don't let through stays closed.
 */

/** Whether a member may be told what others made of the section `s` of a statement: at rest, and not to be judged again. */
export const isTold = (memberId: string): Prisma.Sql => Prisma.sql`(s."stage" IN ('adjudication', 'closed')
  AND NOT waits_for_second_look(s."projectId", s."id", ${memberId}::uuid))`;

/**
 * Whether a member may be told of the award `a` of a statement, one of his own: what is paid for work tells of nobody,
 * the rest of others' answers, and is away while anybody works on the section or he is to judge it again.
 */
export const isOwnAwardTold = (
  memberId: string,
): Prisma.Sql => Prisma.sql`(a."kind" IN ('coverage', 'handed-in')
  OR EXISTS (SELECT 1 FROM "Section" s WHERE s."projectId" = a."projectId" AND s."id" = a."sectionId"
    AND ${isTold(memberId)}))`;

/**
 * Whether the section `s` of the task `t` of a statement counts on boards, where everybody reads it: nobody works on it
 * any more, nor is to judge it again. `undisputed` are the task types whose sections stay in annotation.
 */
export const isOnBoard = (undisputed: readonly string[]): Prisma.Sql => Prisma.sql`((
    s."stage" IN ('adjudication', 'closed')
    OR t."type" = ANY (${[...undisputed]}::text[]) AND s."stage" = 'annotation'
      AND (s."finished" >= s."wanted" OR t."state" IN ('closed', 'archived')))
  AND NOT is_waited_for(s."projectId", s."id"))`;
