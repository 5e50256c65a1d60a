import type { Lease, ProjectId, TaskId, UnitId } from '@casebook/contracts';
import { routes, submissionIdSchema } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { TestClient } from './client.ts';
import { joinAs, makeProject } from './people.ts';
import { makeOpenTask } from './tasks.ts';

/** How a coder takes the fourth phrase of the letter, “He”. */
export type He = 'inspector' | 'new';

const NEW = { kind: 'new' };

/** A letter of five phrases, and people who annotate it and validate what others made of “He”. */
export class LetterCase {
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly people: readonly TestClient[];
  /** The letter's units in reading order, as the first lease brought them. */
  units: Lease['units'] = [];

  private constructor(ids: { projectId: ProjectId; taskId: TaskId }, people: readonly TestClient[]) {
    this.projectId = ids.projectId;
    this.taskId = ids.taskId;
    this.people = people;
  }

  /** A project of its own; people's names are `NAME coder 0`, `NAME coder 1` … in their addresses. */
  static async open(
    test: { readonly address: string },
    admin: TestClient,
    name: string,
    { people, wanted, conference }: { people: number; wanted: number; conference: unknown },
  ): Promise<LetterCase> {
    const projectId = await makeProject(admin, name);
    const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-');
    const clients = await Promise.all(
      Array.from({ length: people }, (_, index) =>
        joinAs(test, admin, projectId, `${slug}-coder${String(index)}@example.org`, 'annotator'),
      ),
    );
    const protocol = { conference, section: { kind: 'document' }, pass: { kind: 'steps' } } as never;
    const { taskId } = await makeOpenTask(admin, projectId, 'coreference', { wanted, protocol });
    return new LetterCase({ projectId, taskId }, clients);
  }

  person(index: number): TestClient {
    const client = this.people[index];
    if (client === undefined) throw new Error(`there is nobody ${String(index)}`);
    return client;
  }

  /** The unit id of a phrase of the letter, from 0. */
  unitId(index: number): UnitId {
    const unit = this.units[index];
    if (unit === undefined) throw new Error(`there is no phrase ${String(index)}`);
    return unit.id;
  }

  get he(): UnitId {
    return this.unitId(3);
  }

  key(index: number): string {
    return this.units[index]?.key ?? '';
  }

  /** Annotates the next letter and hands it in. `comment` goes with “He”. */
  async annotate(index: number, he: He, comment?: string): Promise<void> {
    const client = this.person(index);
    const { projectId, taskId } = this;
    const claimed = await client.must(routes.claim, { params: { projectId, taskId } });
    if (claimed.kind !== 'lease') throw new Error(`no section: ${claimed.reason}`);
    const { lease } = claimed;
    if (this.units.length === 0) this.units = lease.units;
    const old = (place: number) => ({ kind: 'old', antecedents: [lease.units[place]?.key ?? ''] });
    const answers = [NEW, NEW, old(0), he === 'new' ? NEW : old(2), old(1)];
    for (const [place, unit] of lease.units.entries()) {
      await client.must(routes.submit, {
        params: { projectId, taskId },
        body: {
          submissionId: submissionIdSchema.parse(uuidv7()),
          unitId: unit.id,
          act: { kind: 'answer', answer: answers[place] ?? NEW },
          ...(place === 3 && comment !== undefined ? { comment } : {}),
          elapsedMs: 900,
        },
      });
    }
    await client.must(routes.finishLease, { params: { projectId, leaseId: lease.id } });
  }

  /** Validates with one of the readings shown and against all others. */
  async validate(index: number, right: 'old' | 'new'): Promise<void> {
    const client = this.person(index);
    const { projectId, taskId } = this;
    const claimed = await client.must(routes.claimValidation, { params: { projectId, taskId } });
    if (claimed.kind !== 'lease') throw new Error(`nothing to validate: ${claimed.reason}`);
    const { lease } = claimed;
    const agreed = lease.shown.find(({ answer }) => (answer as { kind: string }).kind === right);
    for (const reading of lease.shown) {
      const agrees = reading.id === agreed?.id;
      await client.must(routes.submitValidation, {
        params: { projectId, taskId },
        body: {
          submissionId: submissionIdSchema.parse(uuidv7()),
          shownReadingId: reading.id,
          verdict: agrees ? 'agree' : 'disagree',
          ...(agrees || agreed === undefined ? {} : { answer: agreed.answer }),
          elapsedMs: 700,
        },
      });
    }
    await client.must(routes.finishValidation, { params: { projectId, validationLeaseId: lease.id } });
  }
}
