import { bestWorstWeb } from './best-worst/web/index.ts';
import { coreferenceWeb } from './coreference/web/index.ts';
import { similarityComparisonWeb } from './similarity-comparison/web/index.ts';
import { similarityRatingWeb } from './similarity-rating/web/index.ts';
import type { TaskTypeWeb } from './task-type-web.ts';

export type { ConferenceWork, OwnVerdict, PutReading } from './conference-work.ts';
export type { OwnJudgement, SectionWork, Takes, WorkUnit } from './section-work.ts';
export type { KeyHelp, TaskTypeWeb } from './task-type-web.ts';

/** A task type whose unit, answer and protocol are known only to itself. */
export type AnyTaskTypeWeb = TaskTypeWeb<unknown, unknown, unknown>;

/**
 * Forgets what a type's unit, answer and protocol are. The compiler can't see that an editor only ever meets work
 * of its own type: work is made by the contract of the same entry, which parses every unit, answer and protocol.
 */
function entry<Unit, Answer, Protocol>(type: TaskTypeWeb<Unit, Answer, Protocol>): [string, AnyTaskTypeWeb] {
  return [type.contract.name, type as unknown as AnyTaskTypeWeb];
}

/** Every task type there is, as the browser needs it: a new one is a folder and a line here. */
export const taskTypesWeb: ReadonlyMap<string, AnyTaskTypeWeb> = new Map([
  entry(coreferenceWeb),
  entry(similarityRatingWeb),
  entry(similarityComparisonWeb),
  entry(bestWorstWeb),
]);
