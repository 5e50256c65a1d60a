import { bestWorstContract } from './best-worst/contract.ts';
import { coreferenceContract } from './coreference/contract.ts';
import { similarityComparisonContract } from './similarity-comparison/contract.ts';
import { similarityRatingContract } from './similarity-rating/contract.ts';
import type { TaskTypeContract } from './task-type.ts';

export type { SkipReason, TaskTypeContract } from './task-type.ts';

/** Every task type there is: a new one is a folder and a line here. */
const CONTRACTS: readonly TaskTypeContract<unknown, unknown, unknown>[] = [
  coreferenceContract,
  similarityRatingContract,
  similarityComparisonContract,
  bestWorstContract,
];

export const taskTypeContracts: ReadonlyMap<string, TaskTypeContract<unknown, unknown, unknown>> = new Map(
  CONTRACTS.map((contract) => [contract.name, contract]),
);
