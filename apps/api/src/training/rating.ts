import type { MemberId, UnitId } from '@casebook/contracts';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { taskTypeServers } from '@casebook/task-types/server';
import type { Connection } from '../database/client.ts';
import type { Services } from '../services.ts';
import { grade } from './grading.ts';
import { isHiddenGold } from './hidden-gold.ts';
import * as repository from './repository.ts';

interface Tally {
  asked: number;
  right: number;
}

interface GradedAnswer {
  readonly coder: MemberId;
  readonly unitId: UnitId;
  readonly right: boolean;
  readonly receivedAt: Date;
}

/** The answers to hidden gold that stand, and whether each is right. */
export async function gradedHiddenGold(
  connection: Connection,
  { projectId, taskId }: { readonly projectId: string; readonly taskId: string },
  task: repository.RatedTask,
  type: TaskTypeServer<unknown, unknown, unknown>,
): Promise<GradedAnswer[]> {
  if (task.hiddenGoldRate === 0) return [];
  const protocol = type.contract.protocol.parse(task.protocol);
  const units = await repository.listUnitsWithGold(connection, projectId, taskId);
  const codings = await repository.listCountedCodings(connection, projectId, units);
  const codingsOf = Map.groupBy(codings, ({ itemId }) => itemId);
  return [...Map.groupBy(units, ({ itemId }) => itemId)].flatMap(([itemId, ofItem]) => {
    const given = codingsOf.get(itemId) ?? [];
    const grades = grade(type, protocol, ofItem, given);
    return given.flatMap(({ coder, unitId, receivedAt }) => {
      const right = grades.get(coder)?.get(unitId);
      const counts = isHiddenGold(unitId, task.seed, task.hiddenGoldRate);
      return right === undefined || !counts ? [] : [{ coder, unitId, right, receivedAt }];
    });
  });
}

/**
 * What the coders of a task are worth so far: of the gold they answered without having been shown it, in training and
 * hidden in the task since, how much was right. Of a unit that training asked more than once the first answer counts
 * alone. What an adjudicator made gold is left out: it may rest on the answers that it would then judge. Derived from
 * training and judgements alone.
 */
export async function rateCoders(
  services: Services,
  { projectId, taskId }: { readonly projectId: string; readonly taskId: string },
): Promise<void> {
  const { prisma } = services.database;
  const task = await repository.findRatedTask(prisma, projectId, taskId);
  const type = task === undefined ? undefined : taskTypeServers.get(task.type);
  if (task === undefined || type?.disputes === undefined) return;
  const tallies = new Map<string, Tally>();
  const count = (coder: string, asked: number, right: number): void => {
    const tally = tallies.get(coder) ?? { asked: 0, right: 0 };
    tally.asked += asked;
    tally.right += right;
    tallies.set(coder, tally);
  };
  if (task.trainingTaskId !== null) {
    const trained = await repository.listFirstAnswers(prisma, projectId, task.trainingTaskId);
    for (const { coderId, asked, right } of trained) count(coderId, asked, right);
  }
  for (const { coder, right } of await gradedHiddenGold(prisma, { projectId, taskId }, task, type))
    count(coder, 1, right ? 1 : 0);
  const ratings = [...tallies].flatMap(([coderId, tally]) =>
    tally.asked === 0 ? [] : [{ coderId, ...tally }],
  );
  await prisma.$transaction((transaction) =>
    repository.replaceRatings(transaction, projectId, taskId, ratings),
  );
}
