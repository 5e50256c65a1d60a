import { PlanRefusal, taskTypeServers } from '@casebook/task-types/server';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { uuidv7 } from 'uuidv7';
import type { Connection } from '../../database/client.ts';
import { isDatabaseBusy } from '../../database/busy.ts';
import type { Services } from '../../services.ts';
import * as repository from './repository.ts';
import type { GoldToInsert, SectionToInsert, TaskKey, UnitToInsert } from './repository.ts';

const BATCH = 4_000;

/**
 * Cuts a task's collection into sections of units, as its type says, in one transaction: a process that dies
 * meanwhile leaves nothing, and whoever comes next plans the same. Waits for another who is at it; does nothing where
 * it is done.
 */
export async function planTask(services: Services, key: TaskKey): Promise<void> {
  const { prisma } = services.database;
  try {
    // In a transaction of its own: the one below sees the database as of its first statement.
    await repository.awaitPlanner(prisma, key);
    const planned = await prisma.$transaction(
      async (transaction) => {
        if (!(await repository.tryLockPlanning(transaction, key))) return false;
        const task = await repository.findUnplanned(transaction, key);
        if (task === undefined) return false;
        const type = taskTypeServers.get(task.type);
        if (type === undefined) throw new Error(`no task type is called ${task.type}`);
        await insertPlan(transaction, key, task, type);
        await insertGold(transaction, key, task, type);
        if (task.secondLookOf !== null) await repository.keepSections(transaction, key, task.secondLookOf);
        await repository.markPlanned(transaction, key);
        return true;
      },
      // Items are read page by page, and what is imported meanwhile must not come in between.
      { isolationLevel: 'RepeatableRead', timeout: 1_800_000, maxWait: 30_000 },
    );
    if (planned) await repository.analyzeUnits(prisma);
  } catch (error) {
    if (isDatabaseBusy(error)) throw error;
    if (error instanceof PlanRefusal) {
      await repository.markFailed(prisma, key, error.message);
      return;
    }
    services.logger.error({ err: error, ...key }, 'a task could not be planned');
    await repository.markFailed(
      prisma,
      key,
      'The task could not be planned; the fault is ours and was logged.',
    );
  }
}

async function insertPlan(
  transaction: Connection,
  key: TaskKey,
  task: repository.UnplannedTask,
  type: TaskTypeServer<unknown, unknown, unknown>,
): Promise<void> {
  const items = repository.eachItem(transaction, key, task);
  const sections: SectionToInsert[] = [];
  const units: UnitToInsert[] = [];
  const readSoFar = new Map<string, number>();
  const flush = async () => {
    await repository.insertSections(transaction, key, task.wanted, sections);
    await repository.insertUnits(transaction, key, units);
    sections.length = 0;
    units.length = 0;
  };
  let position = 0;
  for await (const section of type.plan(items, task)) {
    const sectionId = uuidv7();
    sections.push({ id: sectionId, position, name: section.name, units: section.units.length });
    position += 1;
    for (const [place, { itemId, key: unitKey, content }] of section.units.entries()) {
      const reading = readSoFar.get(itemId) ?? 0;
      readSoFar.set(itemId, reading + 1);
      units.push({
        id: uuidv7(),
        sectionId,
        position: place,
        itemId,
        key: unitKey,
        reading,
        content: JSON.stringify(content),
        label: type.label(content),
      });
    }
    if (units.length >= BATCH) await flush();
  }
  if (sections.length > 0) await flush();
}

/**
 * The gold of every unit. The items are read once more for it: a plan may come in any order, and neither all items
 * nor all gold can be held until then.
 */
async function insertGold(
  transaction: Connection,
  key: TaskKey,
  task: repository.UnplannedTask,
  type: TaskTypeServer<unknown, unknown, unknown>,
): Promise<void> {
  const gold: GoldToInsert[] = [];
  for await (const { item, units } of repository.eachItemWithUnits(transaction, key, task)) {
    for (const [unitKey, answer] of type.gold(item)) {
      const unitId = units.get(unitKey);
      if (unitId !== undefined) gold.push({ unitId, answer: JSON.stringify(answer) });
    }
    if (gold.length < BATCH) continue;
    await repository.insertGold(transaction, key.projectId, gold);
    gold.length = 0;
  }
  await repository.insertGold(transaction, key.projectId, gold);
}
