import { taskIdSchema, unitIdSchema } from '@casebook/contracts';
import type { Ask, DeskQuestions, ProjectId, Question, QuestionId } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import { uuidv7 } from 'uuidv7';
import { nameOfUser } from '../access/repository.ts';
import type { Principal } from '../access/principal.ts';
import type { Access } from '../access/rules.ts';
import { limitAttempts, requireMember, requirePerson, requireRight } from '../access/rules.ts';
import { labelsOfItem } from '../agreement/repository.ts';
import { recordInProject } from '../audit/repository.ts';
import type { Connection } from '../database/client.ts';
import { Conflict, NotFound } from '../errors.ts';
import { postMail } from '../mail/post.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';

/** A person's questions in an hour and a project; more is a mistake of a program. */
const ASKING = { attempts: 60, windowSeconds: 3_600 };

/** A manager sees every question, whoever else only their own. */
function visibleTo({
  role,
  memberId,
}: Access): { readonly askerId?: NonNullable<Access['memberId']> } | null {
  if (role === 'manager') return {};
  return memberId === null ? null : { askerId: memberId };
}

export async function listQuestions(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<Question[]> {
  const { prisma } = services.database;
  const visible = visibleTo(await requireRight(prisma, principal, projectId, 'see'));
  if (visible === null) return [];
  return inWords(prisma, projectId, await repository.listQuestions(prisma, projectId, visible));
}

/** @throws NotFound for whoever neither asked it nor manages the project. */
export async function question(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  questionId: QuestionId,
): Promise<Question> {
  const { prisma } = services.database;
  return visibleQuestion(
    prisma,
    await requireRight(prisma, principal, projectId, 'see'),
    projectId,
    questionId,
  );
}

async function visibleQuestion(
  connection: Connection,
  access: Access,
  projectId: ProjectId,
  questionId: QuestionId,
): Promise<Question> {
  const visible = visibleTo(access);
  if (visible === null) throw new NotFound();
  const found = await repository.listQuestions(connection, projectId, { ...visible, only: questionId });
  const [asked] = await inWords(connection, projectId, found);
  if (asked === undefined) throw new NotFound();
  return asked;
}

/**
 * Asks the managers. The same question again is the one that was asked.
 *
 * @throws NotFound for a unit of a section that the caller never had.
 * @throws Conflict where the id was used for another question.
 */
export async function ask(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  wish: Ask,
): Promise<Question> {
  const { prisma } = services.database;
  const access = await requireMember(prisma, principal, projectId);
  const { memberId } = access;
  await limitAttempts(prisma, `question:${memberId}`, ASKING);
  if (wish.unitId !== null && !(await repository.hasHeldUnit(prisma, projectId, memberId, wish.unitId))) {
    throw new NotFound();
  }
  const isNew = await repository.insertQuestion(prisma, projectId, memberId, wish);
  const own = { askerId: memberId, only: wish.questionId };
  const [asked] = await inWords(prisma, projectId, await repository.listQuestions(prisma, projectId, own));
  const same = asked?.text === wish.text && (asked.unit?.unitId ?? null) === wish.unitId;
  if (asked === undefined || (!isNew && !same)) {
    throw new Conflict('asked-already', 'A question with other words was sent under this id before.');
  }
  return asked;
}

/** A manager's words on a question. Whoever asked finds them on their desk, and in the mail where they are away. */
export async function answer(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  questionId: QuestionId,
  text: string,
): Promise<Question> {
  const { prisma } = services.database;
  const access = await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    if (!(await repository.questionExists(transaction, projectId, questionId))) throw new NotFound();
    const author = await nameOfUser(transaction, principal.userId);
    await repository.insertAnswer(transaction, projectId, { id: uuidv7(), questionId, text, author });
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'question.answered',
      subject: { questionId },
    });
    if (services.mailer.enabled) {
      const absent = await repository.addressOfAbsentAsker(transaction, projectId, questionId);
      if (absent !== undefined) {
        await postMail(services, transaction, {
          to: absent.email,
          subject: `Your question in ${absent.projectName} was answered`,
          text: `${author} has answered a question that you asked in “${absent.projectName}”.\n\nRead it here:\n${services.origin()}/projects/${projectId}/questions/${questionId}`,
        });
      }
    }
    return visibleQuestion(transaction, access, projectId, questionId);
  });
}

/** Notes that the asker was shown the answers. @throws NotFound for everybody else. */
export async function seeAnswers(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  questionId: QuestionId,
): Promise<void> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  const own = await repository.listQuestions(prisma, projectId, { askerId: memberId, only: questionId });
  if (own.length === 0) throw new NotFound();
  await repository.insertSeen(prisma, projectId, questionId);
}

export async function deskQuestions(services: Services, principal: Principal): Promise<DeskQuestions> {
  const person = requirePerson(principal);
  return repository.deskQuestions(services.database.prisma, person.userId);
}

/** Questions with what their askers say of the units at present, in words. */
async function inWords(
  connection: Connection,
  projectId: ProjectId,
  asked: readonly repository.AskedQuestion[],
): Promise<Question[]> {
  const itemsOfTask = new Map<string, Set<string>>();
  for (const { unit } of asked) {
    if (unit?.own == null) continue;
    const items = itemsOfTask.get(unit.taskId) ?? new Set<string>();
    itemsOfTask.set(unit.taskId, items.add(unit.itemId));
  }
  const labels = new Map<string, ReadonlyMap<string, string>>();
  for (const [taskId, items] of itemsOfTask) {
    labels.set(taskId, await labelsOfItem(connection, projectId, taskId, [...items]));
  }
  return asked.map(({ question: head, unit }) => ({
    ...head,
    unit:
      unit === null
        ? null
        : {
            unitId: unitIdSchema.parse(unit.unitId),
            taskId: taskIdSchema.parse(unit.taskId),
            taskName: unit.taskName,
            label: unit.label,
            place: unit.place,
            ownAnswer: ownAnswer(unit, (key) => labels.get(unit.taskId)?.get(`${unit.itemId}/${key}`) ?? key),
          },
  }));
}

function ownAnswer(unit: repository.AskedUnit, nameOf: (key: string) => string): string | null {
  if (unit.own === null) return null;
  const type = taskTypeServers.get(unit.taskType);
  if (type === undefined) throw new Error(`no task type is called ${unit.taskType}`);
  if (unit.own.act === 'answer') return type.describe(unit.own.answer, unit.content, nameOf);
  const { skipReason } = unit.own;
  const reason = type.contract.skipReasons.find(({ code }) => code === skipReason);
  return `skipped: ${reason?.label ?? skipReason ?? ''}`;
}
