import { taskIdSchema } from '@casebook/contracts';
import type { DeskCase, UserId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';

/** By task, the training that keeps a user from the first section of it. */
export async function listTrainingsToPass(
  connection: Connection,
  userId: UserId,
): Promise<ReadonlyMap<string, DeskCase['training']>> {
  const rows = await connection.$queryRaw<
    { forTask: string; taskId: string; asked: number; bestAsked: number | null; bestRight: number | null }[]
  >`
    SELECT t."id" AS "forTask", t."trainingTaskId" AS "taskId", best."asked" AS "bestAsked", best."right" AS "bestRight",
      (SELECT count(*)::int FROM (
        SELECT 1 FROM "Unit" u JOIN "Gold" g ON g."projectId" = u."projectId" AND g."unitId" = u."id"
        WHERE u."projectId" = t."projectId" AND u."taskId" = t."trainingTaskId" LIMIT school."trainingLength") known) AS "asked"
    FROM "Member" m
    JOIN "Task" t ON t."projectId" = m."projectId" AND t."trainingTaskId" IS NOT NULL
    JOIN "Task" school ON school."projectId" = t."projectId" AND school."id" = t."trainingTaskId"
    LEFT JOIN LATERAL (
      SELECT r."asked", r."right" FROM "TrainingRound" r
      WHERE r."projectId" = t."projectId" AND r."taskId" = t."trainingTaskId" AND r."coderId" = m."id"
      ORDER BY r."right"::float / r."asked" DESC, r."round" LIMIT 1
    ) best ON true
    WHERE m."userId" = ${userId}::uuid AND m."role" = 'annotator'
      AND NOT EXISTS (SELECT 1 FROM "TrainingRound" r WHERE r."projectId" = t."projectId"
        AND r."taskId" = t."trainingTaskId" AND r."coderId" = m."id" AND r."passed")
      AND NOT EXISTS (SELECT 1 FROM "Lease" l WHERE l."projectId" = t."projectId" AND l."taskId" = t."id"
        AND l."memberId" = m."id" AND l."state" = 'active')`;
  return new Map(
    rows.map(({ forTask, taskId, asked, bestAsked, bestRight }) => [
      forTask,
      {
        taskId: taskIdSchema.parse(taskId),
        asked,
        best: bestAsked === null || bestRight === null ? null : { asked: bestAsked, right: bestRight },
      },
    ]),
  );
}
