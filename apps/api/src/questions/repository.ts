import { deskQuestionsSchema, questionSchema } from '@casebook/contracts';
import type {
  Ask,
  DeskQuestions,
  MemberId,
  ProjectId,
  Question,
  QuestionId,
  UserId,
} from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import type { StoredAct } from '../judgements/act.ts';
import { replaced } from '../judgements/replaced.ts';

interface UnitRow {
  readonly unitId: string;
  readonly taskId: string;
  readonly taskName: string;
  readonly taskType: string;
  readonly itemId: string;
  readonly label: string;
  readonly place: string;
  readonly content: unknown;
  /** What the asker says of it at present. */
  readonly own: StoredAct | null;
}

interface Row extends Pick<Question, 'text' | 'guidelineVersion'> {
  readonly id: string;
  readonly askerId: string;
  readonly askerName: string;
  readonly createdAt: Date;
  readonly unit: UnitRow | null;
  readonly answers: readonly { text: string; author: string; createdAt: string; seen: boolean }[];
  readonly decisions: readonly number[];
}

/** The unit of a question, with the asker's own act on it still to be put in words. */
export type AskedUnit = UnitRow;

export interface AskedQuestion {
  readonly question: Omit<Question, 'unit'>;
  readonly unit: AskedUnit | null;
}

/**
 * Questions of a project, those without an answer first, then the newest: of one asker, or all; `only` leaves one of
 * them. Of judgements it reads the asker's own and nobody else's.
 */
export async function listQuestions(
  connection: Connection,
  projectId: ProjectId,
  which: { readonly askerId?: MemberId; readonly only?: QuestionId },
): Promise<AskedQuestion[]> {
  const rows = await connection.$queryRaw<Row[]>`
    SELECT q."id", q."askerId", a."name" AS "askerName", q."text", q."guidelineVersion", q."createdAt",
      CASE WHEN u."id" IS NULL THEN NULL ELSE jsonb_build_object(
        'unitId', u."id", 'taskId', t."id", 'taskName', t."name", 'taskType', t."type", 'itemId', i."id",
        'label', u."label", 'place', i."name", 'content', u."content", 'own', (
          SELECT jsonb_build_object('act', j."act", 'answer', j."answer", 'skipReason', j."skipReason")
          FROM "Judgement" j
          WHERE j."projectId" = q."projectId" AND j."unitId" = q."unitId" AND j."coderId" = q."askerId"
            AND j."stage" = 'annotation' AND j."act" <> 'withdrawal' AND NOT ${replaced}
          ORDER BY j."id" DESC LIMIT 1
        )) END AS "unit",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('text', w."text", 'author', w."author", 'seen', s."answerId" IS NOT NULL,
          'createdAt', to_char(w."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY w."id"), '[]')
        FROM "QuestionAnswer" w
        LEFT JOIN "AnswerSeen" s ON s."projectId" = w."projectId" AND s."answerId" = w."id"
        WHERE w."projectId" = q."projectId" AND w."questionId" = q."id") AS "answers",
      (SELECT coalesce(array_agg(d."number" ORDER BY d."number"), '{}') FROM "Decision" d
        WHERE d."projectId" = q."projectId" AND d."questionId" = q."id") AS "decisions"
    FROM "Question" q
    JOIN "Member" m ON m."projectId" = q."projectId" AND m."id" = q."askerId"
    JOIN "User" a ON a."id" = m."userId"
    LEFT JOIN "Unit" u ON u."projectId" = q."projectId" AND u."id" = q."unitId"
    LEFT JOIN "Task" t ON t."projectId" = u."projectId" AND t."id" = u."taskId"
    LEFT JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    WHERE q."projectId" = ${projectId}::uuid
      AND (${which.askerId ?? null}::uuid IS NULL OR q."askerId" = ${which.askerId ?? null}::uuid)
      AND (${which.only ?? null}::uuid IS NULL OR q."id" = ${which.only ?? null}::uuid)
    ORDER BY EXISTS (SELECT 1 FROM "QuestionAnswer" w WHERE w."projectId" = q."projectId" AND w."questionId" = q."id"),
      q."createdAt" DESC, q."id" DESC`;
  const withoutUnit = questionSchema.omit({ unit: true });
  return rows.map(({ unit, askerId, askerName, createdAt, ...row }) => ({
    question: withoutUnit.parse({
      ...row,
      asker: { memberId: askerId, name: askerName },
      createdAt: createdAt.toISOString(),
    }),
    unit,
  }));
}

/** Whether a member has or had a section that a unit stands in, to annotate or to validate. */
export async function hasHeldUnit(
  connection: Connection,
  projectId: ProjectId,
  memberId: MemberId,
  unitId: string,
): Promise<boolean> {
  const rows = await connection.$queryRaw<{ held: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "Unit" u
      WHERE u."projectId" = ${projectId}::uuid AND u."id" = ${unitId}::uuid AND (
        EXISTS (SELECT 1 FROM "Lease" l WHERE l."projectId" = u."projectId" AND l."sectionId" = u."sectionId"
          AND l."memberId" = ${memberId}::uuid)
        OR EXISTS (SELECT 1 FROM "ValidationLease" l WHERE l."projectId" = u."projectId" AND l."sectionId" = u."sectionId"
          AND l."memberId" = ${memberId}::uuid))) AS "held"`;
  return rows[0]?.held ?? false;
}

/** False where there is a question of this id already. */
export async function insertQuestion(
  connection: Connection,
  projectId: ProjectId,
  askerId: MemberId,
  { questionId, unitId, text }: Ask,
): Promise<boolean> {
  const inserted = await connection.$executeRaw`
    INSERT INTO "Question" ("projectId", "id", "askerId", "unitId", "text", "guidelineVersion")
    VALUES (${projectId}::uuid, ${questionId}::uuid, ${askerId}::uuid, ${unitId}::uuid, ${text},
      -- What the asker was shown last; a reading of version 0 says that there were no guidelines then.
      nullif(coalesce(
        (SELECT max(r."version") FROM "GuidelineReading" r
          WHERE r."projectId" = ${projectId}::uuid AND r."memberId" = ${askerId}::uuid),
        (SELECT max(g."version") FROM "Guideline" g WHERE g."projectId" = ${projectId}::uuid)), 0))
    ON CONFLICT DO NOTHING`;
  return inserted > 0;
}

export async function questionExists(
  connection: Connection,
  projectId: ProjectId,
  id: QuestionId,
): Promise<boolean> {
  return (await connection.question.count({ where: { projectId, id } })) > 0;
}

export async function insertAnswer(
  connection: Connection,
  projectId: ProjectId,
  answer: { id: string; questionId: QuestionId; text: string; author: string },
): Promise<void> {
  await connection.questionAnswer.create({ data: { projectId, ...answer } });
}

/** Notes that all answers to a question were shown to its asker. */
export async function insertSeen(
  connection: Connection,
  projectId: ProjectId,
  questionId: QuestionId,
): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO "AnswerSeen" ("projectId", "answerId")
    SELECT w."projectId", w."id" FROM "QuestionAnswer" w
    WHERE w."projectId" = ${projectId}::uuid AND w."questionId" = ${questionId}::uuid
    ON CONFLICT DO NOTHING`;
}

/** The address of a question's asker, where they may still log in and have not been here for a quarter of an hour. */
export async function addressOfAbsentAsker(
  connection: Connection,
  projectId: ProjectId,
  questionId: QuestionId,
): Promise<{ email: string; projectName: string } | undefined> {
  const rows = await connection.$queryRaw<{ email: string; projectName: string }[]>`
    SELECT u."email", p."name" AS "projectName"
    FROM "Question" q
    JOIN "Project" p ON p."projectId" = q."projectId"
    JOIN "Member" m ON m."projectId" = q."projectId" AND m."id" = q."askerId" AND m."disabledAt" IS NULL
    JOIN "User" u ON u."id" = m."userId" AND u."disabledAt" IS NULL
    WHERE q."projectId" = ${projectId}::uuid AND q."id" = ${questionId}::uuid
      -- A session notes every ten minutes that it was used.
      AND NOT EXISTS (SELECT 1 FROM "Session" s WHERE s."userId" = u."id" AND s."expiresAt" > now()
        AND s."lastSeenAt" > now() - interval '15 minutes')`;
  return rows[0];
}

/** What waits for a user, over all projects. */
export async function deskQuestions(connection: Connection, userId: UserId): Promise<DeskQuestions> {
  const answered = await connection.$queryRaw<unknown[]>`
    SELECT p."projectId", p."name" AS "projectName", count(*)::int AS "answers"
    FROM "Member" m
    JOIN "Project" p ON p."projectId" = m."projectId"
    JOIN "Question" q ON q."projectId" = m."projectId" AND q."askerId" = m."id"
    JOIN "QuestionAnswer" w ON w."projectId" = q."projectId" AND w."questionId" = q."id"
    LEFT JOIN "AnswerSeen" s ON s."projectId" = w."projectId" AND s."answerId" = w."id"
    WHERE m."userId" = ${userId}::uuid AND m."disabledAt" IS NULL AND s."answerId" IS NULL
    GROUP BY p."projectId", p."name" ORDER BY p."name", p."projectId"`;
  const open = await connection.$queryRaw<unknown[]>`
    SELECT p."projectId", p."name" AS "projectName", count(*)::int AS "questions"
    FROM "Question" q
    JOIN "Project" p ON p."projectId" = q."projectId"
    JOIN "User" u ON u."id" = ${userId}::uuid
    LEFT JOIN "Member" m ON m."projectId" = q."projectId" AND m."userId" = u."id" AND m."disabledAt" IS NULL
    WHERE (u."isAdmin" OR m."role" = 'manager')
      AND NOT EXISTS (SELECT 1 FROM "QuestionAnswer" w WHERE w."projectId" = q."projectId" AND w."questionId" = q."id")
    GROUP BY p."projectId", p."name" ORDER BY p."name", p."projectId"`;
  return deskQuestionsSchema.parse({ answered, open });
}
