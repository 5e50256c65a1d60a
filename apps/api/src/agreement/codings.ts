import { itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import type { ItemId, MemberId, UnitId } from '@casebook/contracts';
import type { CodedUnit } from '@casebook/task-types/server';
import type { ClientBase } from 'pg';
import { REFERENCE } from '../judgements/reference.ts';
import { REPLACED } from '../judgements/replaced.ts';
import { OUTSIDE_COUNTS, OUTSIDE_FROM, outsideRevisionOf } from '../outside/counted.ts';

/**
 * The judgements that count for agreement: of those in time and uninformed the latest of each coder on each unit,
 * where it is an answer, and of a coder who holds or has finished the section. What came too late replaces nothing.
 */
const COUNTED = `
  SELECT j."id", j."unitId", j."coderId", j."answer"
  FROM "Judgement" j
  JOIN "Lease" l ON l."projectId" = j."projectId" AND l."sectionId" = j."sectionId" AND l."memberId" = j."coderId"
    AND l."state" IN ('active', 'finished')
  WHERE j."projectId" = $1 AND j."taskId" = $2 AND j."stage" = 'annotation' AND j."act" = 'answer'
    AND NOT j."extra" AND NOT j."informed" AND NOT ${REPLACED}`;

/** The same of coders outside the project; machines are told apart by the kind. */
const OUTSIDE = `
  SELECT o."unitId", o."coderId", o."answer", c."kind"::text AS "kind"
  FROM ${OUTSIDE_FROM}
  WHERE o."projectId" = $1 AND o."taskId" = $2 AND ${OUTSIDE_COUNTS}`;

const UNITS = `
  SELECT u."id", u."itemId", u."key", u."content", ${REFERENCE} AS "reference"
  FROM "Unit" u
  JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
  WHERE u."projectId" = $1 AND u."taskId" = $2
  ORDER BY i."position", u."reading", u."id"`;

export interface JudgedUnit {
  readonly id: UnitId;
  readonly itemId: ItemId;
  readonly key: string;
  readonly content: unknown;
  /** What is taken for right of it, adjudicated or else gold; null where there is neither. */
  readonly reference: unknown;
  /** Of persons, members and others. */
  readonly codings: readonly Given[];
  /** Of machines: compared with persons, never counted among them. */
  readonly machines: readonly Given[];
}

interface Given {
  readonly coder: MemberId;
  readonly answer: unknown;
}

export interface CountedJudgements {
  /** Every unit of the task, judged or not, in collection and reading order. */
  readonly units: readonly JudgedUnit[];
  readonly judgements: number;
  /** The newest judgement among all of the task's, counted or not. */
  readonly upTo: string | null;
  /** How often answers of outside coders had been added or removed. */
  readonly outsideRevision: number;
}

/** Reads what agreement is computed from, as of one moment. */
export async function readCountedJudgements(
  client: ClientBase,
  projectId: string,
  taskId: string,
): Promise<CountedJudgements> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const newest = await client.query<{ id: string }>(
      'SELECT "id" FROM "Judgement" WHERE "projectId" = $1 AND "taskId" = $2 ORDER BY "id" DESC LIMIT 1',
      [projectId, taskId],
    );
    const counted = await client.query<{ id: string; unitId: string; coderId: string; answer: unknown }>(
      COUNTED,
      [projectId, taskId],
    );
    const units = await client.query<{
      id: string;
      itemId: string;
      key: string;
      content: unknown;
      reference: unknown;
    }>(UNITS, [projectId, taskId]);
    const outside = await client.query<GivenRow & { kind: string }>(OUTSIDE, [projectId, taskId]);
    const revision = await client.query<{ revision: number }>(
      `SELECT ${outsideRevisionOf('$1', '$2')} AS "revision"`,
      [projectId, taskId],
    );
    const humans = outside.rows.filter(({ kind }) => kind === 'human');
    const persons = byUnit([...counted.rows, ...humans]);
    const machines = byUnit(outside.rows.filter(({ kind }) => kind === 'machine'));
    return {
      units: units.rows.map((unit) => ({
        id: unitIdSchema.parse(unit.id),
        itemId: itemIdSchema.parse(unit.itemId),
        key: unit.key,
        content: unit.content,
        reference: unit.reference,
        codings: persons.get(unit.id) ?? [],
        machines: machines.get(unit.id) ?? [],
      })),
      judgements: counted.rows.length + humans.length,
      upTo: newest.rows[0]?.id ?? null,
      outsideRevision: revision.rows[0]?.revision ?? 0,
    };
  } finally {
    await client.query('COMMIT');
  }
}

interface GivenRow {
  readonly unitId: string;
  readonly coderId: string;
  readonly answer: unknown;
}

function byUnit(rows: readonly GivenRow[]): ReadonlyMap<string, readonly Given[]> {
  const codings = new Map<string, Given[]>();
  for (const { unitId, coderId, answer } of rows) {
    const coding = { coder: memberIdSchema.parse(coderId), answer };
    const known = codings.get(unitId);
    if (known === undefined) codings.set(unitId, [coding]);
    else known.push(coding);
  }
  for (const ofUnit of codings.values()) ofUnit.sort((one, other) => (one.coder < other.coder ? -1 : 1));
  return codings;
}

/** The codings of some units, as task types take them. Stored answers and units were parsed when they were written. */
export function codingsOf(
  units: readonly JudgedUnit[],
  of: 'codings' | 'machines' = 'codings',
): CodedUnit<unknown, unknown>[] {
  return units.flatMap((unit) =>
    unit[of].map(({ coder, answer }) => ({
      unitId: unit.id,
      itemId: unit.itemId,
      key: unit.key,
      unit: unit.content,
      coder,
      answer,
    })),
  );
}
