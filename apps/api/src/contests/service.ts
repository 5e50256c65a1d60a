import type { Contest, MakeContest, MemberId, PageQuery, ProjectId, UnitId } from '@casebook/contracts';
import { contestIdSchema } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.ts';
import { requireMember, requireRight } from '../access/rules.ts';
import type { Connection } from '../database/client.ts';
import { Conflict, Malformed, NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';

/**
 * Takes a coder's objection down. Only who has handed the section in, to annotate or to validate, may object, once it is closed, to what did not
 * uphold his own reading, and once a unit: what the adjudicator says to it is the last word.
 */
export async function contestUnit(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  unitId: UnitId,
  { reason }: MakeContest,
): Promise<Contest> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  const id = uuidv7();
  return prisma.$transaction(async (transaction) => {
    const unit = await repository.lockContestable(transaction, projectId, unitId, memberId);
    if (unit?.finished !== true) throw new NotFound();
    if (unit.stage !== 'closed') {
      throw new Conflict('section-at-work', 'The section is not closed yet; what comes of the unit is open.');
    }
    if (unit.contested) {
      throw new Conflict(
        'contested-already',
        'You have contested this unit; the bench has or will answer it.',
      );
    }
    if (unit.upheld) throw new Conflict('upheld-already', 'Your own reading of this unit was upheld.');
    const { taskId, sectionId } = unit;
    await repository.insertContest(transaction, {
      ...{ projectId, id, taskId, sectionId, unitId, reason },
      coderId: memberId,
    });
    const [made] = await contestsOf(transaction, projectId, memberId, { id }, undefined, 1);
    if (made === undefined) throw new NotFound();
    return made;
  });
}

/** The caller's own contests; for managers everybody's. */
export async function list(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  page: PageQuery,
): Promise<{ rows: Contest[]; next: string | null }> {
  const { prisma } = services.database;
  const { role, memberId } = await requireRight(prisma, principal, projectId, 'see');
  const before = contestIdSchema.optional().safeParse(page.cursor);
  if (!before.success) throw new Malformed('The cursor is not one that was given out.');
  const everybody = role === 'manager';
  if (!everybody && memberId === null) throw new NotFound();
  const of = everybody || memberId === null ? {} : { coder: memberId };
  const found = await contestsOf(prisma, projectId, memberId, of, before.data, page.limit + 1);
  const rows = found.slice(0, page.limit);
  return { rows, next: found.length > page.limit ? (rows.at(-1)?.id ?? null) : null };
}

/** Contests as one member may see them: who contests is told to nobody else before the answer. */
export async function contestsOf(
  connection: Connection,
  projectId: ProjectId,
  reader: MemberId | null,
  of: repository.ContestsOf,
  before: string | undefined,
  limit: number,
): Promise<Contest[]> {
  const rows = await repository.listContests(connection, projectId, reader, of, before, limit);
  const labels = await repository.labelsOfItems(connection, projectId, rows);
  return rows.map(({ taskType, itemId, content, coderId, coderName, decision, at, ...contest }) => {
    const type = taskTypeServers.get(taskType);
    const nameOf = (key: string) => labels.get(`${contest.taskId}/${itemId}/${key}`) ?? key;
    const words = (answer: unknown) =>
      type === undefined ? '' : type.describe(type.contract.answer.parse(answer), content, nameOf);
    return {
      ...contest,
      at: at.toISOString(),
      coder: decision === null && coderId !== reader ? null : { id: coderId, name: coderName },
      answer:
        decision === null
          ? null
          : {
              kind: decision.kind,
              words: decision.answers.map(({ answer }) => words(answer)),
              reason: decision.reason,
              at: new Date(decision.at).toISOString(),
            },
    };
  });
}
