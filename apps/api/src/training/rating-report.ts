import type { MemberId, ProjectId, RatingReport, ShareRight, TaskId } from '@casebook/contracts';
import { memberIdSchema, taskIdSchema } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import { gradedHiddenGold } from './rating.ts';
import { findPhase, listNames } from './report-repository.ts';
import { findRatedTask, listFirstAnswers } from './repository.ts';
import { shareRight } from './share-right.ts';

/**
 * What a task's coders are worth by training and hidden gold, now and at the end of each day, derived from the answers
 * that stand now. For managers: coders don't know what is hidden. @throws NotFound for a training.
 */
export async function ratings(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<RatingReport> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  if ((await findPhase(prisma, projectId, taskId)) !== 'other') throw new NotFound();
  const task = await findRatedTask(prisma, projectId, taskId);
  const type = task === undefined ? undefined : taskTypeServers.get(task.type);
  if (task === undefined || type === undefined) throw new NotFound();
  const { hiddenGoldRate } = task;
  const trainingTaskId = taskIdSchema.nullable().parse(task.trainingTaskId);
  if (type.disputes === undefined) return { hiddenGoldRate, trainingTaskId, coders: [] };

  const names = await listNames(prisma, projectId);
  const graded = await gradedHiddenGold(prisma, { projectId, taskId }, task, type);
  const first = trainingTaskId === null ? [] : await listFirstAnswers(prisma, projectId, trainingTaskId);
  const trainedOf = new Map(first.map((trained) => [memberIdSchema.parse(trained.coderId), trained]));
  const answersOf = Map.groupBy(graded, ({ coder }) => coder);
  const coders = [...new Set<MemberId>([...trainedOf.keys(), ...answersOf.keys()])];
  return {
    hiddenGoldRate,
    trainingTaskId,
    coders: coders
      .map((coder) => {
        const days = byDay(answersOf.get(coder) ?? []);
        const [latest, trained] = [days.at(-1), trainedOf.get(coder)];
        return {
          coder,
          coderName: names.get(coder) ?? '',
          training: trained === undefined ? null : shareRight(trained.asked, trained.right),
          hidden: latest === undefined ? null : shareRight(latest.asked, latest.right),
          rating: shareRight(
            (trained?.asked ?? 0) + (latest?.asked ?? 0),
            (trained?.right ?? 0) + (latest?.right ?? 0),
          ),
          days,
        };
      })
      .sort((one, other) => one.coderName.localeCompare(other.coderName)),
  };
}

/** All that was answered up to the end of each day (UTC) on which something was. */
function byDay(
  answers: readonly { readonly right: boolean; readonly receivedAt: Date }[],
): ({ readonly day: string } & ShareRight)[] {
  const days = [...Map.groupBy(answers, ({ receivedAt }) => receivedAt.toISOString().slice(0, 10))].sort(
    ([one], [other]) => (one < other ? -1 : 1),
  );
  let [asked, right] = [0, 0];
  return days.flatMap(([day, of]) => {
    asked += of.length;
    right += of.filter((answer) => answer.right).length;
    const share = shareRight(asked, right);
    return share === null ? [] : [{ day, ...share }];
  });
}
