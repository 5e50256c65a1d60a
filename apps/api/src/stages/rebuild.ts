import type { ProjectId, SectionId, TaskId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';
import type { DecidedOutcome } from './repository.ts';
import { ruledTask } from './ruled-task.ts';
import { weighSections } from './weigh-sections.ts';
import type { TaskToWeigh } from './weigh-sections.ts';

/**
 * Derives anew what has become of a section's units, and of those beside them in the same items, which resolve
 * against them. Moves no section on.
 */
export async function recomputeOutcomes(
  transaction: Connection,
  key: { readonly projectId: ProjectId; readonly taskId: TaskId; readonly sectionId: SectionId },
  task: TaskToWeigh,
): Promise<readonly DecidedOutcome[]> {
  const { projectId, taskId, sectionId } = key;
  const beside = await repository.listSectionsBeside(transaction, projectId, sectionId);
  const { outcomes } = await weighSections(transaction, projectId, [sectionId, ...beside], task);
  await repository.replaceOutcomes(transaction, projectId, taskId, outcomes);
  return outcomes;
}

/** Throws the outcomes of a task away and derives them from what was submitted and decided. */
export async function rebuildOutcomes(
  services: Services,
  { projectId, taskId }: { readonly projectId: ProjectId; readonly taskId: TaskId },
): Promise<void> {
  await services.database.prisma.$transaction(async (transaction) => {
    const task = await ruledTask(transaction, projectId, taskId);
    if (task === undefined) return;
    await repository.lockOutcomes(transaction, taskId);
    const sections = await repository.listSectionsWithOutcomes(transaction, projectId, taskId);
    const { outcomes } = await weighSections(transaction, projectId, sections, task);
    await repository.replaceOutcomes(transaction, projectId, taskId, outcomes);
  });
}
