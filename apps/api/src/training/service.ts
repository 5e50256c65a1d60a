import { randomInt } from 'node:crypto';
import { trainingSchema } from '@casebook/contracts';
import type {
  MemberId,
  ProjectId,
  TaskId,
  Training,
  TrainingAnswer,
  TrainingRound,
  TrainingVerdict,
  UnitId,
} from '@casebook/contracts';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { taskTypeServers } from '@casebook/task-types/server';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.ts';
import { requireMember, requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import type { Connection } from '../database/client.ts';
import { Conflict, NotFound, Unprocessable } from '../errors.ts';
import { misfitting, readAnswer } from '../judgements/known-task.ts';
import type { Services } from '../services.ts';
import { drawTraining } from './draw.ts';
import { grade } from './grading.ts';
import { rateCoders } from './rating.ts';
import * as repository from './repository.ts';
import type { StoredAnswer, TrainingTask, UnitOfTraining } from './repository.ts';

type Type = TaskTypeServer<unknown, unknown, unknown>;

interface Place {
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly coderId: MemberId;
}

async function enter(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<{ place: Place; task: TrainingTask; type: Type }> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  const task = await repository.findTrainingTask(prisma, projectId, taskId);
  const type = task === undefined ? undefined : taskTypeServers.get(task.type);
  if (task === undefined || type === undefined) throw new NotFound();
  if (!(await repository.mayTrain(prisma, projectId, taskId, memberId))) throw new NotFound();
  return { place: { projectId, taskId, coderId: memberId }, task, type };
}

function verdictOf(
  type: Type,
  units: readonly UnitOfTraining[],
  { submissionId, unitId, answer, right }: StoredAnswer,
): TrainingVerdict {
  const unit = units.find(({ id }) => id === unitId);
  const words = new Map(units.map(({ key, content }) => [key, type.label(content)]));
  const goldWords =
    unit === undefined ? '' : type.describe(unit.gold, unit.content, (key) => words.get(key) ?? key);
  // Stored answers and gold were parsed when they were written, and are JSON.
  return {
    submissionId,
    unitId,
    answer: answer as TrainingVerdict['answer'],
    right,
    gold: unit?.gold as TrainingVerdict['gold'],
    goldWords,
    explanation: unit?.explanation ?? null,
  };
}

/** The round that is open: after those that were finished. */
const openRound = (rounds: readonly TrainingRound[]): number => (rounds.at(-1)?.round ?? 0) + 1;

async function sheet(
  connection: Connection,
  { projectId, taskId, coderId }: Place,
  task: TrainingTask,
  type: Type,
  drawn: readonly UnitId[],
): Promise<Training> {
  const rounds = await repository.listTrainingRounds(connection, projectId, taskId, coderId);
  const answers = await repository.listTrainingAnswers(connection, projectId, taskId, coderId);
  const round = openRound(rounds);
  const last = answers.filter((answer) => answer.round === rounds.at(-1)?.round);
  const units = await repository.listUnitsAround(connection, projectId, [
    ...drawn,
    ...last.map(({ unitId }) => unitId),
  ]);
  const asked = new Set(drawn);
  const items = await repository.listTrainingItems(connection, projectId, units);
  const shown = ({ id, itemId, key, content }: UnitOfTraining) => ({ id, itemId, key, content });
  return trainingSchema.parse({
    taskId,
    taskName: task.name,
    open: task.open,
    taskType: task.type,
    protocol: task.protocol,
    over: !(await repository.mayGoThrough(connection, { projectId, taskId, coderId, round })),
    passMark: task.passMark,
    round,
    items: items.map((item) => ({ ...item, content: type.withoutGold(item.content) })),
    units: units.filter(({ id }) => asked.has(id)).map(shown),
    otherUnits: units.filter(({ id }) => !asked.has(id)).map(shown),
    answered: answers
      .filter((answer) => answer.round === round)
      .map((answer) => verdictOf(type, units, answer)),
    rounds,
    lastAnswered: last.map((answer) => verdictOf(type, units, answer)),
    opens: await repository.listTasksOpened(connection, projectId, taskId, coderId),
  });
}

/**
 * What the open round asks. It is drawn when it is first asked for, once; nothing is drawn while training is closed, or
 * for whoever is through with it.
 */
async function drawnFor(
  connection: Connection,
  place: Place,
  task: TrainingTask,
  type: Type,
): Promise<readonly UnitId[]> {
  const { projectId, taskId, coderId } = place;
  await repository.lockTraining(connection, taskId, coderId);
  const rounds = await repository.listTrainingRounds(connection, projectId, taskId, coderId);
  const key = { ...place, round: openRound(rounds) };
  if (!(await repository.mayGoThrough(connection, key))) return [];
  const known = await repository.findDraw(connection, key);
  if (known !== undefined || !task.open) return known ?? [];
  const before = await repository.listTrainingAnswers(connection, projectId, taskId, coderId);
  const candidates = await repository.listCandidates(connection, projectId, taskId);
  if (candidates.length === 0) return [];
  const seed = randomInt(2 ** 32);
  const unitIds = drawTraining(
    candidates.map(({ id, itemId, gold }) => ({ id, itemId, kind: type.disputes?.classOf(gold) ?? '' })),
    {
      length: task.trainingLength,
      manner: type.contract.leaseGrain === 'document' ? 'run' : 'any',
      asked: new Set(before.map(({ unitId }) => unitId)),
      seed,
    },
  );
  await repository.insertDraw(connection, key, { unitIds, seed });
  return unitIds;
}

/** What the caller is trained on, and how far he is. Gold is told only of what he has answered. */
export async function training(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<Training> {
  const { place, task, type } = await enter(services, principal, projectId, taskId);
  return services.database.prisma.$transaction(async (transaction) =>
    sheet(transaction, place, task, type, await drawnFor(transaction, place, task, type)),
  );
}

/** Grades one answer; the last of a round finishes it. The same submission again is told the same again. */
export async function answer(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  given: TrainingAnswer,
): Promise<TrainingVerdict> {
  const { place, task, type } = await enter(services, principal, projectId, taskId);
  if (!task.open) throw new Conflict('not-open', 'Training is closed for now.');
  const protocol = type.contract.protocol.parse(task.protocol);
  const read = readAnswer({ type, protocol }, given.answer);
  if ('wrong' in read) throw misfitting(read.wrong);
  const { verdict, finished } = await services.database.prisma.$transaction(async (transaction) => {
    const drawn = await drawnFor(transaction, place, task, type);
    const answers = await repository.listTrainingAnswers(transaction, projectId, taskId, place.coderId);
    const same = answers.find(({ submissionId }) => submissionId === given.submissionId);
    if (same !== undefined) {
      if (same.unitId !== given.unitId)
        throw new Unprocessable('submission-reused', 'This submission id has been used for something else.');
      const around = await repository.listUnitsAround(transaction, projectId, [same.unitId]);
      return { verdict: verdictOf(type, around, same), finished: false };
    }
    if (!drawn.includes(given.unitId)) throw new NotFound();
    const units = await repository.listUnitsAround(transaction, projectId, [given.unitId]);
    const unit = units.find(({ id }) => id === given.unitId);
    if (unit === undefined) throw new NotFound();
    requireEarlier(units, unit, read.pointsAt);
    const round = openRound(
      await repository.listTrainingRounds(transaction, projectId, taskId, place.coderId),
    );
    const before = answers.filter((of) => of.round === round);
    if (before.some(({ unitId }) => unitId === given.unitId))
      throw new Conflict('answered-already', 'This has been answered in this round.');
    const now = { submissionId: given.submissionId, unitId: given.unitId, round, answer: read.answer };
    const right = isRight(
      type,
      protocol,
      units,
      [...before, { ...now, right: false }],
      place.coderId,
      now.unitId,
    );
    const { elapsedMs } = given;
    await repository.insertTrainingAnswer(transaction, { ...place, ...now, id: uuidv7(), right, elapsedMs });
    const asked = drawn.length;
    const isLast = before.length + 1 === asked;
    if (isLast) {
      const rightly = before.filter((of) => of.right).length + (right ? 1 : 0);
      const { passMark } = task;
      const passed = rightly >= passMark * asked;
      await repository.insertTrainingRound(transaction, place, {
        round,
        asked,
        right: rightly,
        passMark,
        passed,
      });
    }
    return { verdict: verdictOf(type, units, { ...now, right }), finished: isLast };
  });
  if (finished) await rateTrained(services, projectId, taskId);
  return verdict;
}

/** Lets a coder who has passed go through training once more. Twice is allowed as once. */
export async function allowTraining(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  coderId: MemberId,
): Promise<void> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  if ((await repository.findTrainingTask(prisma, projectId, taskId)) === undefined) throw new NotFound();
  if (!(await repository.mayTrain(prisma, projectId, taskId, coderId))) throw new NotFound();
  await prisma.$transaction(async (transaction) => {
    await repository.lockTraining(transaction, taskId, coderId);
    const rounds = await repository.listTrainingRounds(transaction, projectId, taskId, coderId);
    const key = { projectId, taskId, coderId, round: openRound(rounds) };
    if (await repository.mayGoThrough(transaction, key)) return;
    await repository.insertAllowance(transaction, key, principal.userId);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'training.allowed',
      subject: { taskId, memberId: coderId, round: key.round },
    });
  });
}

/** Answers of this round are resolved together: what one points at is read as that coder reads it. */
function isRight(
  type: Type,
  protocol: unknown,
  units: readonly UnitOfTraining[],
  answers: readonly StoredAnswer[],
  coder: MemberId,
  unitId: UnitId,
): boolean {
  const item = units.find(({ id }) => id === unitId)?.itemId;
  const ofItem = units.filter(({ itemId }) => itemId === item);
  const codings = answers.flatMap((given) => {
    const unit = ofItem.find(({ id }) => id === given.unitId);
    if (unit === undefined) return [];
    const { id, itemId, key, content } = unit;
    return [{ unitId: id, itemId, key, unit: content, coder, answer: given.answer }];
  });
  return grade(type, protocol, ofItem, codings).get(coder)?.get(unitId) ?? false;
}

function requireEarlier(
  units: readonly UnitOfTraining[],
  unit: UnitOfTraining,
  pointsAt: readonly string[],
): void {
  const ofItem = units.filter(({ itemId }) => itemId === unit.itemId);
  const earlier = new Set(ofItem.slice(0, ofItem.indexOf(unit)).map(({ key }) => key));
  if (pointsAt.some((key) => !earlier.has(key)))
    throw new Unprocessable(
      'points-ahead',
      'The answer points at something that is not earlier in the same text.',
    );
}

async function rateTrained(services: Services, projectId: ProjectId, taskId: TaskId): Promise<void> {
  for (const trained of await repository.listTasksTrainedBy(services.database.prisma, projectId, taskId))
    await rateCoders(services, { projectId, taskId: trained });
}

/** Says to those who are trained on a unit why gold is what it is. */
export async function explainGold(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  unitId: UnitId,
  explanation: string | null,
): Promise<void> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  await prisma.$transaction(async (transaction) => {
    if (!(await repository.updateExplanation(transaction, projectId, unitId, explanation)))
      throw new NotFound();
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'gold.explained',
      subject: { unitId, explanation },
    });
  });
}
