import type { ProjectId, TaskId } from '@casebook/contracts';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { taskTypeServers } from '@casebook/task-types/server';
import { Unprocessable } from '../errors.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';

/** A task as far as its answers are concerned. */
export interface KnownTask {
  readonly type: TaskTypeServer<unknown, unknown, unknown>;
  readonly protocol: unknown;
}

/**
 * What a process remembers of tasks: their type and protocol, which never change. Forgetting them costs a query;
 * nothing else depends on it.
 */
export class TaskMemory {
  readonly #known = new Map<string, KnownTask>();
  static readonly #MOST = 1_000;

  async find(services: Services, projectId: ProjectId, taskId: TaskId): Promise<KnownTask | undefined> {
    const key = `${projectId}/${taskId}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const facts = await repository.findTaskFacts(services.database.prisma, projectId, taskId);
    const type = facts === undefined ? undefined : taskTypeServers.get(facts.type);
    if (facts === undefined || type === undefined) return undefined;
    const task = { type, protocol: type.contract.protocol.parse(facts.protocol) };
    if (this.#known.size >= TaskMemory.#MOST) this.#known.clear();
    this.#known.set(key, task);
    return task;
  }
}

export interface ReadAnswer {
  readonly answer: unknown;
  readonly pointsAt: readonly string[];
}

/** An answer as its contract reads it, or what is wrong with it. */
export function readAnswer(task: KnownTask, answer: unknown): ReadAnswer | { wrong: string } {
  const parsed = task.type.contract.answer.safeParse(answer);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { wrong: `answer${issue === undefined ? '' : `.${issue.path.join('.')}: ${issue.message}`}` };
  }
  const misfit = task.type.misfit(parsed.data, task.protocol);
  if (misfit !== null) return { wrong: misfit };
  return {
    answer: parsed.data,
    pointsAt: task.type.pointsAt(parsed.data),
  };
}

export function misfitting(wrong: string): Unprocessable {
  return new Unprocessable('answer-misfit', `The answer does not fit: ${wrong}.`);
}
