import { awardReasonSchema, FIRST_SCORING_RULES, scoringRulesSchema } from '@casebook/contracts';
import type {
  AwardReason,
  BoardSetting,
  MemberId,
  ProjectId,
  ScoringRules,
  UserId,
  WorkStage,
  scoringSchema,
} from '@casebook/contracts';
import type { z } from 'zod';
import { Prisma } from '../database/client.ts';
import type { Connection } from '../database/client.ts';
import { isOnBoard } from './told.ts';

type RulesVersion = z.output<typeof scoringSchema>['versions'][number];

const FIRST: RulesVersion = {
  version: 1,
  rules: FIRST_SCORING_RULES,
  note: null,
  author: null,
  createdAt: null,
};

/** Every version of a project's rules, newest first. */
export async function listRules(connection: Connection, projectId: ProjectId): Promise<RulesVersion[]> {
  const rows = await connection.scoringRule.findMany({ where: { projectId }, orderBy: { version: 'desc' } });
  return [
    ...rows.map(({ version, rules, note, author, createdAt }) => ({
      ...{ version, note, author },
      rules: scoringRulesSchema.parse(rules),
      createdAt: createdAt.toISOString(),
    })),
    FIRST,
  ];
}

/** The next version. The project must be locked; the author is named as they are called now. */
export async function insertRules(
  connection: Connection,
  projectId: ProjectId,
  authorId: UserId,
  written: { readonly version: number; readonly rules: ScoringRules; readonly note: string | null },
): Promise<void> {
  const author = await connection.user.findUniqueOrThrow({ where: { id: authorId }, select: { name: true } });
  await connection.scoringRule.create({ data: { projectId, author: author.name, ...written } });
}

/** Who may see the board, and whether a member stays off it; null for whoever is no member. */
export async function findBoardSettings(
  connection: Connection,
  projectId: ProjectId,
  memberId: MemberId | null,
): Promise<{ board: BoardSetting; staysOff: boolean | null }> {
  const { board } = await connection.project.findUniqueOrThrow({
    where: { projectId },
    select: { board: true },
  });
  if (memberId === null) return { board, staysOff: null };
  const { staysOff } = await connection.member.findUniqueOrThrow({
    where: { projectId_id: { projectId, id: memberId } },
    select: { staysOff: true },
  });
  return { board, staysOff };
}

export async function updateBoard(
  connection: Connection,
  projectId: ProjectId,
  board: BoardSetting,
): Promise<void> {
  await connection.project.update({ where: { projectId }, data: { board } });
}

export async function updateStaysOff(
  connection: Connection,
  projectId: ProjectId,
  memberId: MemberId,
  staysOff: boolean,
): Promise<void> {
  await connection.member.update({
    where: { projectId_id: { projectId, id: memberId } },
    data: { staysOff },
  });
}

/** Awards that stand on a board. What is earned in other sections would tell who judged what. */
const onBoard = (projectId: ProjectId, undisputed: readonly string[]) => Prisma.sql`
  FROM "Award" a
  JOIN "Section" s ON s."projectId" = a."projectId" AND s."id" = a."sectionId"
  JOIN "Task" t ON t."projectId" = a."projectId" AND t."id" = a."taskId"
  JOIN "Member" m ON m."projectId" = a."projectId" AND m."id" = a."memberId"
    AND m."role" = 'annotator' AND m."disabledAt" IS NULL
  JOIN "User" u ON u."id" = m."userId" AND u."disabledAt" IS NULL
  WHERE a."projectId" = ${projectId}::uuid AND ${isOnBoard(undisputed)}`;

export interface Tally {
  readonly memberId: string;
  readonly name: string;
  readonly staysOff: boolean;
  readonly points: number;
}

/** What every expert has earned, all in all or in a month of UTC (`2026-11`), most first. */
export function listTallies(
  connection: Connection,
  projectId: ProjectId,
  undisputed: readonly string[],
  month: string | null,
): Promise<Tally[]> {
  return connection.$queryRaw<Tally[]>`
    SELECT m."id" AS "memberId", u."name", m."staysOff", sum(a."points")::int AS "points"
    ${onBoard(projectId, undisputed)}
      AND (${month}::text IS NULL OR to_char(a."earnedAt" AT TIME ZONE 'UTC', 'YYYY-MM') = ${month}::text)
    GROUP BY m."id", u."name", m."staysOff"
    ORDER BY "points" DESC, u."name", m."id"`;
}

export interface EarnedReason {
  readonly memberId: string;
  readonly name: string;
  readonly stage: WorkStage;
  readonly reason: AwardReason;
  /** How often it was earned, and what it brought in all. */
  readonly times: number;
  readonly points: number;
}

/** What everything on the board was earned for. */
export async function listReasons(
  connection: Connection,
  projectId: ProjectId,
  undisputed: readonly string[],
): Promise<EarnedReason[]> {
  const rows = await connection.$queryRaw<(Omit<EarnedReason, 'reason'> & { reason: unknown })[]>`
    SELECT m."id" AS "memberId", u."name", a."stage"::text AS "stage", a."reason", count(*)::int AS "times",
      sum(a."points")::int AS "points"
    ${onBoard(projectId, undisputed)}
    GROUP BY m."id", u."name", a."stage", a."reason"
    ORDER BY u."name", m."id"`;
  return rows.map((row) => ({ ...row, reason: awardReasonSchema.parse(row.reason) }));
}

/** Months in which something on the board was earned, newest first. */
export async function listMonths(
  connection: Connection,
  projectId: ProjectId,
  undisputed: readonly string[],
): Promise<string[]> {
  const rows = await connection.$queryRaw<{ month: string }[]>`
    SELECT DISTINCT to_char(a."earnedAt" AT TIME ZONE 'UTC', 'YYYY-MM') AS "month"
    ${onBoard(projectId, undisputed)} ORDER BY "month" DESC`;
  return rows.map(({ month }) => month);
}
