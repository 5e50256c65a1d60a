import type { ProjectId, TaskId, TrainingReport } from '@casebook/contracts';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { taskTypeServers } from '@casebook/task-types/server';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import * as repository from './report-repository.ts';
import { findTrainingTask } from './repository.ts';
import { shareRight, surelyLower } from './share-right.ts';

type Type = TaskTypeServer<unknown, unknown, unknown>;
type Units = Awaited<ReturnType<typeof repository.listAskedUnits>>;
type Answers = Awaited<ReturnType<typeof repository.listAnswers>>;

/** How coders did in a training: for its managers, since it tells gold. @throws NotFound for a task that trains nobody. */
export async function trainingRounds(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<TrainingReport> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  const task = await findTrainingTask(prisma, projectId, taskId);
  const type = task === undefined ? undefined : taskTypeServers.get(task.type);
  if (task === undefined || type === undefined) throw new NotFound();
  const names = await repository.listNames(prisma, projectId);
  const rounds = await repository.listFinishedRounds(prisma, projectId, taskId);
  const units = await repository.listAskedUnits(prisma, projectId, taskId);
  const answers = await repository.listAnswers(prisma, projectId, taskId);
  const itemIds = [...new Set(units.map(({ itemId }) => itemId))];
  const labels = await repository.listLabels(prisma, projectId, taskId, itemIds);
  return {
    passMark: task.passMark,
    rounds: rounds
      .flatMap(({ finishedAt, asked, right, ...row }) => {
        const share = shareRight(asked, right);
        const coderName = names.get(row.coder) ?? '';
        return share === null ? [] : [{ ...row, ...share, coderName, finishedAt: finishedAt.toISOString() }];
      })
      .sort((one, other) => one.coderName.localeCompare(other.coderName) || one.round - other.round),
    confusion: confusionOf(type, units, answers),
    unitsAsked: units.length,
    questions: questionsOf(type, units, answers, labels),
  };
}

function confusionOf(type: Type, units: Units, answers: Answers): TrainingReport['confusion'] {
  const { disputes } = type;
  if (disputes === undefined) return { answers: [], rows: [] };
  const goldOf = new Map(units.map(({ unitId, gold }) => [unitId, disputes.classOf(gold)]));
  const kinds = answers.flatMap(({ unitId, answer, right }) => {
    const gold = goldOf.get(unitId);
    return gold === undefined ? [] : [{ gold, answered: disputes.classOf(answer), right }];
  });
  const columns = disputes.classes.filter((title) =>
    kinds.some(({ gold, answered }) => gold === title || answered === title),
  );
  return {
    answers: columns,
    rows: columns.flatMap((title) => {
      const of = kinds.filter(({ gold }) => gold === title);
      const share = shareRight(of.length, of.filter(({ right }) => right).length);
      const counts = columns.map((column) => of.filter(({ answered }) => answered === column).length);
      return share === null ? [] : [{ gold: title, ...share, counts }];
    }),
  };
}

function questionsOf(
  type: Type,
  units: Units,
  answers: Answers,
  labels: ReadonlyMap<string, ReadonlyMap<string, string>>,
): TrainingReport['questions'] {
  const answersOf = Map.groupBy(answers, ({ unitId }) => unitId);
  return units
    .flatMap(({ unitId, itemId, label, place, content, gold, explained }) => {
      const given = answersOf.get(unitId) ?? [];
      const wrong = given.filter(({ right }) => !right);
      const share = shareRight(given.length, given.length - wrong.length);
      if (share === null || wrong.length === 0) return [];
      const inWords = (answer: unknown): string =>
        type.describe(answer, content, (key) => labels.get(itemId)?.get(key) ?? key);
      const said = [...Map.groupBy(wrong, ({ answer }) => inWords(answer))]
        .map(([words, times]) => ({ words, times: times.length }))
        .sort((one, other) => other.times - one.times || one.words.localeCompare(other.words));
      return [{ unitId, label, place, ...share, gold: inWords(gold), instead: said[0] ?? null, explained }];
    })
    .sort(surelyLower);
}
