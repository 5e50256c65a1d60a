import { FIRST_SCORING_RULES, memberIdSchema, scoringRulesSchema, unitIdSchema } from '@casebook/contracts';
import type { MemberId, ScoringRules, WorkStage } from '@casebook/contracts';
import fc from 'fast-check';
import type { HandIn, ResolvedUnit, ScoredAct, SectionToScore } from '../score.ts';
import { numberedId } from './arbitrary-items.ts';

const ANNOTATORS = [1, 2, 3, 4].map((number) => memberIdSchema.parse(numberedId(number)));
const VALIDATORS = [5, 6, 7].map((number) => memberIdSchema.parse(numberedId(number)));
const UNITS = [1, 2, 3].map((number) => unitIdSchema.parse(numberedId(100 + number)));

interface Chosen {
  /** By annotator: which of three readings; 3 is a skip. */
  readonly read: readonly number[];
  /** By validator: which of the readings he agreed with. */
  readonly agreed: readonly number[];
  readonly upheld: number;
  readonly weights: readonly number[];
}

const chosen: fc.Arbitrary<Chosen> = fc.record({
  read: fc.array(fc.nat({ max: 3 }), { minLength: 4, maxLength: 4 }),
  agreed: fc.array(fc.nat({ max: 2 }), { minLength: 3, maxLength: 3 }),
  upheld: fc.nat({ max: 2 }),
  weights: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 3, maxLength: 3 }),
});

const at = fc.integer({ min: 0, max: 1_000 });
const confidence = fc.constantFrom('sure', 'unsure', null);

function resolvedOf({ read, agreed, upheld, weights }: Chosen, place: number, when: number): ResolvedUnit {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const having = (coders: readonly MemberId[], choices: readonly number[], choice: number) =>
    coders.filter((_, index) => choices[index] === choice);
  return {
    unitId: unitIdSchema.parse(numberedId(101 + place)),
    at: when,
    readings: weights.map((weight, reading) => ({
      probability: weight / whole,
      upheld: reading === upheld,
      annotators: having(ANNOTATORS, read, reading),
      agreed: having(VALIDATORS, agreed, reading),
      disagreed: VALIDATORS.filter((_, index) => agreed[index] !== reading),
      gaveInstead: [],
    })),
  };
}

/** A section of three units, four annotators and three validators, some of whom have handed it in. */
export const arbitrarySection: fc.Arbitrary<SectionToScore> = fc
  .record({
    units: fc.array(chosen, { minLength: 3, maxLength: 3 }),
    when: at,
    hands: fc.array(fc.record({ handed: fc.boolean(), at, commented: fc.boolean(), confidence }), {
      minLength: 7,
      maxLength: 7,
    }),
  })
  .map(({ units, when, hands }) => {
    const coders = [...ANNOTATORS, ...VALIDATORS];
    const stageOf = (coder: MemberId): WorkStage =>
      VALIDATORS.includes(coder) ? 'validation' : 'annotation';
    const handIns = coders.flatMap((coder, index): HandIn[] => {
      const hand = hands[index];
      return hand?.handed === true ? [{ coder, stage: stageOf(coder), at: hand.at }] : [];
    });
    const acts = coders.flatMap((coder, index) =>
      UNITS.map((unitId): ScoredAct => ({
        coder,
        unitId,
        stage: stageOf(coder),
        confidence: hands[index]?.confidence ?? null,
        commented: hands[index]?.commented ?? false,
      })),
    );
    return { handIns, acts, resolved: units.map((unit, place) => resolvedOf(unit, place, when)) };
  });

/** Whatever rules a manager may write; ranks and badges are those that every project begins with. */
export const arbitraryRules: fc.Arbitrary<ScoringRules> = fc
  .record({
    coverage: fc.record({
      annotated: fc.nat({ max: 100 }),
      validated: fc.nat({ max: 100 }),
      handedIn: fc.nat({ max: 100 }),
    }),
    stakes: fc.uniqueArray(fc.nat({ max: 1000 }), { minLength: 4, maxLength: 4 }),
    more: fc.nat({ max: 400 }),
    explained: fc.nat({ max: 100 }),
  })
  .map(({ coverage, stakes, more, explained }) => {
    const [sureWrong = 0, unsureWrong = 0, unsureRight = 0, sureRight = 0] = [...stakes].sort(
      (a, b) => a - b,
    );
    return {
      coverage,
      support: {
        sure: { right: sureRight, wrong: sureWrong },
        unsure: { right: unsureRight, wrong: unsureWrong },
      },
      minority: Math.min(1000, Math.ceil((sureRight - sureWrong) / 2) + more),
      explained,
      ranks: FIRST_SCORING_RULES.ranks,
      badges: FIRST_SCORING_RULES.badges,
    };
  })
  .filter((rules) => scoringRulesSchema.safeParse(rules).success);
