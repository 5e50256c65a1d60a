import {
  routes,
  type ProjectId,
  type TaskId,
  type Training,
  type TrainingAnswer,
  type TrainingVerdict,
} from '@casebook/contracts';
import { ask } from '#lib/api.ts';
import { patience, replyOf, type Reply } from '#lib/work/api.ts';

export function fetchTraining(projectId: ProjectId, taskId: TaskId): Promise<Reply<Training>> {
  return replyOf(ask(routes.training, { params: { projectId, taskId } }, patience()));
}

export function answerTraining(
  projectId: ProjectId,
  taskId: TaskId,
  answer: TrainingAnswer,
): Promise<Reply<TrainingVerdict>> {
  return replyOf(ask(routes.answerTraining, { params: { projectId, taskId }, body: answer }, patience()));
}
