import { routes, type MemberId } from '@casebook/contracts';
import { call, type Caller } from './api.ts';

/** As many sections as one page of the API holds. */
const SECTIONS = 500;

/**
 * The names of a task's coders, outside ones among them; machines are marked. Managers read them from the list of members; those who may not see that list, from
 * the sections that coders hold or have finished.
 */
export async function coderNames(
  event: Caller,
  params: { readonly projectId: string; readonly taskId: string },
  manages: boolean,
): Promise<ReadonlyMap<MemberId, string>> {
  const { projectId } = params;
  const [outside, members] = await Promise.all([
    call(event, routes.outsideCoders, { params: { projectId } }),
    manages ? call(event, routes.members, { params: { projectId } }) : holders(event, params),
  ]);
  return new Map([
    ...members.map(({ id, name }) => [id, name] as const),
    ...outside.map(({ id, name, kind }) => [id, kind === 'machine' ? `${name} (machine)` : name] as const),
  ]);
}

async function holders(
  event: Caller,
  params: { readonly projectId: string; readonly taskId: string },
): Promise<{ readonly id: MemberId; readonly name: string }[]> {
  const sections = await call(event, routes.sections, { params, query: { limit: SECTIONS } });
  return sections.rows.flatMap(({ leases }) =>
    leases.map(({ memberId, coder }) => ({ id: memberId, name: coder })),
  );
}
