import type { OwnJudgement } from '@casebook/contracts';
import type { AnyTaskTypeWeb } from '@casebook/task-types/web';
import type { AnySection } from './annotation.ts';
import type { AnyConference } from './conference.ts';
import type { Entry } from './entry.ts';

type Given = Entry['submission'] | OwnJudgement;
const VERDICTS = { agree: 'agreed', disagree: 'disagreed', unsure: 'can’t tell' } as const;

/** What was given in this section, in words. */
export function inSection(
  { earlierUnits, units }: AnySection,
  taskType: AnyTaskTypeWeb,
  given: Given,
): string {
  if ('shownReadingId' in given) return 'A verdict of a conference';
  const known = [...earlierUnits, ...units];
  const unit = known.find(({ id }) => id === given.unitId);
  if (unit === undefined) return 'An answer of another section';
  const { act } = given;
  const label = taskType.label(unit.content);
  if (act.kind === 'withdrawal') return `${label}: undone`;
  if (act.kind === 'skip') return `${label}: skipped`;
  const answer = taskType.contract.answer.safeParse(act.answer);
  if (!answer.success) return label;
  return `${label}: ${taskType.describe(answer.data, unit.content, nameIn(known, unit.itemId, taskType))}`;
}

/** What was said in this conference, in words. */
export function inConference(
  { readings, units }: AnyConference,
  taskType: AnyTaskTypeWeb,
  given: Given,
): string {
  if (!('shownReadingId' in given)) return 'An answer of another section';
  const reading = readings.find(({ id }) => id === given.shownReadingId);
  if (reading === undefined) return 'A verdict of another section';
  const { unit, answer } = reading;
  const words = taskType.describe(answer, unit.content, nameIn(units, unit.itemId, taskType));
  return `${taskType.label(unit.content)}: ${words} – ${VERDICTS[given.verdict]}`;
}

function nameIn(
  units: AnySection['units'],
  itemId: string,
  taskType: AnyTaskTypeWeb,
): (key: string) => string {
  return (key) => {
    const other = units.find((candidate) => candidate.itemId === itemId && candidate.key === key);
    return other === undefined ? key : taskType.label(other.content);
  };
}
