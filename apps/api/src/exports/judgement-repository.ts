import { projectIdSchema } from '@casebook/contracts';
import type { JudgementRow, ProjectId } from '@casebook/contracts';
import type { ClientBase } from 'pg';
import { REPLACED } from '../judgements/replaced.ts';
import { OUTSIDE_COUNTS, OUTSIDE_FROM } from '../outside/counted.ts';
import { copyLines } from '../database/copy-lines.ts';
import { eachRow } from './each-row.ts';

export interface JudgementFilter {
  readonly task?: string | undefined;
  readonly coder?: string | undefined;
  /** Only judgements behind this one. */
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
  readonly extra: boolean;
  /** With what was replaced or taken back, and the acts that took it back. */
  readonly superseded: boolean;
}

/**
 * Which judgements are meant. What is asked for is in the text and not in a parameter: only so can the planner look
 * for what was replaced in one pass and not judgement by judgement.
 */
function ofMembers({ extra, superseded }: JudgementFilter): string {
  return `
    WHERE j."projectId" = $1 AND ($2::uuid IS NULL OR j."taskId" = $2) AND ($3::uuid IS NULL OR j."coderId" = $3)
      AND ($4::uuid IS NULL OR j."id" > $4) ${extra ? '' : 'AND NOT j."extra"'}
      ${superseded ? '' : `AND j."act" <> 'withdrawal' AND NOT ${REPLACED}`}`;
}

/** What came in files, by the same rules. It is never extra. */
function ofOthers({ superseded }: JudgementFilter): string {
  return `
    WHERE o."projectId" = $1 AND ($2::uuid IS NULL OR o."taskId" = $2) AND ($3::uuid IS NULL OR o."coderId" = $3)
      AND ($4::uuid IS NULL OR o."id" > $4) ${superseded ? '' : `AND ${OUTSIDE_COUNTS}`}`;
}

function judgementsOfMembers(filter: JudgementFilter): string {
  return `
    SELECT j."id", j."submissionId", j."taskId", j."unitId", u."itemId", i."name" AS "itemName", u."key" AS "unitKey",
      'member' AS "source", j."coderId" AS "coder", p."name" AS "coderName", j."occasion", j."stage"::text AS "stage",
      j."act"::text AS "act", j."answer", j."skipReason", j."confidence"::text AS "confidence", j."comment", j."commentKind",
      j."contractVersion", j."itemVersion", j."guidelineVersion", j."coderRating", j."elapsedMs", j."informed", j."extra",
      j."supersedesId" AS "supersedes", ${filter.superseded ? REPLACED : 'false'} AS "superseded", j."receivedAt"
    FROM "Judgement" j
    JOIN "Unit" u ON u."projectId" = j."projectId" AND u."id" = j."unitId"
    JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    JOIN "Member" m ON m."projectId" = j."projectId" AND m."id" = j."coderId"
    JOIN "User" p ON p."id" = m."userId"
    ${ofMembers(filter)}`;
}

function judgementsOfOthers(filter: JudgementFilter): string {
  return `
    SELECT o."id", o."id" AS "submissionId", o."taskId", o."unitId", u."itemId", i."name" AS "itemName", u."key" AS "unitKey",
      CASE c."kind" WHEN 'machine' THEN 'machine' ELSE 'outside' END AS "source", o."coderId" AS "coder",
      c."name" AS "coderName", 0 AS "occasion", 'annotation' AS "stage", 'answer' AS "act", o."answer",
      NULL::text AS "skipReason", NULL::text AS "confidence", o."comment", NULL::text AS "commentKind", t."contractVersion",
      u."itemVersion", NULL::int AS "guidelineVersion", o."rating" AS "coderRating", o."elapsedMs", false AS "informed",
      false AS "extra", NULL::uuid AS "supersedes", ${filter.superseded ? `NOT (${OUTSIDE_COUNTS})` : 'false'} AS "superseded",
      o."receivedAt"
    FROM ${OUTSIDE_FROM}
    JOIN "Unit" u ON u."projectId" = o."projectId" AND u."id" = o."unitId"
    JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    JOIN "Task" t ON t."projectId" = o."projectId" AND t."id" = o."taskId"
    ${ofOthers(filter)}`;
}

/** `columns` of all judgements `r` that are meant, in the order of their ids, which is that of their arrival. */
function judgementsBy(filter: JudgementFilter, columns: string): string {
  return `
    SELECT ${columns} FROM (${judgementsOfMembers(filter)}) r
    UNION ALL
    SELECT ${columns} FROM (${judgementsOfOthers(filter)}) r
    ORDER BY 1 LIMIT $5`;
}

function chosenBy(projectId: ProjectId, filter: JudgementFilter): (string | number | null)[] {
  const { task, coder, after, limit } = filter;
  return [projectId, task ?? null, coder ?? null, after ?? null, limit ?? null];
}

/** A judgement with its act in columns of its own. */
export type StoredJudgement = Omit<JudgementRow, 'act' | 'receivedAt'> & {
  readonly act: JudgementRow['act']['kind'];
  readonly answer: unknown;
  readonly skipReason: string | null;
  readonly receivedAt: Date;
};

/** Judgements in the order of their ids, which is that of their arrival. */
export function eachJudgement(
  client: ClientBase,
  projectId: ProjectId,
  filter: JudgementFilter,
): AsyncGenerator<StoredJudgement> {
  return eachRow(client, judgementsBy(filter, 'r.*'), chosenBy(projectId, filter), 500);
}

/** The ways in which a column's value may be written: what may be null says so. */
type Written<Value> = null extends Value ? `${Plain<NonNullable<Value>>} or null` : Plain<Value>;
type Plain<Value> = Value extends boolean ? 'truth' : Value extends number ? 'bare' : 'word' | 'text';

/**
 * How a column is written as JSON: a word that needs no escapes, any text, or as it is: numbers and truth. Those that
 * are never null cost less.
 */
const WRITTEN = {
  id: 'word',
  submissionId: 'word',
  taskId: 'word',
  unitId: 'word',
  itemId: 'word',
  itemName: 'text',
  unitKey: 'text',
  source: 'word',
  coder: 'word',
  coderName: 'text',
  occasion: 'bare',
  stage: 'word',
  confidence: 'word or null',
  comment: 'text or null',
  commentKind: 'text or null',
  contractVersion: 'bare',
  itemVersion: 'bare',
  guidelineVersion: 'bare or null',
  coderRating: 'bare or null',
  elapsedMs: 'bare or null',
  informed: 'truth',
  extra: 'truth',
  supersedes: 'word or null',
  superseded: 'truth',
} as const satisfies {
  [Column in Exclude<keyof JudgementRow, 'act' | 'receivedAt'>]: Written<JudgementRow[Column]>;
};

const AS_JSON = {
  word: (column: string) => `'"', ${column}, '"'`,
  'word or null': (column: string) => `coalesce('"' || ${column}::text || '"','null')`,
  text: (column: string) => `to_json(${column})`,
  'text or null': (column: string) => `coalesce(to_json(${column})::text, 'null')`,
  bare: (column: string) => column,
  'bare or null': (column: string) => `coalesce(${column}::text, 'null')`,
  truth: (column: string) => `CASE WHEN ${column} THEN 'true' ELSE 'false' END`,
};

const MEMBERS_OF_LINE = Object.entries(WRITTEN)
  .map(([name, kind]) => `'"${name}":', ${AS_JSON[kind](`r."${name}"`)}, ','`)
  .join(', ')
  // Literals that follow one another become one.
  .replaceAll("', '", '');

/** The line is put together by the database: as objects the rows cost the service five times as much. */
const LINE = `concat('{', ${MEMBERS_OF_LINE}, '"act":{"kind":"', r."act", '"',
  CASE r."act"
    WHEN 'answer' THEN ',"answer":' || r."answer"::text
    WHEN 'skip' THEN ',"reason":' || to_json(r."skipReason")::text
  END, '},"receivedAt":"', to_char(r."receivedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '"}')`;

/** The same judgements as JSON lines in the contract's shape. */
export function judgementLines(
  client: ClientBase,
  projectId: ProjectId,
  filter: JudgementFilter,
): AsyncIterable<Uint8Array> {
  // Written before they are put in order: so the database's workers share the writing.
  const lines = `SELECT z."line" FROM (${judgementsBy(filter, `r."id", ${LINE} AS "line"`)}) z`;
  return copyLines(client, lines, chosenBy(projectId, filter));
}

/** The last judgement that a limit lets through; null where it lets all through. */
export async function findCursor(
  client: ClientBase,
  projectId: ProjectId,
  filter: JudgementFilter & { readonly limit: number },
): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT j."id" FROM "Judgement" j ${ofMembers(filter)}
    UNION ALL
    SELECT o."id" FROM ${OUTSIDE_FROM} ${ofOthers(filter)}
    ORDER BY 1 OFFSET $5 LIMIT 2`,
    chosenBy(projectId, { ...filter, limit: filter.limit - 1 }),
  );
  const [last, further] = rows;
  return last === undefined || further === undefined ? null : last.id;
}

/** The project with this id, or the only one with this name; undefined where there is none or are several. */
export async function findProject(client: ClientBase, named: string): Promise<ProjectId | undefined> {
  const { rows } = await client.query<{ projectId: string }>(
    'SELECT "projectId" FROM "Project" WHERE "projectId"::text = $1 OR "name" = $1 LIMIT 2',
    [named],
  );
  const [found, another] = rows;
  return found === undefined || another !== undefined ? undefined : projectIdSchema.parse(found.projectId);
}
