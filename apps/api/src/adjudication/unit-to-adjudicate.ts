import type { MemberId, ProjectId, UnitId, UnitToAdjudicate } from '@casebook/contracts';
import { unitToAdjudicateSchema } from '@casebook/contracts';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { taskTypeServers } from '@casebook/task-types/server';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { contestsOf } from '../contests/service.ts';
import { NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import { correctionsOfUnit } from './corrections-of-unit.ts';
import { findGold, listAdjudications } from './repository.ts';
import * as repository from './unit-repository.ts';

/** As many contests as are shown beside a unit. */
const CONTESTS = 50;

/** A unit as it lies on the bench. Before it is decided nothing in it names a coder or tells two of them apart. */
export async function unitToAdjudicate(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  unitId: UnitId,
): Promise<UnitToAdjudicate> {
  const { prisma } = services.database;
  const { memberId } = await requireRight(prisma, principal, projectId, 'manage', 'read');
  const unit = await repository.findUnitOnBench(prisma, projectId, unitId);
  const type = unit === undefined ? undefined : taskTypeServers.get(unit.taskType);
  if (unit === undefined || type === undefined) throw new NotFound();
  const stored = await listAdjudications(prisma, projectId, unitId);
  const [head] = stored;
  const decided = head?.kind === 'decide' || head?.kind === 'keep-several';
  const ofItem = await repository.listUnitsOfItem(prisma, projectId, unit);
  const labels = new Map(ofItem.map(({ key, label }) => [key, label]));
  const words = (answer: unknown) =>
    type.describe(type.contract.answer.parse(answer), unit.content, (key) => labels.get(key) ?? key);
  const names = await repository.namesOfMembers(prisma, projectId);
  const deciders = await repository.namesOfUsers(
    prisma,
    stored.map(({ userId }) => userId),
  );
  const gold = await findGold(prisma, projectId, unitId);
  const said = await repository.listComments(prisma, projectId, unitId);
  return unitToAdjudicateSchema.parse({
    ...{ unitId, taskId: unit.taskId, taskType: unit.taskType, protocol: unit.protocol },
    ...{ key: unit.key, label: unit.label, place: unit.place, content: unit.content },
    ...{ itemId: unit.itemId, item: unit.item, stage: unit.stage },
    ...{ state: unit.state, uncertainty: unit.uncertainty },
    earlier: ofItem
      .filter(({ reading }) => reading < unit.reading)
      .map(({ id, key, content }) => ({ id, key, content })),
    readings: unit.readings.map((reading) => ({
      ...counted(reading),
      words: words(reading.answer),
      supporters: decided ? named(reading, names) : null,
    })),
    comments: said.map(({ comment, stage, act, answer, skipReason, verdict, coder }) => ({
      ...{ text: comment, stage },
      beside: besideComment(type, { act, answer, skipReason, verdict }, words),
      by: decided ? (names.get(coder) ?? null) : null,
    })),
    contests: await contestsOf(prisma, projectId, memberId, { unitId }, undefined, CONTESTS),
    corrections: await correctionsOfUnit(prisma, type, projectId, unitId, decided ? names : null),
    gold: gold === null ? null : { words: words(gold.answer), source: gold.source },
    history: stored.map(({ id, kind, answers, reason, asGold, userId, at }) => ({
      ...{ id, kind, reason, asGold },
      answers: answers.map(({ answer, weight }) => ({ answer, words: words(answer), weight })),
      by: deciders.get(userId) ?? '',
      at: at.toISOString(),
    })),
    tookPart: memberId === null ? null : await repository.partOf(prisma, projectId, unitId, memberId),
  });
}

function counted(reading: repository.ReadingOnBench): object {
  const { key, answer, probability, annotators, agreed, disagreed, gaveInstead } = reading;
  return {
    ...{ key, answer, probability },
    annotators: annotators.length,
    agreed: agreed.length,
    disagreed: disagreed.length,
    gaveInstead: gaveInstead.length,
  };
}

function named(reading: repository.ReadingOnBench, names: ReadonlyMap<MemberId, string>): object {
  const of = (members: readonly MemberId[]) => members.map((member) => names.get(member) ?? 'a coder').sort();
  return {
    annotators: of(reading.annotators),
    agreed: of(reading.agreed),
    disagreed: of(reading.disagreed),
    gaveInstead: of(reading.gaveInstead),
  };
}

const VERDICTS = { agree: 'agrees with', disagree: 'disagrees with', unsure: 'is unsure of' } as const;

function besideComment(
  type: TaskTypeServer<unknown, unknown, unknown>,
  said: Pick<repository.CommentRow, 'act' | 'answer' | 'skipReason' | 'verdict'>,
  words: (answer: unknown) => string,
): string {
  if (said.act === 'skip') {
    const reason = type.contract.skipReasons.find(({ code }) => code === said.skipReason);
    return `skipped: ${reason?.label ?? said.skipReason ?? ''}`;
  }
  if (said.answer === null) return '';
  const answer = words(said.answer);
  return said.verdict === null ? answer : `${VERDICTS[said.verdict]}: ${answer}`;
}
