import type { ProjectId, TaskId, ValidationLease } from '@casebook/contracts';
import type { AnyTaskTypeWeb } from '@casebook/task-types/web';
import { claimConference, fetchConference, finishConference } from './api.ts';
import type { Dealings } from './case-in-hand.svelte.ts';
import { LeasedConference } from './leased-conference.svelte.ts';
import type { Outbox } from './outbox.svelte.ts';

export type AnyConference = LeasedConference<unknown, unknown, unknown>;

/** Sections of which others' readings are validated. */
export function conference(
  projectId: ProjectId,
  taskId: TaskId,
  outbox: Outbox,
  taskTypes: ReadonlyMap<string, AnyTaskTypeWeb>,
): Dealings<ValidationLease, AnyConference> {
  const fetch: Dealings<ValidationLease, AnyConference>['fetch'] = (project, { id }) =>
    fetchConference(project, id);
  return {
    shelf: outbox.store.conferences,
    claim: claimConference,
    fetch,
    // Every verdict renews the lease; looking at it tells whether it is there at all.
    renew: fetch,
    finish: (project, { id }) => finishConference(project, id),
    begin: (lease) => {
      const taskType = taskTypes.get(lease.taskType);
      if (taskType?.validator === undefined) return null;
      const { contract } = taskType;
      return { taskType, section: new LeasedConference(lease, contract, outbox, { projectId, taskId }) };
    },
  };
}
