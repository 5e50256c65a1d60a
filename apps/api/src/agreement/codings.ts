import { itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import type { ItemId, MemberId, UnitId } from '@casebook/contracts';
import type { CodedUnit } from '@casebook/task-types/server';
import type { ClientBase } from 'pg';
import { KEPT_ANSWERS, REFERENCE } from '../judgements/reference.ts';
import { OUTSIDE_COUNTS, OUTSIDE_FROM, outsideRevisionOf } from '../outside/counted.ts';
import { readVotes } from '../readings/read-votes.ts';
import type { CountedAnswer, CountedValidation } from '../stages/outcome.ts';

/** What counts of machines; what counts of persons is `readVotes`. */
const MACHINES = `
  SELECT o."unitId", o."coderId", o."answer"
  FROM ${OUTSIDE_FROM}
  WHERE o."projectId" = $1 AND o."taskId" = $2 AND c."kind" = 'machine' AND ${OUTSIDE_COUNTS}`;

const UNITS = `
  SELECT u."id", u."itemId", u."key", u."content", ${REFERENCE} AS "reference", ${KEPT_ANSWERS} AS "kept"
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
  /** What an adjudicator decided for or kept, the heaviest first; null where no decision stands. */
  readonly kept: readonly unknown[] | null;
  /** Of persons, members and others, as they annotated it: all that agreement is computed from. */
  readonly codings: readonly Given[];
  /** The same answers and what validators answered instead, with what each is worth: all that readings are made from. */
  readonly answers: readonly CountedAnswer[];
  readonly validations: readonly CountedValidation[];
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
    const { rows } = await client.query<{
      id: string;
      itemId: string;
      key: string;
      content: unknown;
      reference: unknown;
      kept: unknown[] | null;
    }>(UNITS, [projectId, taskId]);
    const units = rows.map((unit) => ({
      ...unit,
      id: unitIdSchema.parse(unit.id),
      itemId: itemIdSchema.parse(unit.itemId),
    }));
    const votes = await readVotes(client, projectId, { task: taskId }, units);
    const answers = Map.groupBy(votes.answers, ({ unitId }) => unitId);
    const validations = Map.groupBy(votes.validations, ({ unitId }) => unitId);
    const outside = await client.query<GivenRow>(MACHINES, [projectId, taskId]);
    const machines = byUnit(outside.rows);
    const revision = await client.query<{ revision: number }>(
      `SELECT ${outsideRevisionOf('$1', '$2')} AS "revision"`,
      [projectId, taskId],
    );
    return {
      units: units.map((unit) => {
        const said = answers.get(unit.id) ?? [];
        return {
          ...unit,
          codings: said.filter(({ stage }) => stage === 'annotation'),
          answers: said,
          validations: validations.get(unit.id) ?? [],
          machines: machines.get(unit.id) ?? [],
        };
      }),
      judgements: votes.answers.filter(({ stage }) => stage === 'annotation').length,
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
