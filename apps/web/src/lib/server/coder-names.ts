import { routes, type MemberId } from '@casebook/contracts';
import { call, type Caller } from './api.ts';

/** As many sections as one page of the API holds. */
const SECTIONS = 500;

/**
 * The names of a task's coders. Managers read them from the list of members; those who may not see that list, from
 * the sections that coders hold or have finished.
 */
export async function coderNames(
  event: Caller,
  params: { readonly projectId: string; readonly taskId: string },
  manages: boolean,
): Promise<ReadonlyMap<MemberId, string>> {
  if (manages) {
    const members = await call(event, routes.members, { params: { projectId: params.projectId } });
    return new Map(members.map(({ id, name }) => [id, name]));
  }
  const sections = await call(event, routes.sections, { params, query: { limit: SECTIONS } });
  return new Map(
    sections.rows.flatMap(({ leases }) => leases.map(({ memberId, coder }) => [memberId, coder] as const)),
  );
}
