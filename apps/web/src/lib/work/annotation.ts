import type { Lease, ProjectId, TaskId } from '@casebook/contracts';
import type { AnyTaskTypeWeb } from '@casebook/task-types/web';
import { claim, fetchLease, finishLease, renewLease } from './api.ts';
import type { Dealings } from './case-in-hand.svelte.ts';
import type { Outbox } from './outbox.svelte.ts';
import { LeasedSection } from './section.svelte.ts';

export type AnySection = LeasedSection<unknown, unknown, unknown>;

/** Sections that are annotated. */
export function annotation(
  projectId: ProjectId,
  taskId: TaskId,
  outbox: Outbox,
  taskTypes: ReadonlyMap<string, AnyTaskTypeWeb>,
): Dealings<Lease, AnySection> {
  return {
    shelf: outbox.store.leases,
    claim,
    fetch: (project, { id }) => fetchLease(project, id),
    renew: (project, { id }) => renewLease(project, id),
    finish: (project, { id }) => finishLease(project, id),
    begin: (lease) => {
      const taskType = taskTypes.get(lease.taskType);
      if (taskType === undefined || taskType.contract.version < lease.contractVersion) return null;
      return {
        taskType,
        section: new LeasedSection(lease, taskType.contract, outbox, { projectId, taskId }),
      };
    },
  };
}
