import { type Usage } from '../estimate.ts';
import { ratingCoders, selectCoderIndices } from '../study/select.ts';
import { type Study } from '../study/study.ts';
import { studyNumbers } from './paired-numbers.ts';

/** Units that every coder rated who rated any: `values[u * coders + g]`. */
export interface CompleteTable {
  readonly units: number;
  readonly coders: number;
  readonly values: Float64Array;
  readonly used: Usage;
}

export function completeTable(given: Study): CompleteTable {
  const study = withoutSilentCoders(given);
  const numbers = studyNumbers(study);
  const coders = study.coders.length;
  const values = new Float64Array(study.categoryOf.length);
  let units = 0;
  for (let unit = 0; unit < study.units.length; unit++) {
    const start = study.offsets[unit] ?? 0;
    if ((study.offsets[unit + 1] ?? 0) - start !== coders) continue;
    for (let g = 0; g < coders; g++)
      values[units * coders + g] = numbers[study.categoryOf[start + g] ?? 0] ?? 0;
    units += 1;
  }
  const ratings = units * coders;
  return {
    units,
    coders,
    values: values.slice(0, ratings),
    used: {
      units,
      coders,
      ratings,
      dropped: {
        units: study.units.length - units,
        coders: given.coders.length - coders,
        ratings: study.categoryOf.length - ratings,
      },
    },
  };
}

/** The study without coders who rated nothing, as long as two are left: no unit would be complete on their account. */
export function withoutSilentCoders(study: Study): Study {
  const rating = ratingCoders(study);
  return rating.length === study.coders.length || rating.length < 2
    ? study
    : selectCoderIndices(study, rating);
}
