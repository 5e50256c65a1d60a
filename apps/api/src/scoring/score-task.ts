import type { ProjectId, SectionId, TaskId } from '@casebook/contracts';
import { score } from '@casebook/task-types/server';
import type { Connection } from '../database/client.ts';
import type { Services } from '../services.ts';
import { resolvedUnits } from './resolved.ts';
import * as repository from './section-repository.ts';

interface Place {
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
}

/** Whether nobody is at work on a section, so that its coders may be told what became of their answers. */
const isAtRest = (stage: repository.Stage): boolean => stage === 'adjudication' || stage === 'closed';

/** Derives anew what was earned in those sections of a task of which anything has become since. */
export async function scoreTask(services: Services, { projectId, taskId }: Place): Promise<void> {
  const { prisma } = services.database;
  for (const sectionId of await repository.listSectionsToScore(prisma, projectId, taskId)) {
    await prisma.$transaction((transaction) => scoreSection(transaction, { projectId, taskId, sectionId }));
  }
}

async function scoreSection(
  transaction: Connection,
  place: Place & { readonly sectionId: SectionId },
): Promise<void> {
  const { projectId, sectionId } = place;
  const section = await repository.holdSection(transaction, projectId, sectionId);
  if (section === undefined) return;
  const handIns = await repository.listHandIns(transaction, projectId, sectionId);
  const acts = await repository.listActs(transaction, projectId, sectionId);
  const { outcomes, at } = isAtRest(section.stage)
    ? await repository.listOutcomes(transaction, projectId, sectionId)
    : { outcomes: [], at: null };
  const rules = await repository.listRulesInForce(transaction, projectId);
  const awards = score({ handIns, acts, resolved: resolvedUnits(outcomes, handIns) }, rules);
  await repository.replaceAwards(transaction, place, awards, { ...section, outcomesAt: at });
}
