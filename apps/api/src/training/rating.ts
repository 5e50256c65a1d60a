import { taskTypeServers } from '@casebook/task-types/server';
import type { Services } from '../services.ts';
import { grade } from './grading.ts';
import { isHiddenGold } from './hidden-gold.ts';
import * as repository from './repository.ts';

interface Tally {
  asked: number;
  right: number;
}

/**
 * What the coders of a task are worth so far: of the gold they answered, in their last time through training and
 * hidden in the task since, how much was right. What an adjudicator made gold is left out: it may rest on the
 * answers that it would then judge. Derived from training and judgements alone.
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
    const rounds = await repository.listLatestRounds(prisma, projectId, task.trainingTaskId);
    for (const { coderId, asked, right } of rounds) count(coderId, asked, right);
  }
  if (task.hiddenGoldRate > 0) {
    const protocol = type.contract.protocol.parse(task.protocol);
    const units = await repository.listUnitsWithGold(prisma, projectId, taskId);
    const codings = Map.groupBy(
      await repository.listCountedCodings(prisma, projectId, units),
      ({ itemId }) => itemId,
    );
    for (const [itemId, of] of Map.groupBy(units, (unit) => unit.itemId)) {
      for (const [coder, graded] of grade(type, protocol, of, codings.get(itemId) ?? [])) {
        for (const [unitId, right] of graded) {
          if (isHiddenGold(unitId, task.seed, task.hiddenGoldRate)) count(coder, 1, right ? 1 : 0);
        }
      }
    }
  }
  const ratings = [...tallies].flatMap(([coderId, tally]) =>
    tally.asked === 0 ? [] : [{ coderId, ...tally }],
  );
  await prisma.$transaction((transaction) =>
    repository.replaceRatings(transaction, projectId, taskId, ratings),
  );
}
