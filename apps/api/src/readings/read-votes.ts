import { memberIdSchema, unitIdSchema } from '@casebook/contracts';
import type { ItemId, UnitId } from '@casebook/contracts';
import type { ClientBase } from 'pg';
import { OUTSIDE_COUNTS, OUTSIDE_FROM } from '../outside/counted.ts';
import type { CountedAnswer, CountedValidation } from '../stages/outcome.ts';
import { ANNOTATION_COUNTS, INSTEAD_COUNTS, SKIP_COUNTS, VERDICT_COUNTS } from './counted.ts';

/** Which units: all of a task, or some. */
export type OfUnits = { readonly task: string } | { readonly units: readonly string[] };

/** A unit that votes are on. */
export interface VotedUnit {
  readonly id: UnitId;
  readonly itemId: ItemId;
  readonly key: string;
  readonly content: unknown;
}

/** What becomes of units is decided from: who answered what, and what validators say of these answers. */
export interface Votes {
  /** Of annotators, of persons outside the project, and what validators answered instead; by coder. */
  readonly answers: readonly CountedAnswer[];
  readonly validations: readonly CountedValidation[];
  /** How many annotators passed a unit over; units that nobody did are left out. */
  readonly skips: ReadonlyMap<UnitId, number>;
}

interface AnswerRow {
  readonly judgementId: string;
  readonly unitId: string;
  readonly coder: string;
  readonly answer: unknown;
  readonly stage: CountedAnswer['stage'];
  readonly rating: number | null;
  readonly outside: boolean;
}

/**
 * All votes that count on some units. Persons outside the project have a vote as annotators have, of no known rating:
 * what files call one is on no scale of ours. Machines have none.
 */
export async function readVotes(
  client: ClientBase,
  projectId: string,
  of: OfUnits,
  units: readonly VotedUnit[],
): Promise<Votes> {
  const chosen = (row: string): string =>
    'task' in of ? `${row}."taskId" = $2::uuid` : `${row}."unitId" = ANY ($2::uuid[])`;
  const parameters = [projectId, 'task' in of ? of.task : of.units];
  const answers = await client.query<AnswerRow>(
    `SELECT j."id" AS "judgementId", j."unitId", j."coderId" AS "coder", j."answer", j."stage"::text AS "stage",
      j."coderRating"::float8 AS "rating", false AS "outside"
    FROM "Judgement" j
    WHERE j."projectId" = $1 AND ${chosen('j')} AND (${ANNOTATION_COUNTS} OR ${INSTEAD_COUNTS})
    UNION ALL
    SELECT o."id", o."unitId", o."coderId", o."answer", 'annotation', NULL, true FROM ${OUTSIDE_FROM}
    WHERE o."projectId" = $1 AND ${chosen('o')} AND c."kind" = 'human' AND ${OUTSIDE_COUNTS}
    ORDER BY "coder", "judgementId"`,
    parameters,
  );
  const validations = await client.query<
    Omit<CountedValidation, 'unitId' | 'coder'> & Record<'unitId' | 'coder', string>
  >(
    `SELECT v."unitId", r."judgementId", v."coderId" AS "coder", v."verdict"::text AS "verdict",
      v."coderRating"::float8 AS "rating"
    FROM "Validation" v
    JOIN "ShownReading" r ON r."projectId" = v."projectId" AND r."id" = v."shownReadingId"
    WHERE v."projectId" = $1 AND ${chosen('v')} AND ${VERDICT_COUNTS}
    ORDER BY v."id"`,
    parameters,
  );
  const skips = await client.query<{ unitId: string; skips: number }>(
    `SELECT j."unitId", count(*)::int AS "skips" FROM "Judgement" j
    WHERE j."projectId" = $1 AND ${chosen('j')} AND ${SKIP_COUNTS} GROUP BY j."unitId"`,
    parameters,
  );
  const unitOf = new Map<string, VotedUnit>(units.map((unit) => [unit.id, unit]));
  return {
    skips: new Map(skips.rows.map((row) => [unitIdSchema.parse(row.unitId), row.skips])),
    answers: answers.rows.flatMap(({ unitId, coder, outside, ...row }): CountedAnswer[] => {
      const unit = unitOf.get(unitId);
      if (unit === undefined) return [];
      const { id, itemId, key, content } = unit;
      const answer = { ...row, unitId: id, itemId, key, unit: content, coder: memberIdSchema.parse(coder) };
      return [outside ? { ...answer, outside } : answer];
    }),
    validations: validations.rows.flatMap(({ unitId, coder, ...row }) => {
      const unit = unitOf.get(unitId);
      return unit === undefined ? [] : [{ ...row, unitId: unit.id, coder: memberIdSchema.parse(coder) }];
    }),
  };
}
