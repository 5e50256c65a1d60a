import { projectIdSchema, taskIdSchema } from '@casebook/contracts';
import type { Services } from '../services.ts';
import { scoreTask } from './score-task.ts';
import { listTasksToScore } from './section-repository.ts';

/** Scores a task when it is told that something has become of its sections, and once a minute whatever was missed. */
export async function scoringWorker(services: Services): Promise<void> {
  await services.jobs.work('score-task', ({ projectId, taskId }) =>
    scoreTask(services, {
      projectId: projectIdSchema.parse(projectId),
      taskId: taskIdSchema.parse(taskId),
    }),
  );
  await services.jobs.work('sweep-scores', async () => {
    for (const task of await listTasksToScore(services.database.prisma)) {
      await services.jobs.send('score-task', task, task.taskId);
    }
  });
  await services.jobs.schedule('sweep-scores', '* * * * *');
}
