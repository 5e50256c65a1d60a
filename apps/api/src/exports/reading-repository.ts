import { adjudicationIdSchema, sectionIdSchema } from '@casebook/contracts';
import type { ItemId, ProjectId, TaskId } from '@casebook/contracts';
import type { ClientBase } from 'pg';
import { z } from 'zod';

const detailSchema = z.object({
  id: z.string(),
  label: z.string(),
  sectionId: sectionIdSchema,
  sectionStage: z.enum(['annotation', 'validation', 'adjudication', 'closed']),
  decision: z
    .object({
      id: adjudicationIdSchema,
      kind: z.enum(['decide', 'keep-several']),
      answers: z.array(z.object({ answer: z.unknown(), weight: z.number().nullable() })),
      reason: z.string().nullable(),
      asGold: z.boolean(),
      at: z.coerce.date(),
    })
    .nullable(),
  gold: z.object({ answer: z.unknown(), source: z.string() }).nullable(),
});
/** What a unit's row tells beside its readings. */
export type UnitDetail = z.infer<typeof detailSchema>;

/** The units of one item of a task, by id. */
export async function detailsOf(
  client: ClientBase,
  projectId: ProjectId,
  taskId: TaskId,
  itemId: ItemId,
): Promise<ReadonlyMap<string, UnitDetail>> {
  const { rows } = await client.query<Record<string, unknown>>(
    `SELECT u."id", u."label", u."sectionId", s."stage"::text AS "sectionStage",
      CASE WHEN d."id" IS NULL THEN NULL ELSE jsonb_build_object('id', d."id", 'kind', d."kind"::text,
        'answers', d."answers", 'reason', d."reason", 'asGold', d."asGold", 'at', d."at") END AS "decision",
      CASE WHEN g."unitId" IS NULL THEN NULL ELSE jsonb_build_object('answer', g."answer", 'source', g."source") END AS "gold"
    FROM "Unit" u
    JOIN "Section" s ON s."projectId" = u."projectId" AND s."id" = u."sectionId"
    LEFT JOIN "Gold" g ON g."projectId" = u."projectId" AND g."unitId" = u."id"
    LEFT JOIN "Adjudication" d ON d."projectId" = u."projectId" AND d."unitId" = u."id"
      AND d."kind" IN ('decide', 'keep-several') AND NOT EXISTS (
        SELECT 1 FROM "Adjudication" n WHERE n."projectId" = d."projectId" AND n."supersedesId" = d."id")
    WHERE u."projectId" = $1 AND u."taskId" = $2 AND u."itemId" = $3`,
    [projectId, taskId, itemId],
  );
  return new Map(rows.map((row) => detailSchema.parse(row)).map((detail) => [detail.id, detail]));
}
