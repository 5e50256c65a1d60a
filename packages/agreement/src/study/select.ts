import { StudyError } from './study-error.ts';
import { type Study } from './study.ts';

/** Positions of the coders who rated something. */
export function ratingCoders(study: Study): number[] {
  const rated = new Uint8Array(study.coders.length);
  let silent = study.coders.length;
  for (let i = 0; i < study.coderOf.length && silent > 0; i++) {
    const coder = study.coderOf[i] ?? 0;
    if (rated[coder] === 0) silent -= 1;
    rated[coder] = 1;
  }
  return study.coders.flatMap((_, coder) => (rated[coder] === 1 ? [coder] : []));
}

/** The study without the other coders; units stay, even if nobody who is left rated them. */
export function selectCoders(study: Study, coders: readonly string[]): Study {
  const places = coders.map((coder) => {
    const index = study.coders.indexOf(coder);
    if (index < 0) throw new StudyError('bad-shape', `There is no coder "${coder}" in this study.`);
    return index;
  });
  return selectCoderIndices(study, places);
}

/** As {@link selectCoders}, by position. */
export function selectCoderIndices(study: Study, coders: readonly number[]): Study {
  const newIndex = new Int32Array(study.coders.length).fill(-1);
  coders.forEach((coder, index) => (newIndex[coder] = index));
  const offsets = new Uint32Array(study.units.length + 1);
  const coderOf: Uint32Array = new Uint32Array(study.coderOf.length);
  const categoryOf: Uint32Array = new Uint32Array(study.coderOf.length);
  let next = 0;
  for (let unit = 0; unit < study.units.length; unit++) {
    const end = study.offsets[unit + 1] ?? 0;
    for (let i = study.offsets[unit] ?? 0; i < end; i++) {
      const coder = newIndex[study.coderOf[i] ?? 0] ?? -1;
      if (coder < 0) continue;
      coderOf[next] = coder;
      categoryOf[next] = study.categoryOf[i] ?? 0;
      next += 1;
    }
    offsets[unit + 1] = next;
  }
  return {
    units: study.units,
    coders: coders.map((coder) => study.coders[coder] ?? ''),
    scale: study.scale,
    offsets,
    coderOf: coderOf.slice(0, next),
    categoryOf: categoryOf.slice(0, next),
  };
}
