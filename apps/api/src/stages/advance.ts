import type { ProjectId, SectionId, TaskId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import type { Services } from '../services.ts';
import { nextStage } from './next-stage.ts';
import * as repository from './repository.ts';
import type { LockedSection } from './repository.ts';
import { readingsToShow } from './readings-to-show.ts';
import { ruledTask } from './ruled-task.ts';
import { weighSections } from './weigh-sections.ts';
import type { TaskToWeigh } from './weigh-sections.ts';

interface Key {
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
}

/** Moves every section of a task on whose annotators or validators are done. Running it again changes nothing. */
export async function advanceTask(services: Services, { projectId, taskId }: Key): Promise<void> {
  const { prisma } = services.database;
  const task = await ruledTask(prisma, projectId, taskId);
  if (task === undefined) return;
  await repository.lapseValidations(prisma, projectId, taskId);
  for (const sectionId of await repository.listSectionsDue(prisma, projectId, taskId)) {
    await prisma.$transaction((transaction) =>
      advanceSection(transaction, { projectId, taskId, sectionId }, task),
    );
  }
}

async function advanceSection(
  transaction: Connection,
  key: Key & { readonly sectionId: SectionId },
  task: TaskToWeigh & { readonly open: boolean },
): Promise<void> {
  const { projectId, taskId, sectionId } = key;
  await repository.lockOutcomes(transaction, taskId);
  const section = await repository.lockSection(transaction, projectId, sectionId);
  if (section === undefined) return;
  const { stage } = section;
  if (stage !== 'annotation' && stage !== 'validation') return;
  const eligible = await repository.countEligible(transaction, projectId, sectionId);
  if (!isDue(section, task.open, eligible)) return;
  const beside = await repository.listSectionsBeside(transaction, projectId, sectionId);
  const weighed = await weighSections(transaction, projectId, [sectionId, ...beside], task);
  const outcomes = weighed.outcomes.filter((outcome) => outcome.sectionId === sectionId);
  const undecided = outcomes.filter(({ decisionId }) => decisionId === null);
  const { validatorsFinished, sentBack } = section;
  const step = nextStage(
    { stage, open: task.open, validatorsFinished, eligible, sentBack },
    undecided,
    task.rule,
  );
  if (step.to === 'validation') {
    await repository.insertShownReadings(
      transaction,
      key,
      section.round + 1,
      readingsToShow(
        undecided.filter(({ state }) => state === 'disputed'),
        weighed.units.map(({ id }) => id),
      ),
    );
  }
  await repository.replaceOutcomes(transaction, projectId, taskId, weighed.outcomes);
  const more =
    step.to === 'validation' ? step.validators : section.validatorsTaken - section.validatorsWanted;
  await repository.moveSection(transaction, projectId, sectionId, step.to, more);
}

/** Whether nobody is at work on the section's stage, and nobody will be. */
function isDue(section: LockedSection, open: boolean, eligible: number): boolean {
  if (!open) return true;
  if (section.stage === 'annotation') return section.finished >= section.wanted;
  if (section.validatorsFinished < section.validatorsTaken) return false;
  return section.validatorsFinished >= section.validatorsWanted || eligible === 0;
}
