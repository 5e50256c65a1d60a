import { unitIdSchema } from '@casebook/contracts';
import type { ProjectId, SectionId, UnitId } from '@casebook/contracts';
import { z } from 'zod';
import type { Connection } from '../database/client.ts';

/** An adjudicator’s decision on a unit that stands. */
export interface Decision {
  readonly kind: 'decide' | 'keep-several';
  /** What is taken for right, as it was said. */
  readonly answers: readonly unknown[];
  /** Keys of the readings that these come to; fewer where nobody had read it so. */
  readonly kept: readonly string[];
  readonly reason: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const rowSchema = z.object({
  unitId: unitIdSchema,
  kept: z.array(z.string()),
  kind: z.enum(['decide', 'keep-several']),
  answers: z.array(z.unknown()),
  reason: z.string().nullable(),
  at: z.date(),
});

/** The decisions that stand in a section, by unit. */
export async function listDecisions(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
): Promise<ReadonlyMap<UnitId, Decision>> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT o."unitId", o."kept", d."kind"::text AS "kind", jsonb_path_query_array(d."answers", '$[*].answer') AS "answers",
      d."reason", d."at"
    FROM "UnitOutcome" o
    JOIN "Adjudication" d ON d."projectId" = o."projectId" AND d."id" = o."adjudicationId"
    WHERE o."projectId" = ${projectId}::uuid AND o."sectionId" = ${sectionId}::uuid`;
  return new Map(
    z
      .array(rowSchema)
      .parse(rows)
      .map(({ unitId, at, ...decision }) => [unitId, { ...decision, at: at.getTime() }]),
  );
}
