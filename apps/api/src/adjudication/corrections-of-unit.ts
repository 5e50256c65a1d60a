import type { MemberId, ProjectId, UnitId, UnitToAdjudicate } from '@casebook/contracts';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { z } from 'zod';
import type { Connection } from '../database/client.ts';
import { canonicalJson } from '../imports/canonical-json.ts';
import { listAnswers } from './unit-repository.ts';

/** What the coders of a unit put right of what they were shown, with how many want it so; `names` where it is decided. */
export async function correctionsOfUnit(
  connection: Connection,
  { contract }: TaskTypeServer<unknown, unknown, unknown>,
  projectId: ProjectId,
  unitId: UnitId,
  names: ReadonlyMap<MemberId, string> | null,
): Promise<UnitToAdjudicate['corrections']> {
  const { corrections } = contract;
  if (corrections === undefined) return null;
  const given = (await listAnswers(connection, projectId, unitId)).map(({ coder, answer }) => ({
    coder,
    correction: z.record(z.string(), z.json()).parse(answer)[corrections.property] ?? null,
  }));
  const proposed = Map.groupBy(
    given.filter(({ correction }) => correction !== null),
    ({ correction }) => canonicalJson(correction),
  );
  return {
    left: given.filter(({ correction }) => correction === null).length,
    property: corrections.property,
    proposed: [...proposed]
      .map(([key, of]) => ({
        correction: JSON.parse(key) as never,
        words: corrections.describe(JSON.parse(key)),
        coders: of.length,
        supporters: names === null ? null : of.map(({ coder }) => names.get(coder) ?? 'a coder').sort(),
      }))
      .sort((one, other) => other.coders - one.coders || (one.words < other.words ? -1 : 1)),
  };
}
