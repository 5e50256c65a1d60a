import type { Explanation, MemberId, ProjectId, SectionId, UnitId } from '@casebook/contracts';
import { readingsOf, taskTypeServers } from '@casebook/task-types/server';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { contestsOf } from '../contests/service.ts';
import type { Connection } from '../database/client.ts';
import * as repository from './explanation-repository.ts';
import { resolvedUnits } from './resolved.ts';
import type { OutcomeToScore } from './resolved.ts';
import { listHandIns, listOutcomes } from './section-repository.ts';

type Unit = Explanation['units'][number];

/** What became of a coder's answers in a section at rest; undefined where he has none to look at. */
export async function explain(
  connection: Connection,
  projectId: ProjectId,
  sectionId: SectionId,
  memberId: MemberId,
): Promise<Explanation | undefined> {
  const section = await repository.findSectionToExplain(connection, projectId, sectionId, memberId);
  const type = section === undefined ? undefined : taskTypeServers.get(section.taskType);
  if (section === undefined || type === undefined) return undefined;
  // Before it is read: what is judged after it was shown is informed, also where the answer gets lost on its way.
  await repository.noteShown(connection, projectId, sectionId, memberId);
  const { taskId, taskName, taskType, name, stage } = section;
  const awards = await repository.listAwards(connection, projectId, sectionId, memberId);
  const awardsOf = Map.groupBy(awards, ({ unitId }) => unitId);
  const shown = (unitId: string | null) =>
    (awardsOf.get(unitId) ?? []).map(({ unitId: _, ...award }) => award);
  const { items, labels } = await repository.listItems(connection, projectId, taskId, sectionId);
  const { outcomes } = await listOutcomes(connection, projectId, sectionId);
  const outcomeOf = new Map(outcomes.map((outcome) => [outcome.unitId, outcome]));
  const resolved = new Map(
    resolvedUnits(outcomes, await listHandIns(connection, projectId, sectionId)).map((unit) => [
      unit.unitId,
      unit,
    ]),
  );
  const contests = await ownContests(connection, projectId, memberId, sectionId);
  const units = await repository.listUnits(connection, projectId, sectionId, memberId);
  return {
    ...{ taskId, taskName, taskType, name },
    points: awards.reduce((sum, { points }) => sum + points, 0),
    awards: shown(null),
    items: items.map((item) => ({ ...item, content: type.withoutGold(item.content) })),
    units: units.map((unit) => {
      const outcome = outcomeOf.get(unit.id);
      const decision = outcome?.decision ?? null;
      const nameOf = (key: string): string => labels.get(`${unit.itemId}/${key}`) ?? key;
      const own = new Set(outcome === undefined ? [] : readingsOf(outcome, memberId, stage));
      const contest = contests.get(unit.id) ?? null;
      const upheld = resolved.get(unit.id)?.readings.map((reading) => reading.upheld) ?? [];
      const readings = (outcome?.readings ?? []).map((reading, place) => ({
        ...readingInNumbers(type, reading, unit.content, nameOf),
        own: own.has(reading),
        upheld: upheld[place] ?? false,
      }));
      const ownReadings = readings.filter((reading) => reading.own);
      const fell =
        resolved.has(unit.id) && ownReadings.length > 0 && !ownReadings.some((reading) => reading.upheld);
      return {
        unitId: unit.id,
        itemId: unit.itemId,
        label: unit.label,
        content: type.contract.unit.parse(unit.content) as never,
        state: stateOf(outcome, resolved.has(unit.id)),
        decision:
          decision === null
            ? null
            : {
                kind: decision.kind,
                words: decision.answers.map((answer) =>
                  type.describe(type.contract.answer.parse(answer), unit.content, nameOf),
                ),
                reason: decision.reason,
                at: new Date(decision.at).toISOString(),
              },
        annotators: new Set(outcome?.readings.flatMap(({ annotators }) => annotators)).size,
        validators: new Set(outcome?.readings.flatMap(({ agreed, disagreed }) => [...agreed, ...disagreed]))
          .size,
        stage,
        skipped: skipInWords(type, unit.skipReason),
        readings,
        awards: shown(unit.id),
        contest,
        mayContest: contest === null && section.closed && fell,
      };
    }),
  };
}

/** One contest a unit and coder, and no section has as many units. */
const MOST = 100_000;

async function ownContests(
  connection: Connection,
  projectId: ProjectId,
  coder: MemberId,
  sectionId: SectionId,
): Promise<ReadonlyMap<UnitId, NonNullable<Unit['contest']>>> {
  const contests = await contestsOf(connection, projectId, coder, { coder, sectionId }, undefined, MOST);
  return new Map(contests.map(({ unitId, reason, at, answer }) => [unitId, { reason, at, answer }]));
}

function stateOf(outcome: OutcomeToScore | undefined, isResolved: boolean): Unit['state'] {
  if (outcome !== undefined && outcome.decision !== null) return 'decided';
  if (outcome === undefined || outcome.state === 'unanswered') return 'unanswered';
  if (!isResolved) return 'open';
  return outcome.state === 'agreed' ? 'agreed' : 'settled';
}

function skipInWords(type: TaskTypeServer<unknown, unknown, unknown>, reason: string | null): string | null {
  if (reason === null) return null;
  return type.contract.skipReasons.find(({ code }) => code === reason)?.label ?? reason;
}

/** A reading with how many stand for and against it, and nobody's name. */
function readingInNumbers(
  type: TaskTypeServer<unknown, unknown, unknown>,
  { answer, probability, annotators, agreed, disagreed, gaveInstead }: OutcomeToScore['readings'][number],
  unit: unknown,
  nameOf: (key: string) => string,
): Omit<Unit['readings'][number], 'own' | 'upheld'> {
  const parsed = type.contract.answer.parse(answer);
  return {
    answer: parsed as never,
    words: type.describe(parsed, unit, nameOf),
    probability,
    annotators: annotators.length,
    agreed: agreed.length,
    disagreed: disagreed.length,
    gaveInstead: gaveInstead.length,
  };
}
