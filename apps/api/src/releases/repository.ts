import { FIRST_SCORING_RULES } from '@casebook/contracts';
import type { ClientBase } from 'pg';
import { z } from 'zod';
import { KEPT_ANSWERS, REFERENCE } from '../judgements/reference.ts';
import { REPLACED } from '../judgements/replaced.ts';
import { OUTSIDE_COUNTS, OUTSIDE_FROM } from '../outside/counted.ts';
import { ANNOTATION_COUNTS, INSTEAD_COUNTS, SKIP_COUNTS, VERDICT_COUNTS } from '../readings/counted.ts';
import { momentsOf, Ordinals } from './ordinals.ts';
import type { IdKind } from './ordinals.ts';
import { ROW_FILES, rowSchemas } from './rows.ts';
import type { ReleaseRows, RowFile } from './rows.ts';

const RESAMPLES = 1_000;

const DECIDED_AT = `(SELECT (extract(epoch FROM a."at") * 1000)::float8 FROM "Adjudication" a
  WHERE a."projectId" = u."projectId" AND a."unitId" = u."id" AND a."kind" IN ('decide', 'keep-several')
    AND NOT EXISTS (SELECT 1 FROM "Adjudication" n WHERE n."projectId" = a."projectId" AND n."supersedesId" = a."id"))`;

/** How each file's rows are read; moments still in milliseconds. */
const STATEMENTS: Readonly<Record<RowFile, string>> = {
  tasks: `SELECT t."id", t."name", t."type", t."contractVersion", t."phase"::text AS "phase", t."wanted", t."protocol",
      t."seed"::float8 AS "seed", ${RESAMPLES} AS "resamples"
    FROM "Task" t WHERE t."projectId" = $1 AND t."planned" ORDER BY t."id"`,
  coders: `SELECT m."id", 'member' AS "kind", NULL AS "name" FROM "Member" m WHERE m."projectId" = $1
    UNION ALL SELECT c."id", c."kind"::text, CASE c."kind" WHEN 'machine' THEN c."name" END FROM "OutsideCoder" c
    WHERE c."projectId" = $1 ORDER BY "id"`,
  documents: `SELECT v."itemId" AS "id", v."version", i."name", v."content" FROM "ItemVersion" v
    JOIN "Item" i ON i."projectId" = v."projectId" AND i."id" = v."itemId"
    WHERE v."projectId" = $1 AND EXISTS (SELECT 1 FROM "Task" t WHERE t."projectId" = i."projectId"
      AND t."collectionId" = i."collectionId" AND t."planned")
      AND (v."version" = i."version" OR EXISTS (SELECT 1 FROM "Unit" u WHERE u."projectId" = i."projectId"
        AND u."itemId" = i."id" AND u."itemVersion" = v."version"))
    ORDER BY i."collectionId", i."position", v."version"`,
  sections: `SELECT s."id", s."taskId" AS "task", s."name", s."stage"::text AS "stage" FROM "Section" s
    WHERE s."projectId" = $1 ORDER BY s."taskId", s."position"`,
  units: `SELECT u."id", u."taskId" AS "task", u."sectionId" AS "section", u."itemId" AS "item", u."itemVersion", u."key", u."content",
      (SELECT g."answer" FROM "Gold" g WHERE g."projectId" = u."projectId" AND g."unitId" = u."id") AS "gold",
      ${REFERENCE} AS "reference", ${KEPT_ANSWERS} AS "kept", ${DECIDED_AT} AS "decidedAt"
    FROM "Unit" u JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    WHERE u."projectId" = $1 ORDER BY u."taskId", i."position", u."reading", u."id"`,
  judgements: `SELECT j."id", j."taskId" AS "task", j."sectionId" AS "section", j."unitId" AS "unit",
      j."coderId" AS "coder", false AS "outside", j."stage"::text AS "stage", j."act"::text AS "act", j."occasion",
      j."answer", j."skipReason", j."confidence"::text AS "confidence", j."comment" IS NOT NULL AS "commented",
      j."informed", j."extra", j."coderRating"::float8 AS "rating",
      to_char(j."receivedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "day", round(j."elapsedMs" / 1000.0)::float8 AS "seconds",
      (${ANNOTATION_COUNTS} OR ${INSTEAD_COUNTS} OR ${SKIP_COUNTS}) AS "counts",
      (j."stage" = 'annotation' AND j."act" <> 'withdrawal' AND NOT j."extra" AND NOT j."informed" AND NOT ${REPLACED})
        AS "scored"
    FROM "Judgement" j WHERE j."projectId" = $1
    UNION ALL
    SELECT o."id", o."taskId", u."sectionId", o."unitId", o."coderId", true, 'annotation', 'answer', 0, o."answer", NULL,
      NULL, o."comment" IS NOT NULL, false, false, NULL, NULL, round(o."elapsedMs" / 1000.0)::float8, true, false
    FROM ${OUTSIDE_FROM} JOIN "Unit" u ON u."projectId" = o."projectId" AND u."id" = o."unitId"
    WHERE o."projectId" = $1 AND ${OUTSIDE_COUNTS}
    ORDER BY "id"`,
  validations: `SELECT v."id", v."taskId" AS "task", v."sectionId" AS "section", v."unitId" AS "unit",
      v."coderId" AS "coder", r."judgementId" AS "judgement", v."verdict"::text AS "verdict",
      v."comment" IS NOT NULL AS "commented", v."extra", v."coderRating"::float8 AS "rating", ${VERDICT_COUNTS} AS "counts"
    FROM "Validation" v JOIN "ShownReading" r ON r."projectId" = v."projectId" AND r."id" = v."shownReadingId"
    WHERE v."projectId" = $1 ORDER BY v."id"`,
  'hand-ins': `SELECT l."sectionId" AS "section", l."memberId" AS "coder", 'annotation' AS "stage",
      (extract(epoch FROM l."finishedAt") * 1000)::float8 AS "moment"
    FROM "Lease" l WHERE l."projectId" = $1 AND l."state" = 'finished' AND l."finishedAt" IS NOT NULL
    UNION ALL SELECT l."sectionId", l."memberId", 'validation', (extract(epoch FROM l."finishedAt") * 1000)::float8
    FROM "ValidationLease" l WHERE l."projectId" = $1 AND l."state" = 'finished' AND l."finishedAt" IS NOT NULL
    ORDER BY "section", "moment", "coder"`,
  'scoring-rules': `SELECT r."version", (extract(epoch FROM r."createdAt") * 1000)::float8 AS "moment", r."rules"
    FROM "ScoringRule" r WHERE r."projectId" = $1 ORDER BY r."version"`,
  guidelines: `SELECT g."version", g."markdown" FROM "Guideline" g WHERE g."projectId" = $1 ORDER BY g."version"`,
};

const ID_FILES: readonly (readonly [RowFile, IdKind])[] = [
  ['coders', 'coder'],
  ['documents', 'document'],
  ['tasks', 'task'],
  ['sections', 'section'],
  ['units', 'unit'],
  ['judgements', 'judgement'],
  ['validations', 'validation'],
];

type Row = Record<string, unknown>;

/** What a release holds of a project, as of one moment; undefined where not exactly one project has this id or name. */
export async function readReleaseRows(
  client: ClientBase,
  project: string,
): Promise<{ readonly name: string; readonly rows: ReleaseRows } | undefined> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const found = await client.query<{ projectId: string; name: string }>(
      'SELECT "projectId", "name" FROM "Project" WHERE "projectId"::text = $1 OR "name" = $1 LIMIT 2',
      [project],
    );
    const [row, another] = found.rows;
    if (row === undefined || another !== undefined) return undefined;
    const read = new Map<RowFile, Row[]>();
    for (const file of ROW_FILES)
      read.set(file, (await client.query<Row>(STATEMENTS[file], [row.projectId])).rows);
    return { name: row.name, rows: withoutPersons(read) };
  } finally {
    await client.query('COMMIT');
  }
}

const idSchema = z.object({ id: z.string() });

/** Ids become ordinals and times ranks; coders who gave nothing are left out, and keep their number. */
function withoutPersons(read: ReadonlyMap<RowFile, readonly Row[]>): ReleaseRows {
  const ordinals = new Ordinals();
  for (const [file, kind] of ID_FILES)
    ordinals.add(
      kind,
      (read.get(file) ?? []).map((row) => idSchema.parse(row).id),
    );
  const times = [...read.values()].flat().flatMap(({ moment, decidedAt }) => [moment, decidedAt]);
  const rankOf = momentsOf(times.filter((time) => typeof time === 'number'));
  const ranked = (value: unknown): unknown => (typeof value === 'number' ? rankOf(value) : value);
  const heard = new Set(
    (['judgements', 'validations', 'hand-ins'] as const).flatMap((file) =>
      (read.get(file) ?? []).map(({ coder }) => coder),
    ),
  );
  const parsed = ROW_FILES.map((file) => {
    const rows = (read.get(file) ?? []).filter((row) => file !== 'coders' || heard.has(row['id']));
    const first = { version: 1, moment: 0, rules: FIRST_SCORING_RULES };
    const all = file === 'scoring-rules' ? [first, ...rows] : rows;
    const clean = all.map((row: Row) => ({
      ...row,
      ...('moment' in row ? { moment: row === first ? 0 : ranked(row['moment']) } : {}),
      ...('decidedAt' in row ? { decidedAt: ranked(row['decidedAt']) } : {}),
    }));
    const schema: z.ZodType = rowSchemas[file];
    return [file, z.array(schema).parse(ordinals.in(clean))] as const;
  });
  // Each list was parsed by its file's schema above.
  return Object.fromEntries(parsed) as unknown as ReleaseRows;
}
