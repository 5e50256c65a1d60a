import { routes, submissionIdSchema } from '@casebook/contracts';
import type { Lease, ProjectId, SectionId, TaskId } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { TestClient } from './client.ts';
import { joinAs, makeProject } from './people.ts';
import { makeOpenTask } from './tasks.ts';

/** A letter of five phrases whose fourth, “He”, can be taken for the inspector or for somebody new. */
export class ScoredLetter {
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly people: readonly TestClient[];
  lease: Lease | undefined;

  private constructor(projectId: ProjectId, taskId: TaskId, people: readonly TestClient[]) {
    this.projectId = projectId;
    this.taskId = taskId;
    this.people = people;
  }

  /** In a project of its own, with people named for it; `wanted` of them annotate, two validate. */
  static async open(
    test: { readonly address: string },
    admin: TestClient,
    name: string,
    { people, wanted }: { readonly people: number; readonly wanted: number },
  ): Promise<ScoredLetter> {
    const projectId = await makeProject(admin, name);
    const clients: TestClient[] = [];
    for (let index = 0; index < people; index += 1) {
      clients.push(await joinAs(test, admin, projectId, `${name}${String(index)}@example.org`, 'annotator'));
    }
    const conference = { kind: 'conference', validations: 2, cap: 3, certainty: 0.95 };
    const protocol = { conference, section: { kind: 'document' }, pass: { kind: 'steps' } } as never;
    const { taskId } = await makeOpenTask(admin, projectId, 'coreference', { wanted, protocol });
    return new ScoredLetter(projectId, taskId, clients);
  }

  person(index: number): TestClient {
    const client = this.people[index];
    if (client === undefined) throw new Error(`there is nobody ${String(index)}`);
    return client;
  }

  get place(): { readonly projectId: ProjectId; readonly taskId: TaskId } {
    return { projectId: this.projectId, taskId: this.taskId };
  }

  get sectionId(): SectionId {
    if (this.lease === undefined) throw new Error('nobody has annotated the letter');
    return this.lease.section.id;
  }

  /** Annotates the letter and hands it in; a comment, and whether it is sure, go with “He”. */
  async annotate(
    index: number,
    he: 'inspector' | 'new',
    more: { readonly comment?: string; readonly confidence?: 'sure' | 'unsure' } = {},
  ): Promise<void> {
    const params = this.place;
    const claimed = await this.person(index).must(routes.claim, { params });
    if (claimed.kind !== 'lease') throw new Error(`no section: ${claimed.reason}`);
    const { lease } = claimed;
    this.lease ??= lease;
    const fresh = { kind: 'new' };
    const old = (place: number) => ({ kind: 'old', antecedents: [lease.units[place]?.key ?? ''] });
    const answers = [fresh, fresh, old(0), he === 'new' ? fresh : old(2), old(1)];
    for (const [place, unit] of lease.units.entries()) {
      await this.person(index).must(routes.submit, {
        params,
        body: {
          submissionId: submissionIdSchema.parse(uuidv7()),
          unitId: unit.id,
          act: { kind: 'answer', answer: answers[place] ?? fresh },
          ...(place === 3 ? more : {}),
          elapsedMs: 900,
        },
      });
    }
    await this.person(index).must(routes.finishLease, {
      params: { projectId: this.projectId, leaseId: lease.id },
    });
  }

  /** Agrees with one reading of “He”, disagrees with the other, and hands the section in. */
  async validate(index: number, right: 'old' | 'new', comment?: string): Promise<void> {
    const params = this.place;
    const claimed = await this.person(index).must(routes.claimValidation, { params });
    if (claimed.kind !== 'lease') throw new Error(`nothing to validate: ${claimed.reason}`);
    const { shown, id: validationLeaseId } = claimed.lease;
    const kindOf = ({ answer }: (typeof shown)[number]) => (answer as { kind: string }).kind;
    const agreed = shown.find((reading) => kindOf(reading) === right);
    for (const reading of shown) {
      const verdict =
        reading === agreed
          ? { verdict: 'agree' as const }
          : {
              verdict: 'disagree' as const,
              answer: agreed?.answer,
              ...(comment === undefined ? {} : { comment }),
            };
      await this.person(index).must(routes.submitValidation, {
        params,
        body: {
          submissionId: submissionIdSchema.parse(uuidv7()),
          shownReadingId: reading.id,
          ...verdict,
          elapsedMs: 700,
        },
      });
    }
    await this.person(index).must(routes.finishValidation, {
      params: { projectId: this.projectId, validationLeaseId },
    });
  }
}
