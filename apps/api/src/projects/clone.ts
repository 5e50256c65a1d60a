import { projectIdSchema } from '@casebook/contracts';
import type { ProjectId } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import { recordInProject } from '../audit/repository.ts';
import type { Services } from '../services.ts';
import { planTask } from '../tasks/planning/plan.ts';
import { copyCollections, copyTasks, insertCopy } from './clone-repository.ts';

/**
 * A project that is set up as another is: the newest guidelines and scoring rules, the collections with each item as it
 * now is, the tasks as drafts with the same protocols and seeds, so that they are cut in the same way. Nobody is in it,
 * and nothing is judged. All of it is there, or nothing; planning follows.
 */
export async function cloneProject(
  services: Services,
  from: ProjectId,
  name: string,
): Promise<{ readonly projectId: ProjectId; readonly tasks: number }> {
  const projectId = projectIdSchema.parse(uuidv7());
  const taskIds = await services.database.prisma.$transaction(
    async (transaction) => {
      await insertCopy(transaction, from, projectId, name);
      const collections = await copyCollections(transaction, from, projectId);
      const tasks = await copyTasks(transaction, from, projectId, collections);
      await recordInProject(transaction, projectId, {
        actorId: null,
        action: 'project.cloned',
        subject: { name, of: from },
      });
      return tasks;
    },
    { timeout: 600_000, maxWait: 10_000 },
  );
  for (const taskId of taskIds) await planTask(services, { projectId, taskId });
  return { projectId, tasks: taskIds.length };
}
