import type { DeskCase } from '@casebook/contracts';

type Case = Pick<DeskCase, 'projectId' | 'taskId' | 'judged' | 'held' | 'training'>;

/** Where a coder goes on with a case: at its training as long as that is not passed. */
export function caseAddress({ projectId, taskId, training }: Case): string {
  return training === null ? `/work/${projectId}/${taskId}` : `/training/${projectId}/${training.taskId}`;
}

/** What stands on the button that leads there. */
export function toDoWith({ judged, held, training }: Case): string {
  if (training !== null) return training.best === null ? 'Begin the training' : 'Train once more';
  if (judged < held) return 'Continue';
  return held === 0 ? 'Open the case' : 'Next file';
}
