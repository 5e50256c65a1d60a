import type {
  ProjectId,
  RatingReport,
  ShareRight,
  TaskId,
  TrainingReport,
  TrainingTable,
} from '@casebook/contracts';
import { tableRow } from '@casebook/corpora';
import type { Principal } from '../access/principal.ts';
import type { Services } from '../services.ts';
import { ratings } from './rating-report.ts';
import { trainingRounds } from './training-report.ts';

type Cell = string | number | null;

const SHARE = ['asked', 'right', 'share', 'low', 'high'] as const;
const sharesOf = ({ asked, right, low, high }: ShareRight): Cell[] => [
  asked,
  right,
  right / asked,
  low,
  high,
];

/** A header and rows as CSV; what a spreadsheet would run is guarded. */
function* csv(head: readonly string[], rows: Iterable<readonly Cell[]>): Generator<string> {
  const style = { separator: ',', formulas: 'guarded' } as const;
  yield tableRow([...head], style);
  for (const row of rows) yield tableRow([...row], style);
}

/** One row for each finished time through training. */
function roundsTable({ rounds }: TrainingReport): Generator<string> {
  return csv(
    ['coder', 'name', 'round', 'finishedAt', ...SHARE, 'passMark', 'passed'],
    rounds.map((row) => [
      ...[row.coder, row.coderName, row.round, row.finishedAt],
      ...sharesOf(row),
      ...[row.passMark, String(row.passed)],
    ]),
  );
}

/** One row for each kind of gold, one column for each kind of answer. */
function confusionTable({ confusion }: TrainingReport): Generator<string> {
  return csv(
    ['gold', ...SHARE, ...confusion.answers.map((title) => `answered ${title}`)],
    confusion.rows.map((row) => [row.gold, ...sharesOf(row), ...row.counts]),
  );
}

/** One row for each unit that somebody got wrong. */
function questionsTable({ questions }: TrainingReport): Generator<string> {
  return csv(
    ['unit', 'label', 'item', ...SHARE, 'gold', 'mostSaidInstead', 'times', 'explained'],
    questions.map((row) => [
      ...[row.unitId, row.label, row.place],
      ...sharesOf(row),
      ...[row.gold, row.instead?.words ?? null, row.instead?.times ?? null, String(row.explained)],
    ]),
  );
}

/** One row for each coder and day: hidden gold up to its end. */
function ratingsTable({ coders }: RatingReport): Generator<string> {
  return csv(
    ['coder', 'name', 'day', ...SHARE],
    coders.flatMap(({ coder, coderName, days }) =>
      days.map((day) => [coder, coderName, day.day, ...sharesOf(day)]),
    ),
  );
}

interface Wish {
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly table: TrainingTable;
}

/** One of the tables that managers see, as lines of CSV. Who may see it is whoever may see its report. */
export async function tableOf(
  services: Services,
  principal: Principal,
  { projectId, taskId, table }: Wish,
): Promise<Iterable<string>> {
  if (table === 'ratings') return ratingsTable(await ratings(services, principal, projectId, taskId));
  const report = await trainingRounds(services, principal, projectId, taskId);
  switch (table) {
    case 'rounds':
      return roundsTable(report);
    case 'confusion':
      return confusionTable(report);
    case 'questions':
      return questionsTable(report);
  }
}
