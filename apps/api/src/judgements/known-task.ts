import type { ProjectId, TaskId, UnitId } from '@casebook/contracts';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { taskTypeServers } from '@casebook/task-types/server';
import type { Connection } from '../database/client.ts';
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

/** Whether an answer can only be checked beside its unit. */
export function needsItsUnit({ type }: KnownTask, answer: unknown): boolean {
  return type.misfitOnUnit?.isNeeded(answer) === true || type.misfitInItem?.isNeeded(answer) === true;
}

/**
 * What is wrong with an answer that `readAnswer` took, beside its unit and in the text that this stands in; null where
 * nothing is, or where there is no such unit.
 */
export async function misfitInPlace(
  connection: Connection,
  task: KnownTask,
  { projectId, taskId, unitId }: { projectId: ProjectId; taskId: TaskId; unitId: UnitId },
  answer: unknown,
): Promise<string | null> {
  if (!needsItsUnit(task, answer)) return null;
  const { type, protocol } = task;
  const found = await repository.findUnit(connection, projectId, taskId, unitId);
  if (found === undefined) return null;
  const unit = type.contract.unit.parse(found.content);
  const misfit = type.misfitOnUnit?.isNeeded(answer) === true ? type.misfitOnUnit.of(answer, unit) : null;
  if (misfit !== null || type.misfitInItem?.isNeeded(answer) !== true) return misfit;
  const content = await repository.findItemContent(connection, projectId, found);
  return type.misfitInItem.of(answer, unit, content, protocol);
}

export function misfitting(wrong: string): Unprocessable {
  return new Unprocessable('answer-misfit', `The answer does not fit: ${wrong}.`);
}
