import { categoryNumbers } from '../study/scale.ts';
import { StudyError } from '../study/study-error.ts';
import { type Study } from '../study/study.ts';
import { pairedCategories } from '../chance-corrected/paired-categories.ts';

/** Two columns of numbers of equal length. */
export interface PairedNumbers {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** The numbers of a study's categories: values of a numeric scale, ranks of an ordered one. */
export function studyNumbers(study: Study): Float64Array {
  const numbers = categoryNumbers(study.scale);
  if (numbers === null) {
    throw new StudyError(
      'wrong-scale',
      `Numbers or ordered categories are needed, these are ${study.scale.kind}.`,
    );
  }
  return numbers;
}

/** What two coders gave to the units that both rated. Throws as {@link pairedCategories} does. */
export function pairedNumbers(study: Study, coders?: readonly [string, string]): PairedNumbers {
  const numbers = studyNumbers(study);
  return withNumbers(pairedCategories(study, coders), numbers);
}

function withNumbers(
  pairs: { first: Uint32Array; second: Uint32Array },
  numbers: Float64Array,
): PairedNumbers {
  return {
    first: Float64Array.from(pairs.first, (category) => numbers[category] ?? 0),
    second: Float64Array.from(pairs.second, (category) => numbers[category] ?? 0),
  };
}
