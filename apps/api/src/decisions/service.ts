import type { Decision, ProjectId, publishDecisionSchema } from '@casebook/contracts';
import type { z } from 'zod';
import { nameOfUser } from '../access/repository.ts';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import { lockProject } from '../database/lock-project.ts';
import { Conflict, NotFound, WrongFields } from '../errors.ts';
import { questionExists } from '../questions/repository.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';

/** What was decided beside the guidelines, for everybody in the project. */
export async function listDecisions(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<Decision[]> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'see');
  return repository.listDecisions(prisma, projectId);
}

/** Publishes a decision under the next number. @throws WrongFields where it names a question that is none. */
export async function publishDecision(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  wish: z.output<typeof publishDecisionSchema>,
): Promise<Decision> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    await lockProject(transaction, projectId);
    const { question, answer, phrase = null, questionId = null } = wish;
    if (questionId !== null && !(await questionExists(transaction, projectId, questionId))) {
      throw new WrongFields([{ path: 'questionId', message: 'there is no such question in this project' }]);
    }
    const author = await nameOfUser(transaction, principal.userId);
    const number = await repository.insertDecision(transaction, projectId, {
      question,
      answer,
      phrase,
      author,
      questionId,
    });
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'decision.published',
      subject: { number, questionId },
    });
    return decisionOf(await repository.listDecisions(transaction, projectId, number));
  });
}

/** Strikes a decision; it stays, with the reason. @throws Conflict where it was struck before. */
export async function withdrawDecision(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  number: number,
  reason: string,
): Promise<Decision> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    decisionOf(await repository.listDecisions(transaction, projectId, number));
    const author = await nameOfUser(transaction, principal.userId);
    if (!(await repository.insertWithdrawal(transaction, projectId, { number, reason, author }))) {
      throw new Conflict('withdrawn-already', 'This decision was withdrawn before.');
    }
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'decision.withdrawn',
      subject: { number, reason },
    });
    return decisionOf(await repository.listDecisions(transaction, projectId, number));
  });
}

function decisionOf([decision]: readonly Decision[]): Decision {
  if (decision === undefined) throw new NotFound();
  return decision;
}
