import type { Adjudicate, Adjudicated, ProjectId, TaskId, UnitId } from '@casebook/contracts';
import { adjudicationIdSchema } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import type { Connection } from '../database/client.ts';
import { Conflict, NotFound, Unprocessable } from '../errors.ts';
import { misfitInPlace, misfitting, readAnswer } from '../judgements/known-task.ts';
import type { ReadAnswer } from '../judgements/known-task.ts';
import type { Services } from '../services.ts';
import { recomputeOutcomes } from '../stages/rebuild.ts';
import { lockOutcomes, lockSection } from '../stages/repository.ts';
import type { DecidedOutcome } from '../stages/repository.ts';
import { ruledTask } from '../stages/ruled-task.ts';
import type { TaskToWeigh } from '../stages/weigh-sections.ts';
import * as repository from './repository.ts';
import type { EarlierGold, StoredAdjudication, UnitToDecide } from './repository.ts';
import { sendBack } from './send-back.ts';

/** Decides a unit, keeps several readings, sends it back or reopens it; what follows is derived in the same breath. */
export async function adjudicate(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  unitId: UnitId,
  wish: Adjudicate,
): Promise<Adjudicated> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const unit = await repository.findUnit(prisma, projectId, unitId);
  if (unit === undefined) throw new NotFound();
  const { taskId, sectionId } = unit;
  const place = { projectId, taskId, sectionId, unitId };
  return prisma.$transaction(async (transaction) => {
    const task = await ruledTask(transaction, projectId, taskId);
    if (task === undefined)
      throw new Conflict('no-dispute', 'Answers of this kind can differ; there is nothing to decide.');
    const answers = await answersOf(transaction, place, unit, task, wish);
    await lockOutcomes(transaction, taskId);
    const section = await lockSection(transaction, projectId, sectionId);
    if (section === undefined) throw new NotFound();
    const [head] = await repository.listAdjudications(transaction, projectId, unitId);
    if ((head?.id ?? null) !== wish.supersedes) {
      throw new Conflict(
        'superseded-already',
        'Somebody has adjudicated this unit meanwhile; look at it again.',
      );
    }
    requireSense(wish, head, section);

    const gold = await repository.findGold(transaction, projectId, unitId);
    const before = gold?.source === ADJUDICATED ? (head?.goldBefore ?? null) : gold;
    const asGold = wish.kind === 'decide' && wish.asGold;
    const id = adjudicationIdSchema.parse(uuidv7());
    await repository.insertAdjudication(transaction, {
      ...{ ...place, id, answers, asGold },
      kind: wish.kind,
      reason: wish.reason ?? null,
      userId: principal.userId,
      goldBefore: asGold ? before : null,
      supersedesId: head?.id ?? null,
    });
    const after = asGold ? goldNow(answers[0]?.answer) : before;
    if (asGold || gold?.source === ADJUDICATED) {
      await repository.replaceGold(transaction, projectId, unitId, after);
      // Gold that a decision takes the place of counts for nobody's rating, and counts again once it is back.
      await services.jobs.sendWithin(transaction, 'rate-coders', { projectId, taskId }, taskId);
    }
    const outcomes = await recomputeOutcomes(transaction, place, task);
    if (wish.kind === 'send-back') {
      const outcome = outcomes.find((each) => each.unitId === unitId);
      await sendBack(transaction, place, section, task, outcome);
    } else await settle(transaction, place, outcomes);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: `unit.${DEEDS[wish.kind]}`,
      subject: { unitId, adjudicationId: id, asGold },
    });
    await services.jobs.sendWithin(transaction, 'recompute-agreement', { projectId, taskId }, taskId);
    await services.jobs.sendWithin(transaction, 'score-task', { projectId, taskId }, taskId);
    const now = await lockSection(transaction, projectId, sectionId);
    return { id, stage: now?.stage ?? section.stage };
  });
}

/** The source of gold that an adjudicator made. */
const ADJUDICATED = 'adjudication';
const DEEDS = {
  decide: 'decided',
  'keep-several': 'kept-open',
  'send-back': 'sent-back',
  reopen: 'reopened',
} as const satisfies Record<Adjudicate['kind'], string>;

function goldNow(answer: unknown): EarlierGold {
  return { answer, source: ADJUDICATED, createdAt: new Date().toISOString(), explanation: null };
}

/** @throws Conflict where what is wished makes no sense as things stand. */
function requireSense(
  wish: Adjudicate,
  head: StoredAdjudication | undefined,
  section: { readonly stage: string; readonly sentBack: boolean },
): void {
  const decided = head?.kind === 'decide' || head?.kind === 'keep-several';
  if (wish.kind === 'reopen' && !decided) {
    throw new Conflict('not-decided', 'Nothing is decided of this unit that could be reopened.');
  }
  if (wish.kind === 'send-back' && decided) {
    throw new Conflict('decided-already', 'The unit is decided; reopen it before sending it back.');
  }
  const atRest = section.stage === 'adjudication' || section.stage === 'closed' || section.sentBack;
  if (!atRest) throw new Conflict('section-at-work', 'The coders of this section are still at work.');
}

/** What is to be taken for right, checked as a coder's answers are. */
async function answersOf(
  connection: Connection,
  place: { readonly projectId: ProjectId; readonly taskId: TaskId; readonly unitId: UnitId },
  unit: UnitToDecide,
  task: TaskToWeigh,
  wish: Adjudicate,
): Promise<StoredAdjudication['answers']> {
  const given =
    wish.kind === 'decide'
      ? [{ answer: wish.answer, weight: null }]
      : wish.kind === 'keep-several'
        ? wish.answers.map(({ answer, weight }) => ({ answer, weight: weight ?? null }))
        : [];
  const { type } = task;
  const known = { type, protocol: type.contract.protocol.parse(task.protocol) };
  const answers: (StoredAdjudication['answers'][number] & Pick<ReadAnswer, 'pointsAt'>)[] = [];
  for (const { answer, weight } of given) {
    const read = readAnswer(known, answer);
    if ('wrong' in read) throw misfitting(read.wrong);
    const misfit = await misfitInPlace(connection, known, place, read.answer);
    if (misfit !== null) throw misfitting(misfit);
    answers.push({ answer: read.answer, weight, pointsAt: read.pointsAt });
  }
  const keys = [...new Set(answers.flatMap(({ pointsAt }) => pointsAt))];
  if ((await repository.countEarlier(connection, place.projectId, unit, keys)) < keys.length) {
    throw new Unprocessable(
      'points-ahead',
      'The answer points at something that is not earlier in the same text.',
    );
  }
  if (new Set(answers.map(({ answer }) => JSON.stringify(answer))).size < answers.length) {
    throw new Unprocessable('same-twice', 'The same answer is kept twice.');
  }
  return answers.map(({ answer, weight }) => ({ answer, weight }));
}

/**
 * Closes sections of which nothing disputed is left undecided. The unit's own is adjudicated again where something
 * is; others are not reopened by a decision elsewhere.
 */
async function settle(
  connection: Connection,
  { projectId, sectionId }: { readonly projectId: ProjectId; readonly sectionId: string },
  outcomes: readonly DecidedOutcome[],
): Promise<void> {
  for (const [section, of] of Map.groupBy(outcomes, (outcome) => outcome.sectionId)) {
    const open = of.some(({ state, decisionId }) => state === 'disputed' && decisionId === null);
    if (!open) await repository.settleSection(connection, projectId, section, ['adjudication'], 'closed');
    else if (section === sectionId) {
      await repository.settleSection(connection, projectId, section, ['closed'], 'adjudication');
    }
  }
}
