import { projectIdSchema, routes, submissionIdSchema } from '@casebook/contracts';
import type { Act, Lease, ProjectId, Task } from '@casebook/contracts';
import { goldOf } from '../../packages/task-types/coreference/gold.ts';
import { uuidv7 } from 'uuidv7';
import { TestClient } from './client.ts';
import { inviteAs, PASSWORD } from './people.ts';

export interface Sample {
  readonly projectId: ProjectId;
  readonly coreference: Task;
  readonly similarity: Task;
}

/** The sample project with its two tasks, as it lies in a fresh instance. */
export async function findSample(admin: TestClient): Promise<Sample> {
  const [project] = await admin.must(routes.projects);
  const projectId = projectIdSchema.parse(project?.id);
  const tasks = await admin.must(routes.tasks, { params: { projectId } });
  const coreference = tasks.find(({ type }) => type === 'coreference');
  const similarity = tasks.find(({ type }) => type === 'similarity-rating');
  if (coreference === undefined || similarity === undefined) throw new Error('the sample lacks a task');
  return { projectId, coreference, similarity };
}

/** A new member of the project, logged in. */
export async function join(
  admin: TestClient,
  projectId: ProjectId,
  name: string,
  role: 'annotator' | 'researcher' = 'annotator',
): Promise<TestClient> {
  const secret = await inviteAs(admin, projectId, `${name.toLowerCase()}@example.org`, role);
  const client = new TestClient(admin.address);
  await client.must(routes.acceptInvitation, { body: { secret, name, password: PASSWORD } });
  return client;
}

type ActOf = (unit: Lease['units'][number], place: number) => Act;

/** Judges the first units of a task's first section. */
export async function judge(
  coder: TestClient,
  projectId: ProjectId,
  task: Pick<Task, 'id'>,
  count: number,
  actOf: ActOf,
): Promise<void> {
  const params = { projectId, taskId: task.id };
  const claimed = await coder.must(routes.claim, { params });
  if (claimed.kind !== 'lease') throw new Error(`no section: ${claimed.reason}`);
  for (const [place, unit] of claimed.lease.units.slice(0, count).entries()) {
    await coder.must(routes.submit, {
      params,
      body: {
        submissionId: submissionIdSchema.parse(uuidv7()),
        unitId: unit.id,
        act: actOf(unit, place),
        elapsedMs: 2_400 + place,
      },
    });
  }
}

/** Says of each phrase what the document's own chains say. */
export async function byGold(admin: TestClient, { projectId, coreference }: Sample): Promise<ActOf> {
  const params = { projectId, collectionId: coreference.collectionId };
  const { rows } = await admin.must(routes.items, { params });
  const answers = new Map<string, Act>();
  for (const { id: itemId } of rows) {
    const { id, content } = await admin.must(routes.item, { params: { ...params, itemId } });
    for (const [key, answer] of goldOf({ id, name: '', content }))
      answers.set(key, { kind: 'answer', answer });
  }
  return ({ key }) => answers.get(key) ?? { kind: 'answer', answer: { kind: 'new' } };
}

export const byRating =
  (shift: number): ActOf =>
  (_, place) => ({ kind: 'answer', answer: { kind: 'rating', value: (place * 2 + shift) % 7 } });
