import { projectIdSchema, taskIdSchema } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import type { Services } from '../services.ts';
import { advanceTask } from './advance.ts';
import { listTasksDue } from './repository.ts';

/** The task types in which differing is a dispute. */
const DISPUTED = [...taskTypeServers].flatMap(([name, type]) => (type.disputes === undefined ? [] : [name]));

/** Moves sections on when it is told that one is done, and once a minute whatever was missed. */
export async function stageWorker(services: Services): Promise<void> {
  await services.jobs.work('advance-stages', async ({ projectId, taskId }) => {
    await advanceTask(services, {
      projectId: projectIdSchema.parse(projectId),
      taskId: taskIdSchema.parse(taskId),
    });
    await services.jobs.send('score-task', { projectId, taskId }, taskId);
  });
  await services.jobs.work('sweep-stages', async () => {
    for (const due of await listTasksDue(services.database.prisma, DISPUTED)) {
      await services.jobs.send('advance-stages', due, due.taskId);
    }
  });
  await services.jobs.schedule('sweep-stages', '* * * * *');
}
