import { readingRowSchema } from '@casebook/contracts';
import type { ReadingRow, TaskId, UnitId } from '@casebook/contracts';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { readingsOfItem } from '../readings/readings-of-item.ts';
import { ACCURACY, CERTAINTY, LEAST, MOST, outcomesOf, votesOn } from '../stages/outcome.ts';
import type { Outcome } from '../stages/outcome.ts';
import type { UnitDetail } from './reading-repository.ts';
import type { JudgedItem } from './repository.ts';
import { rowsAsTable } from './rows-as-table.ts';
import type { Formulas } from './rows-as-table.ts';

interface TaskToTell {
  readonly id: TaskId;
  readonly type: TaskTypeServer<unknown, unknown, unknown>;
  readonly protocol: unknown;
}

/** The rows of one item, in reading order: every reading, everybody's vote, and who decided. */
export function readingRows(
  { id: taskId, type, protocol }: TaskToTell,
  { item, units, answers, validations, skips }: JudgedItem,
  details: ReadonlyMap<string, UnitDetail>,
): ReadingRow[] {
  const rule = type.disputes?.conference(protocol) ?? null;
  const found = readingsOfItem(type, protocol, units, answers, validations);
  const readingsOf = new Map(found.map((of) => [of.unitId, of]));
  const ids = units.map((unit) => unit.id);
  const outcomes = new Map(
    outcomesOf(ids, found, answers, validations, rule, skips).map((outcome) => [outcome.unitId, outcome]),
  );
  const answersOf = Map.groupBy(answers, ({ unitId }) => unitId);
  const validationsOf = Map.groupBy(validations, ({ unitId }) => unitId);
  const labels = new Map(units.map((unit) => [unit.key, details.get(unit.id)?.label ?? unit.key]));
  const wordsOn = (unit: unknown, answer: unknown): string =>
    type.describe(type.contract.answer.parse(answer), unit, (key) => labels.get(key) ?? key);

  return units.flatMap((unit) => {
    const detail = details.get(unit.id);
    const outcome = outcomes.get(unit.id);
    if (detail === undefined || outcome === undefined) return [];
    const { sectionId, sectionStage, decision, gold } = detail;
    const given = answersOf.get(unit.id) ?? [];
    const grouped = readingsOf.get(unit.id)?.readings ?? [];
    const probable = type.disputes !== undefined;
    const state = probable && sectionStage !== 'annotation' ? outcome.state : null;
    const mass = outcome.readings.reduce((sum, { probability }) => sum + probability, 0);
    return readingRowSchema.parse({
      ...{ taskId, sectionId, sectionStage, unitId: unit.id, itemId: item.id, itemName: item.name },
      ...{ unitKey: unit.key, label: detail.label, state, skips: skips.get(unit.id) ?? 0 },
      decidedBy: decision === null ? decidedByVotes(state, rule !== null) : 'adjudicator',
      reference: referenceOf(detail, outcome, probable),
      readings: outcome.readings.map((reading) => ({
        ...{ key: reading.key, answer: reading.answer, words: wordsOn(unit.content, reading.answer) },
        ...{ support: reading.annotators.length, probability: probable ? reading.probability : null },
        ...{ annotators: reading.annotators, agreed: reading.agreed, disagreed: reading.disagreed },
        gaveInstead: reading.gaveInstead,
        judgements: given
          .filter(
            ({ coder }) => grouped.find(({ key }) => key === reading.key)?.coders.includes(coder) === true,
          )
          .map(({ judgementId }) => judgementId)
          .sort(),
      })),
      noneOfThese: probable && outcome.readings.length > 0 ? Math.max(0, 1 - mass) : null,
      votes: probable
        ? votesOn(grouped, given, validationsOf.get(unit.id) ?? []).map((vote) => ({
            coder: vote.coder,
            source: given.some(({ coder, outside }) => coder === vote.coder && outside === true)
              ? 'outside'
              : vote.stage,
            ...{ rating: vote.rating, accuracy: vote.accuracy },
            readings: [...new Set(vote.candidates)].flatMap((place) => grouped[place]?.key ?? []),
          }))
        : [],
      model: probable
        ? {
            ...{ name: 'known-accuracies', unknown: ACCURACY, least: LEAST, most: MOST },
            ...{ certainty: rule?.certainty ?? CERTAINTY, validations: rule?.validations ?? 0 },
          }
        : null,
      decision:
        decision === null
          ? null
          : { ...decision, answers: decided(detail, unit.id), at: decision.at.toISOString() },
      gold: gold === null ? null : { ...gold, words: wordsOn(unit.content, gold.answer) },
    });
  });

  function decided({ decision }: UnitDetail, unitId: UnitId): object[] {
    const decidedOn = units.find((unit) => unit.id === unitId);
    const kept = decidedOn?.kept ?? [];
    return kept.map((answer, place) => ({
      ...{ answer, words: wordsOn(decidedOn?.content, answer) },
      weight:
        decision?.answers.find((each) => JSON.stringify(each.answer) === JSON.stringify(answer))?.weight ??
        null,
      reading: readingsOf.get(unitId)?.kept?.[place] ?? null,
    }));
  }
}

function decidedByVotes(state: Outcome['state'] | null, conference: boolean): ReadingRow['decidedBy'] {
  if (state === 'agreed') return 'annotators';
  return state === 'settled' ? (conference ? 'validators' : 'annotators') : null;
}

function referenceOf(
  { decision, gold }: UnitDetail,
  { readings }: Outcome,
  probable: boolean,
): ReadingRow['reference'] {
  if (!probable) return null;
  if (decision !== null) return 'adjudicator';
  if (gold !== null) return 'gold';
  return readings.length === 0 ? null : 'most-probable';
}

/** A reading of a unit as a line of a table; a unit without any has one line all the same. */
async function* linesOf(rows: AsyncIterable<ReadingRow>): AsyncGenerator<Record<ReadingColumn, unknown>> {
  for await (const row of rows) {
    const { decision } = row;
    const keys = row.readings.map(({ key }) => key);
    const weightOf = (key: string | null): number | null =>
      decision?.answers.find(({ reading }) => reading === key)?.weight ?? null;
    const unit = {
      ...{ taskId: row.taskId, sectionId: row.sectionId, sectionStage: row.sectionStage, unitId: row.unitId },
      ...{ itemId: row.itemId, itemName: row.itemName, unitKey: row.unitKey, label: row.label },
      ...{
        state: row.state,
        skips: row.skips,
        decidedBy: row.decidedBy,
        reference: row.reference,
        noneOfThese: row.noneOfThese,
      },
      ...{
        decision: decision?.kind ?? null,
        reason: decision?.reason ?? null,
        decidedAt: decision?.at ?? null,
      },
      gold: row.gold?.answer ?? null,
    };
    const none = { agreed: null, disagreed: null, gaveInstead: null, annotators: null, judgements: null };
    const unsaid = { ...none, support: null, probability: null };
    if (keys.length === 0 && decision === null)
      yield { ...unit, ...unsaid, reading: null, answer: null, words: null, kept: null, weight: null };
    for (const reading of row.readings) {
      const {
        key,
        answer,
        words,
        support,
        probability,
        annotators,
        agreed,
        disagreed,
        gaveInstead,
        judgements,
      } = reading;
      yield {
        ...unit,
        ...{ reading: key, answer, words, support, probability, annotators, agreed, disagreed, gaveInstead },
        judgements,
        kept: decision === null ? null : decision.answers.some((each) => each.reading === key),
        weight: weightOf(key),
      };
    }
    for (const { answer, words, weight, reading } of decision?.answers ?? []) {
      if (reading === null) yield { ...unit, ...unsaid, reading: null, answer, words, kept: true, weight };
    }
  }
}

/** The columns of the table, in order; those of units say the same in each of a unit's lines. */
const COLUMNS = [
  'taskId',
  'sectionId',
  'sectionStage',
  'unitId',
  'itemId',
  'itemName',
  'unitKey',
  'label',
  'state',
  'skips',
  'decidedBy',
  'reference',
  'decision',
  'reason',
  'decidedAt',
  'gold',
  'noneOfThese',
  'reading',
  'answer',
  'words',
  'support',
  'probability',
  'annotators',
  'agreed',
  'disagreed',
  'gaveInstead',
  'judgements',
  'kept',
  'weight',
] as const;
type ReadingColumn = (typeof COLUMNS)[number];

/** Readings as CSV, a line each. */
export function readingTable(rows: AsyncIterable<ReadingRow>, formulas: Formulas): AsyncGenerator<string> {
  return rowsAsTable(linesOf(rows), COLUMNS, ['answer', 'gold'], formulas);
}
