import type { ProjectId, SectionId, TaskId, UnitId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import { Conflict } from '../errors.ts';
import { readingsToShow } from '../stages/readings-to-show.ts';
import { countEligible, insertShownReadings, moveSection } from '../stages/repository.ts';
import type { DecidedOutcome, LockedSection } from '../stages/repository.ts';
import type { TaskToWeigh } from '../stages/weigh-sections.ts';
import * as repository from './repository.ts';

interface Place {
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly sectionId: SectionId;
  readonly unitId: UnitId;
}

/**
 * Asks for more judgements on a unit: of one more validator where the task holds conferences and somebody is left who
 * has not annotated the section, else of one more annotator. Several units sent back before anybody has begun go to
 * the same coder. Where the section goes.
 *
 * @throws Conflict where nobody is left, the section is with its coders, or it would be annotated again after its
 *   annotators could see what others answered.
 */
export async function sendBack(
  transaction: Connection,
  place: Place,
  section: LockedSection,
  task: TaskToWeigh & { readonly open: boolean },
  outcome: DecidedOutcome | undefined,
): Promise<'validation' | 'annotation'> {
  if (!task.open) throw new Conflict('task-over', 'The task is closed; nobody is given work in it any more.');
  const { projectId, sectionId } = place;
  const shown = outcome !== undefined && outcome.readings.length > 0;
  if (section.stage === 'annotation' && section.sentBack) return 'annotation';
  if (section.stage === 'validation' && section.sentBack && shown) {
    if (section.validatorsTaken === section.validatorsWanted) {
      throw new Conflict('section-at-work', 'A validator has begun on this section; wait for the verdicts.');
    }
    const from = await repository.nextPositionInRound(transaction, projectId, sectionId, section.round);
    const readings = readingsToShow([outcome], [place.unitId], from);
    await insertShownReadings(transaction, place, section.round, readings);
    return 'validation';
  }
  if (section.stage !== 'adjudication' && section.stage !== 'closed') {
    throw new Conflict('section-at-work', 'The section is with its coders already.');
  }
  if (task.rule !== null && shown && (await countEligible(transaction, projectId, sectionId)) > 0) {
    const readings = readingsToShow([outcome], [place.unitId]);
    await insertShownReadings(transaction, place, section.round + 1, readings);
    await moveSection(transaction, projectId, sectionId, 'validation', 1);
    return 'validation';
  }
  if (section.stage === 'closed') {
    throw new Conflict(
      'seen-already',
      'The section is closed, and its annotators may see what others answered; it can’t be annotated again.',
    );
  }
  if ((await repository.countAnnotatorsLeft(transaction, projectId, sectionId)) > 0) {
    await repository.wantOneMoreAnnotator(transaction, projectId, sectionId);
    return 'annotation';
  }
  throw new Conflict(
    'nobody-left',
    'Everybody in this task has judged this section. Invite somebody, then send the unit back.',
  );
}
