import type { Decision, ProjectId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';

/** Every decision of a project, newest first, the withdrawn ones too; `only` leaves one of them. */
export async function listDecisions(
  connection: Connection,
  projectId: ProjectId,
  only?: number,
): Promise<Decision[]> {
  const rows = await connection.decision.findMany({
    where: { projectId, ...(only === undefined ? {} : { number: only }) },
    include: { withdrawal: true },
    orderBy: { number: 'desc' },
  });
  return rows.map(({ number, question, answer, phrase, author, createdAt, withdrawal }) => ({
    number,
    question,
    answer,
    phrase,
    author,
    createdAt: createdAt.toISOString(),
    withdrawal:
      withdrawal === null
        ? null
        : {
            reason: withdrawal.reason,
            author: withdrawal.author,
            createdAt: withdrawal.createdAt.toISOString(),
          },
  }));
}

/** The next decision, numbered from 1; its number. The project must be locked. */
export async function insertDecision(
  connection: Connection,
  projectId: ProjectId,
  decision: {
    question: string;
    answer: string;
    phrase: string | null;
    author: string;
    questionId: string | null;
  },
): Promise<number> {
  const { _max: newest } = await connection.decision.aggregate({
    where: { projectId },
    _max: { number: true },
  });
  const number = (newest.number ?? 0) + 1;
  await connection.decision.create({ data: { projectId, number, ...decision } });
  return number;
}

/** False where it was withdrawn before. */
export async function insertWithdrawal(
  connection: Connection,
  projectId: ProjectId,
  withdrawal: { number: number; reason: string; author: string },
): Promise<boolean> {
  const { count } = await connection.decisionWithdrawal.createMany({
    data: [{ projectId, ...withdrawal }],
    skipDuplicates: true,
  });
  return count > 0;
}
