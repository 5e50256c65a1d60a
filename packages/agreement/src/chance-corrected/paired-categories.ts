import { selectCoders } from '../study/select.ts';
import { type Study } from '../study/study.ts';

/** The categories that two coders gave to the units that both rated, in the order of the units. */
export interface PairedCategories {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  /** The study's units, by index. */
  readonly unitOf: Uint32Array;
}

/** Throws RangeError for an unknown coder, and where the study has more than two and none are named. */
export function pairedCategories(study: Study, coders?: readonly [string, string]): PairedCategories {
  if (coders === undefined) {
    if (study.coders.length !== 2) {
      throw new RangeError(
        `This is a measure of two coders and the study has ${study.coders.length}: name two.`,
      );
    }
    return pairedByIndex(study, 0, 1);
  }
  const [first, second] = coders.map((coder) => study.coders.indexOf(coder));
  if (first === undefined || second === undefined || first < 0 || second < 0) {
    throw new RangeError(`The study has no two coders named "${coders[0]}" and "${coders[1]}".`);
  }
  return pairedByIndex(study, first, second);
}

/** The study of the two coders alone. */
export function studyOfPair(study: Study, coders?: readonly [string, string]): Study {
  return coders === undefined ? study : selectCoders(study, coders);
}

function pairedByIndex(study: Study, firstCoder: number, secondCoder: number): PairedCategories {
  const first: Uint32Array = new Uint32Array(study.units.length);
  const second: Uint32Array = new Uint32Array(study.units.length);
  const unitOf: Uint32Array = new Uint32Array(study.units.length);
  let shared = 0;
  for (let unit = 0; unit < study.units.length; unit++) {
    const end = study.offsets[unit + 1] ?? 0;
    let found = 0;
    for (let i = study.offsets[unit] ?? 0; i < end; i++) {
      const coder = study.coderOf[i];
      if (coder === firstCoder) {
        first[shared] = study.categoryOf[i] ?? 0;
        found += 1;
      } else if (coder === secondCoder) {
        second[shared] = study.categoryOf[i] ?? 0;
        found += 1;
      }
    }
    if (found < 2) continue;
    unitOf[shared] = unit;
    shared += 1;
  }
  return {
    first: first.slice(0, shared),
    second: second.slice(0, shared),
    unitOf: unitOf.slice(0, shared),
  };
}
