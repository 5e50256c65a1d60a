import type { ProjectId, ValidationRow } from '@casebook/contracts';
import type { ClientBase } from 'pg';
import { eachRow } from './each-row.ts';

export interface ValidationFilter {
  readonly task?: string | undefined;
  readonly coder?: string | undefined;
  /** Only verdicts behind this one. */
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
  readonly extra: boolean;
  /** With what was replaced. */
  readonly superseded: boolean;
}

const REPLACED = `EXISTS (
  SELECT 1 FROM "Validation" n WHERE n."projectId" = v."projectId" AND n."supersedesId" = v."id")`;

const CHOSEN = `
  FROM "Validation" v
  JOIN "ShownReading" r ON r."projectId" = v."projectId" AND r."id" = v."shownReadingId"
  JOIN "Judgement" s ON s."projectId" = r."projectId" AND s."id" = r."judgementId"
  JOIN "Unit" u ON u."projectId" = v."projectId" AND u."id" = v."unitId"
  LEFT JOIN "Judgement" o ON o."projectId" = v."projectId" AND o."id" = v."ownJudgementId"
  WHERE v."projectId" = $1 AND ($2::uuid IS NULL OR v."taskId" = $2) AND ($3::uuid IS NULL OR v."coderId" = $3)
    AND ($4::uuid IS NULL OR v."id" > $4) AND ($5 OR NOT v."extra") AND ($6 OR NOT ${REPLACED})`;

function chosenBy(projectId: ProjectId, filter: ValidationFilter): unknown[] {
  const { task, coder, after, extra, superseded } = filter;
  return [projectId, task ?? null, coder ?? null, after ?? null, extra, superseded];
}

export type StoredValidation = Omit<ValidationRow, 'receivedAt'> & { readonly receivedAt: Date };

/** Verdicts in the order of their ids, which is that of their arrival. */
export function eachValidation(
  client: ClientBase,
  projectId: ProjectId,
  filter: ValidationFilter,
): AsyncGenerator<StoredValidation> {
  return eachRow(
    client,
    `SELECT v."id", v."submissionId", v."taskId", v."sectionId", v."unitId", u."itemId", u."key" AS "unitKey",
      v."coderId" AS "coder", (SELECT p."name" FROM "Member" m JOIN "User" p ON p."id" = m."userId"
        WHERE m."projectId" = v."projectId" AND m."id" = v."coderId") AS "coderName",
      r."round", v."shownReadingId", r."judgementId" AS "shownJudgement", s."answer" AS "shownAnswer", v."verdict",
      v."ownJudgementId" AS "ownJudgement", o."answer" AS "ownAnswer", v."comment", v."guidelineVersion",
      v."coderRating", v."elapsedMs", v."extra", v."supersedesId" AS "supersedes", ${REPLACED} AS "superseded",
      v."receivedAt"
    ${CHOSEN} ORDER BY v."id" LIMIT $7`,
    [...chosenBy(projectId, filter), filter.limit ?? null],
    500,
  );
}

/** The last verdict that a limit lets through; null where it lets all through. */
export async function findValidationCursor(
  client: ClientBase,
  projectId: ProjectId,
  filter: ValidationFilter & { readonly limit: number },
): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT v."id" ${CHOSEN} ORDER BY v."id" OFFSET $7 LIMIT 2`,
    [...chosenBy(projectId, filter), filter.limit - 1],
  );
  const [last, further] = rows;
  return last === undefined || further === undefined ? null : last.id;
}
