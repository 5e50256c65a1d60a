import {
  breakEvenOf,
  FIRST_SCORING_RULES,
  memberIdSchema,
  scoringRulesSchema,
  unitIdSchema,
} from '@casebook/contracts';
import type { ScoringRules } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { score } from './score.ts';
import type { Award, ResolvedUnit, SectionToScore } from './score.ts';
import { numberedId } from './testing/arbitrary-items.ts';
import { arbitraryRules, arbitrarySection } from './testing/arbitrary-sections.ts';

const RUNS = { numRuns: 300 };
const FIRST = [{ version: 1, since: Number.NEGATIVE_INFINITY, rules: FIRST_SCORING_RULES }];
const by = (rules: ScoringRules) => [{ version: 1, since: Number.NEGATIVE_INFINITY, rules }];

const coder = (number: number) => memberIdSchema.parse(numberedId(number));
const [ANN, BEA, CY, DEE, EVE] = [coder(1), coder(2), coder(3), coder(4), coder(5)];
const UNIT = unitIdSchema.parse(numberedId(100));

const nobody = { annotators: [], agreed: [], disagreed: [], gaveInstead: [] };
/** “He” is the inspector to Ann and Bea, somebody new to Cy, who says why. Dee and Eve validate. */
function he(upheld: 'inspector' | 'new', probability = 0.95): ResolvedUnit {
  return {
    unitId: UNIT,
    at: 20,
    readings: [
      {
        ...nobody,
        probability: upheld === 'inspector' ? probability : 1 - probability,
        upheld: upheld === 'inspector',
        annotators: [ANN, BEA],
        agreed: upheld === 'inspector' ? [DEE] : [],
        disagreed: upheld === 'inspector' ? [] : [DEE],
      },
      {
        ...nobody,
        probability: upheld === 'new' ? probability : 1 - probability,
        upheld: upheld === 'new',
        annotators: [CY],
        agreed: upheld === 'new' ? [DEE] : [],
        disagreed: upheld === 'new' ? [] : [DEE],
      },
    ],
  };
}

function letter(resolved: readonly ResolvedUnit[], changes: Partial<SectionToScore> = {}): SectionToScore {
  const act = { unitId: UNIT, stage: 'annotation', confidence: 'sure', commented: false } as const;
  return {
    handIns: [
      { coder: ANN, stage: 'annotation', at: 1 },
      { coder: BEA, stage: 'annotation', at: 2 },
      { coder: CY, stage: 'annotation', at: 3 },
      { coder: DEE, stage: 'validation', at: 4 },
    ],
    acts: [
      { ...act, coder: ANN },
      { ...act, coder: BEA, confidence: 'unsure' },
      { ...act, coder: CY, commented: true },
      { ...act, coder: DEE, stage: 'validation', commented: true },
      { ...act, coder: DEE, stage: 'validation' },
    ],
    resolved,
    ...changes,
  };
}

const earned = (awards: readonly Award[], who: Award['coder']) =>
  awards.filter((award) => award.coder === who).map(({ reason, points }) => [reason.kind, points]);
const sum = (awards: readonly Award[], who: Award['coder']) =>
  awards.filter((award) => award.coder === who).reduce((total, { points }) => total + points, 0);

describe('the points of a section', () => {
  it('come for coverage at once, and for nothing else while others are at work', () => {
    expect(earned(score(letter([]), FIRST), ANN)).toEqual([
      ['coverage', 10],
      ['handed-in', 50],
    ]);
    expect(earned(score(letter([]), FIRST), DEE)).toEqual([
      ['coverage', 20],
      ['handed-in', 50],
    ]);
  });

  it('grow with the probability of the reading, by what confidence puts at stake', () => {
    const awards = score(letter([he('inspector', 0.9)]), FIRST);
    expect(earned(awards, ANN).at(-1)).toEqual(['support', 90]);
    expect(earned(awards, BEA).at(-1)).toEqual(['support', 84]);
    expect(earned(awards, CY).at(-1)).toEqual(['support', 10]);
  });

  it('are more for who was right alone, and for who said why', () => {
    const awards = score(letter([he('new')]), FIRST);
    expect(earned(awards, CY).slice(2)).toEqual([
      ['support', 95],
      ['minority', 50],
      ['explained', 30],
    ]);
    expect(awards.find(({ reason }) => reason.kind === 'minority')?.reason).toEqual({
      kind: 'minority',
      gaveIt: 1,
      of: 3,
    });
    expect(earned(awards, ANN).slice(2)).toEqual([['support', 5]]);
  });

  it('reward a validator for what he agreed with, and for a fallen reading that he argued against', () => {
    const awards = score(letter([he('inspector')]), FIRST);
    expect(earned(awards, DEE).slice(2)).toEqual([
      ['support', 95],
      ['explained', 30],
    ]);
  });

  it('are for coverage alone where a unit was skipped', () => {
    const skipped = letter([he('inspector')], { handIns: [{ coder: EVE, stage: 'annotation', at: 5 }] });
    const acts = [
      ...skipped.acts,
      { coder: EVE, unitId: UNIT, stage: 'annotation', confidence: null, commented: true } as const,
    ];
    expect(earned(score({ ...skipped, acts }, FIRST), EVE)).toEqual([
      ['coverage', 10],
      ['handed-in', 50],
    ]);
  });

  it('are those of the rules in force when they are earned', () => {
    const doubled = {
      ...FIRST_SCORING_RULES,
      explained: 60,
      coverage: { annotated: 20, validated: 20, handedIn: 100 },
    };
    const rules = [...FIRST, { version: 2, since: 3, rules: doubled }];
    const awards = score(letter([he('new')]), rules);
    const versions = (who: Award['coder']) =>
      awards.filter((award) => award.coder === who).map(({ ruleVersion }) => ruleVersion);
    expect(versions(ANN)).toEqual([1, 1, 2]);
    expect(versions(CY)).toEqual([2, 2, 2, 2, 2]);
    expect(score(letter([he('new')]), [...rules].reverse())).toEqual(awards);
  });
});

describe('any section, by any rules', () => {
  const inOrder = (awards: readonly Award[]) => awards.map((award) => JSON.stringify(award)).sort();

  it('is scored the same again, and in every order of acts, hand-ins, units and readings', () => {
    fc.assert(
      fc.property(arbitrarySection, arbitraryRules, (section, rules) => {
        const awards = score(section, by(rules));
        expect(score(structuredClone(section), by(rules))).toEqual(awards);
        const turned = {
          handIns: [...section.handIns].reverse(),
          acts: [...section.acts].reverse(),
          resolved: section.resolved
            .map((unit) => ({ ...unit, readings: [...unit.readings].reverse() }))
            .reverse(),
        };
        expect(inOrder(score(turned, by(rules)))).toEqual(inOrder(awards));
      }),
      RUNS,
    );
  });

  it('tells a coder nothing of others before it is resolved: his awards are made of his own acts alone', () => {
    fc.assert(
      fc.property(arbitrarySection, arbitrarySection, arbitraryRules, (section, others, rules) => {
        for (const { coder: who } of section.handIns) {
          const isOwn = (of: { readonly coder: string }) => of.coder === who;
          const isOther = (of: { readonly coder: string }) => of.coder !== who;
          const elsewhere = {
            handIns: [...section.handIns.filter(isOwn), ...others.handIns.filter(isOther)],
            acts: [...section.acts.filter(isOwn), ...others.acts.filter(isOther)],
            resolved: [],
          };
          const own = (awards: readonly Award[]) => awards.filter(isOwn);
          expect(own(score(elsewhere, by(rules)))).toEqual(
            own(score({ ...section, resolved: [] }, by(rules))),
          );
        }
      }),
      RUNS,
    );
  });

  it('gives whoever was rightly alone at least what it gives a majority that was right', () => {
    const probability = fc.double({ min: 0.5, max: 1, noNaN: true });
    fc.assert(
      fc.property(probability, probability, arbitraryRules, (alone, together, rules) => {
        const lone = sum(score(letter([he('new', alone)]), by(rules)), CY);
        const common = sum(score(letter([he('inspector', together)]), by(rules)), ANN);
        expect(lone).toBeGreaterThanOrEqual(common);
      }),
      RUNS,
    );
  });

  it('does not ask how many gave the same reading, only how probable it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), arbitraryRules, (probability, rules) => {
        const alone = { ...he('inspector', probability) };
        const readings = alone.readings.map((reading) => ({
          ...reading,
          annotators: reading.annotators.filter((annotator) => annotator === ANN),
        }));
        const support = (unit: ResolvedUnit) =>
          score(letter([unit]), by(rules)).find(
            (award) => award.coder === ANN && award.reason.kind === 'support',
          )?.points;
        expect(support({ ...alone, readings })).toBe(support(alone));
      }),
      RUNS,
    );
  });

  it('makes it pay to say “sure” exactly from the break-even on', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), arbitraryRules, (p, { support }) => {
        const expected = ({ right, wrong }: { right: number; wrong: number }) => p * right + (1 - p) * wrong;
        const edge = expected(support.sure) - expected(support.unsure);
        if (Math.abs(p - breakEvenOf(support)) > 1e-9) expect(edge > 0).toBe(p > breakEvenOf(support));
      }),
      RUNS,
    );
  });
});

describe('scoring rules', () => {
  it('of every project begin with ones in which “sure” pays from three in four', () => {
    expect(scoringRulesSchema.parse(FIRST_SCORING_RULES)).toEqual(FIRST_SCORING_RULES);
    expect(breakEvenOf(FIRST_SCORING_RULES.support)).toBeCloseTo(0.75, 12);
  });

  it.each<[string, Partial<ScoringRules>]>([
    [
      'doubt that earns more than knowing',
      { support: { sure: { right: 80, wrong: 0 }, unsure: { right: 90, wrong: 30 } } },
    ],
    [
      'doubt that never pays',
      { support: { sure: { right: 100, wrong: 29 }, unsure: { right: 31, wrong: 30 } } },
    ],
    ['a lone right answer worth less than a common one', { minority: 49 }],
    ['no first rank', { ranks: [{ from: 10, title: 'Witness' }] }],
    [
      'ranks out of order',
      {
        ranks: [
          { from: 0, title: 'A' },
          { from: 0, title: 'B' },
        ],
      },
    ],
  ])('are refused with %s', (_, change) => {
    expect(scoringRulesSchema.safeParse({ ...FIRST_SCORING_RULES, ...change }).success).toBe(false);
  });
});
