import { type Generator } from '../random.ts';
import { compileStudy } from '../study/compile.ts';
import { type Study } from '../study/study.ts';

/** Coders who sometimes know a unit's category and otherwise guess or err. */
export interface CoderModel {
  /** Prevalence of every category; adds up to 1. */
  readonly prevalence: readonly number[];
  /** Chance that a coder knows the unit's category. */
  readonly knowledge: number;
  /**
   * What he does otherwise: `guess` a category by its prevalence, unless stated, so that kappa of the model is the
   * square of `knowledge`; or `err`, all other categories being equally likely.
   */
  readonly otherwise?: 'guess' | 'err';
  readonly coders: number;
  readonly units: number;
  /** Chance that a rating is missing, 0 unless stated. */
  readonly missing?: number;
}

function drawCategory(cumulative: Float64Array, generator: Generator): number {
  const at = generator.next();
  let category = 0;
  while (category < cumulative.length - 1 && (cumulative[category] ?? 1) <= at) category += 1;
  return category;
}

/** A study drawn from the model; its categories are `1`, `2`, …, declared, used or not. */
export function simulateStudy(model: CoderModel, generator: Generator): Study {
  const { units, coders } = model;
  const cumulative = new Float64Array(model.prevalence.length);
  let sum = 0;
  for (const [category, share] of model.prevalence.entries()) {
    sum += share;
    cumulative[category] = sum;
  }
  const most = units * coders;
  const unitOf = new Uint32Array(most);
  const coderOf = new Uint32Array(most);
  const categoryOf = new Uint32Array(most);
  const missing = model.missing ?? 0;
  let next = 0;
  for (let unit = 0; unit < units; unit++) {
    const truth = drawCategory(cumulative, generator);
    for (let coder = 0; coder < coders; coder++) {
      const knows = generator.next() < model.knowledge;
      const guess =
        model.otherwise === 'err'
          ? (truth + 1 + generator.below(cumulative.length - 1)) % cumulative.length
          : drawCategory(cumulative, generator);
      if (missing > 0 && generator.next() < missing) continue;
      unitOf[next] = unit;
      coderOf[next] = coder;
      categoryOf[next] = knows ? truth : guess;
      next += 1;
    }
  }
  const names = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1));
  return compileStudy(
    names(units),
    names(coders),
    { kind: 'nominal', categories: names(model.prevalence.length) },
    {
      unitOf: unitOf.slice(0, next),
      coderOf: coderOf.slice(0, next),
      categoryOf: categoryOf.slice(0, next),
      rowOf: null,
    },
  );
}
