import type { JobQueue } from '../jobs/queue.ts';

/** From a judgement to the start of a recomputation. */
const DELAY_MS = 1_500;

/**
 * Notes that judgements of a task have arrived and, a moment later, sends one job for all of them. What it notes is
 * a hint and may be lost with the process: the sweep finds whatever was missed.
 */
export class AgreementClock {
  readonly #jobs: Pick<JobQueue, 'send'>;
  readonly #noted = new Map<string, { readonly projectId: string; readonly taskId: string }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(jobs: Pick<JobQueue, 'send'>) {
    this.#jobs = jobs;
  }

  note(projectId: string, taskId: string): void {
    this.#noted.set(taskId, { projectId, taskId });
    this.#timer ??= setTimeout(() => void this.flush(), DELAY_MS).unref();
  }

  async flush(): Promise<void> {
    this.#timer = undefined;
    const noted = [...this.#noted.values()];
    this.#noted.clear();
    for (const job of noted)
      await this.#jobs.send('recompute-agreement', job, job.taskId).catch(() => undefined);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
