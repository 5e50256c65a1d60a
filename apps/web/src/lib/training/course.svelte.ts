import type { ProjectId, TaskId, Training } from '@casebook/contracts';
import type { AnyTaskTypeWeb } from '@casebook/task-types/web';
import type { Refusal } from '#lib/work/entry.ts';
import { answerTraining, fetchTraining } from './api.ts';
import { TrainingWork } from './training-work.svelte.ts';

export type AnyTrainingWork = TrainingWork<unknown, unknown, unknown>;

/** Where a coder stands with a training, as the page shows it. */
export type Phase =
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'at-work';
      readonly training: Training;
      readonly work: AnyTrainingWork;
      readonly taskType: AnyTaskTypeWeb;
    }
  /** A time through it is finished, and the next not begun. */
  | { readonly kind: 'result'; readonly training: Training; readonly taskType: AnyTaskTypeWeb }
  | { readonly kind: 'closed' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'logged-out' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Goes through training, as often as it takes. What was answered the server knows: nothing is kept here. */
export class Course {
  phase: Phase = $state.raw({ kind: 'opening' });

  readonly #projectId: ProjectId;
  readonly #taskId: TaskId;
  readonly #taskTypes: ReadonlyMap<string, AnyTaskTypeWeb>;

  constructor(projectId: ProjectId, taskId: TaskId, taskTypes: ReadonlyMap<string, AnyTaskTypeWeb>) {
    this.#projectId = projectId;
    this.#taskId = taskId;
    this.#taskTypes = taskTypes;
  }

  /** Asks the server how things stand, and goes on from there. */
  async open(): Promise<void> {
    const reply = await fetchTraining(this.#projectId, this.#taskId);
    switch (reply.kind) {
      case 'value':
        this.#show(reply.value, false);
        return;
      case 'log-in':
        this.phase = { kind: 'logged-out' };
        return;
      case 'refused':
        this.phase = { kind: 'refused', refusal: reply.refusal };
        return;
      case 'unreachable':
        this.phase = { kind: 'offline' };
    }
  }

  /** Begins the next time through. */
  again(): void {
    if (this.phase.kind === 'result') this.#show(this.phase.training, true);
  }

  #show(training: Training, begin: boolean): void {
    const taskType = this.#taskTypes.get(training.taskType);
    if (taskType === undefined) {
      const detail = 'Load it anew to go on. Nothing is lost.';
      this.phase = {
        kind: 'refused',
        refusal: { status: 0, title: 'This page is older than the task', detail },
      };
    } else if (training.rounds.length > 0 && training.answered.length === 0 && (training.over || !begin)) {
      this.phase = { kind: 'result', training, taskType };
    } else if (!training.open || training.units.length === 0) {
      this.phase = { kind: 'closed' };
    } else {
      const work = new TrainingWork(training, taskType.contract, (answer) =>
        answerTraining(this.#projectId, this.#taskId, answer),
      );
      this.phase = { kind: 'at-work', training, work, taskType };
    }
  }
}
