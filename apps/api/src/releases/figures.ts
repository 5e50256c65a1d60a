import { memberIdSchema, unitIdSchema } from '@casebook/contracts';
import { score, taskTypeServers } from '@casebook/task-types/server';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { computeAgreement } from '../agreement/compute.ts';
import type { JudgedUnit } from '../agreement/codings.ts';
import { readingsOfItem } from '../readings/readings-of-item.ts';
import { resolvedUnits } from '../scoring/resolved.ts';
import type { OutcomeToScore } from '../scoring/resolved.ts';
import { outcomesOf } from '../stages/outcome.ts';
import type { CountedAnswer, CountedValidation } from '../stages/outcome.ts';
import type { ReleaseRows } from './rows.ts';

/** Files below `figures/`, each a list of lines. */
export type Figures = Readonly<Record<'agreement' | 'outcomes' | 'points', readonly unknown[]>>;

type Task = ReleaseRows['tasks'][number];
type Type = TaskTypeServer<unknown, unknown, unknown>;

/** The units of a task with all that counts of what was said of them. */
interface TaskAtHand {
  readonly units: readonly (JudgedUnit & { readonly row: ReleaseRows['units'][number] })[];
  readonly skips: ReadonlyMap<JudgedUnit['id'], number>;
}

/**
 * Every figure of a release from its rows alone, by the code that the service computes them with. The same rows give
 * the same figures.
 *
 * @throws Error where a row names a type, a unit or a coder that is not there.
 */
export function figuresOf(rows: ReleaseRows): Figures {
  const agreement: unknown[] = [];
  const outcomes: unknown[] = [];
  const points: unknown[] = [];
  for (const task of rows.tasks) {
    const type = taskTypeServers.get(task.type);
    if (type === undefined) throw new Error(`no task type is called ${task.type}`);
    const protocol = type.contract.protocol.parse(task.protocol);
    const atHand = unitsOf(task, rows);
    const counted = {
      units: atHand.units,
      judgements: atHand.units.reduce((sum, { codings }) => sum + codings.length, 0),
      ...{ upTo: null, outsideRevision: 0 },
    };
    const { views, differing, weighed, judgements } = computeAgreement(type, protocol, counted, task);
    agreement.push({ task: task.id, judgements, differing, views, weighed });
    const decided = outcomesOfTask(type, protocol, atHand);
    outcomes.push(
      ...decided.map(({ decision, ...outcome }) => ({
        task: task.id,
        ...outcome,
        kept: decision?.kept ?? null,
      })),
    );
    points.push(...pointsOfTask(task, rows, atHand, decided));
  }
  return { agreement, outcomes, points };
}

function unitsOf(task: Task, rows: ReleaseRows): TaskAtHand {
  const units = new Map(
    rows.units.filter((unit) => unit.task === task.id).map((row) => [unitIdSchema.parse(row.id), row]),
  );
  const kinds = new Map(rows.coders.map(({ id, kind }) => [id, kind]));
  const answers: CountedAnswer[] = [];
  const machines: CountedAnswer[] = [];
  const skips = new Map<JudgedUnit['id'], number>();
  const counted = rows.judgements
    .filter((judgement) => judgement.task === task.id && judgement.counts)
    .sort((one, other) => compare(one.coder, other.coder) || compare(one.id, other.id));
  for (const judgement of counted) {
    const unit = units.get(judgement.unit);
    const kind = kinds.get(judgement.coder);
    if (unit === undefined || kind === undefined)
      throw new Error(`the judgement ${judgement.id} names a unit or coder that is not there`);
    if (judgement.act === 'skip') {
      skips.set(judgement.unit, (skips.get(judgement.unit) ?? 0) + 1);
      continue;
    }
    const answer: CountedAnswer = {
      judgementId: judgement.id,
      unitId: judgement.unit,
      ...{ itemId: unit.item, key: unit.key, unit: unit.content, coder: judgement.coder },
      ...{ answer: judgement.answer, stage: judgement.stage, rating: judgement.rating },
      ...(judgement.outside ? { outside: true as const } : {}),
    };
    (kind === 'machine' ? machines : answers).push(answer);
  }
  const validations = [...rows.validations]
    .filter((validation) => validation.task === task.id && validation.counts)
    .sort((one, other) => compare(one.id, other.id))
    .map(({ unit: unitId, judgement: judgementId, coder, verdict, rating }): CountedValidation => ({
      ...{ unitId, judgementId, coder, verdict, rating },
    }));
  const answersOf = Map.groupBy(answers, ({ unitId }) => unitId);
  const machinesOf = Map.groupBy(machines, ({ unitId }) => unitId);
  const validationsOf = Map.groupBy(validations, ({ unitId }) => unitId);
  return {
    skips,
    units: [...units.values()].map((row) => {
      const said = answersOf.get(row.id) ?? [];
      return {
        ...{ row, id: row.id, itemId: row.item, key: row.key, content: row.content },
        ...{ reference: row.reference, kept: row.kept },
        codings: said.filter((answer) => answer.stage === 'annotation'),
        answers: said,
        validations: validationsOf.get(row.id) ?? [],
        machines: machinesOf.get(row.id) ?? [],
      };
    }),
  };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function outcomesOfTask(type: Type, protocol: unknown, { units, skips }: TaskAtHand): OutcomeToScore[] {
  if (type.disputes === undefined) return [];
  const rule = type.disputes.conference(protocol);
  return [...Map.groupBy(units, ({ itemId }) => itemId).values()].flatMap((ofItem) => {
    const answers = ofItem.flatMap((unit) => unit.answers);
    const validations = ofItem.flatMap((unit) => unit.validations);
    const readings = readingsOfItem(type, protocol, ofItem, answers, validations);
    const keptOf = new Map(readings.map(({ unitId, kept }) => [unitId, kept ?? []]));
    const rowOf = new Map(ofItem.map(({ id, row }) => [id, row]));
    const ids = ofItem.map(({ id }) => id);
    return outcomesOf(ids, readings, answers, validations, rule, skips).map((outcome) => {
      const row = rowOf.get(outcome.unitId);
      if (row?.decidedAt === undefined || row.decidedAt === null) return { ...outcome, decision: null };
      const kept = [...new Set(keptOf.get(outcome.unitId))].filter((key) => key !== null);
      const kind = kept.length > 1 ? ('keep-several' as const) : ('decide' as const);
      const decision = { kind, answers: row.kept ?? [], kept, reason: null, at: row.decidedAt };
      return { ...outcome, decision };
    });
  });
}

function pointsOfTask(
  task: Task,
  rows: ReleaseRows,
  { units }: TaskAtHand,
  outcomes: readonly OutcomeToScore[],
): unknown[] {
  const rules = rows['scoring-rules'].map(({ version, moment, rules: ofVersion }) => ({
    ...{ version, since: moment, rules: ofVersion },
  }));
  const sectionOf = new Map<string, string>(units.map(({ id, row }) => [id, row.section]));
  const outcomesOfSection = Map.groupBy(outcomes, ({ unitId }) => sectionOf.get(unitId));
  return rows.sections
    .filter((section) => section.task === task.id)
    .flatMap((section) => {
      const handIns = rows['hand-ins']
        .filter((handIn) => handIn.section === section.id)
        .map(({ coder, stage, moment }) => ({ coder: memberIdSchema.parse(coder), stage, at: moment }));
      const acts = [
        ...rows.judgements
          .filter((row) => row.section === section.id && row.scored)
          .map(({ coder, unit: unitId, confidence, commented }) => ({
            ...{ coder, unitId, confidence, commented },
            stage: 'annotation' as const,
          })),
        ...rows.validations
          .filter((row) => row.section === section.id && row.counts)
          .map(({ coder, unit: unitId, verdict, commented }) => ({
            ...{ coder, unitId, confidence: null, stage: 'validation' as const },
            commented: verdict === 'disagree' && commented,
          })),
      ];
      const atRest = section.stage === 'adjudication' || section.stage === 'closed';
      const resolved = atRest ? resolvedUnits(outcomesOfSection.get(section.id) ?? [], handIns) : [];
      // When each was earned stands in the hand-ins; a figure of its own would tell nothing more.
      return score({ handIns, acts, resolved }, rules).map(({ coder, stage, unitId, ...award }) => ({
        ...{ task: task.id, section: section.id, coder, stage, unit: unitId },
        ...{ points: award.points, ruleVersion: award.ruleVersion, reason: award.reason },
      }));
    });
}
