import { bestWorstServer } from './best-worst/server.ts';
import { coreferenceServer } from './coreference/server.ts';
import { similarityComparisonServer } from './similarity-comparison/server.ts';
import { similarityRatingServer } from './similarity-rating/server.ts';
import type { TaskTypeServer } from './task-type-server.ts';

export { PlanRefusal } from './plan-refusal.ts';
export { pointsOf, readingsOf, score } from './score.ts';
export type { Award, HandIn, ResolvedUnit, RulesInForce, ScoredAct } from './score.ts';
export type * from './task-type-server.ts';

/** The server's side of every task type: a new one is a folder and a line here. */
const SERVERS: readonly TaskTypeServer<unknown, unknown, unknown>[] = [
  coreferenceServer,
  similarityRatingServer,
  similarityComparisonServer,
  bestWorstServer,
];

export const taskTypeServers: ReadonlyMap<string, TaskTypeServer<unknown, unknown, unknown>> = new Map(
  SERVERS.map((server) => [server.contract.name, server]),
);
