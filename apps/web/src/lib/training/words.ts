import type { Training, TrainingVerdict } from '@casebook/contracts';
import type { AnyTaskTypeWeb, WorkUnit } from '@casebook/task-types/web';

/** A verdict as it is read out: what was asked, what was said, what gold says. */
export interface VerdictInWords {
  readonly asked: string;
  readonly said: string;
  readonly gold: string;
  readonly explanation: string | null;
}

/** @throws where the answer does not fit the contract of its task type. */
export function verdictInWords(
  verdict: TrainingVerdict,
  taskType: AnyTaskTypeWeb,
  units: readonly WorkUnit<unknown>[],
): VerdictInWords {
  const words = new Map(units.map(({ key, content }) => [key, taskType.label(content)]));
  const asked = units.find(({ id }) => id === verdict.unitId);
  return {
    asked: asked === undefined ? '' : taskType.label(asked.content),
    said:
      asked === undefined
        ? ''
        : taskType.describe(
            taskType.contract.answer.parse(verdict.answer),
            asked.content,
            (key) => words.get(key) ?? key,
          ),
    gold: verdict.goldWords,
    explanation: verdict.explanation,
  };
}

/** The units of a training as its task type knows them, asked or not. @throws where one does not fit the contract. */
export function unitsOf(training: Training, taskType: AnyTaskTypeWeb): WorkUnit<unknown>[] {
  return [...training.units, ...training.otherUnits].map((unit) => ({
    ...unit,
    content: taskType.contract.unit.parse(unit.content),
  }));
}
