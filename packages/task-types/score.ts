import type { AwardReason, MemberId, ScoringRules, UnitId, WorkStage } from '@casebook/contracts';

/** Scoring rules with the moment from which they hold; the first of a project hold from the beginning of time. */
export interface RulesInForce {
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly rules: ScoringRules;
}

/** Somebody handed a section in, as its annotator or as its validator. */
export interface HandIn {
  readonly coder: MemberId;
  readonly stage: WorkStage;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What one coder did once that counts: a unit answered or skipped, or a verdict on a reading that was shown. */
export interface ScoredAct {
  readonly coder: MemberId;
  readonly unitId: UnitId;
  readonly stage: WorkStage;
  /** Null for a skip, for a verdict, and where the coder was not asked: then it counts as sure. */
  readonly confidence: 'sure' | 'unsure' | null;
  readonly commented: boolean;
}

/** One reading of a unit, with those who stand for and against it. */
interface ReadingToScore {
  readonly probability: number;
  /** Whether it stands in the end: the one that is certain enough, or one that an adjudicator chose or kept. */
  readonly upheld: boolean;
  readonly annotators: readonly MemberId[];
  readonly agreed: readonly MemberId[];
  readonly disagreed: readonly MemberId[];
  readonly gaveInstead: readonly MemberId[];
}

/** A unit that needs nobody’s judgement any more. */
export interface ResolvedUnit {
  readonly unitId: UnitId;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly readings: readonly ReadingToScore[];
}

export interface SectionToScore {
  readonly handIns: readonly HandIn[];
  readonly acts: readonly ScoredAct[];
  /** Empty as long as anybody may be at work on the section, so that nothing of others shows in anybody’s points. */
  readonly resolved: readonly ResolvedUnit[];
}

export interface Award {
  readonly coder: MemberId;
  readonly stage: WorkStage;
  /** Null for what is earned by the section as a whole. */
  readonly unitId: UnitId | null;
  /** A whole number. */
  readonly points: number;
  readonly ruleVersion: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly reason: AwardReason;
}

/**
 * What everybody has earned in a section. Coverage comes with the hand-in and depends on nobody else. What depends on
 * others comes with `resolved`: for each answer points that grow with the probability of the reading it gave, by the
 * stake that goes with the coder’s confidence; more for a reading that fewer gave than another one and that was
 * upheld, and for a disagreement that was explained and upheld. Whoever has not handed the section in earns nothing
 * yet. What is earned is earned by the rules in force at that moment.
 *
 * The same for every order of acts, hand-ins, units and readings. It knows no time spent.
 */
export function score(section: SectionToScore, rules: readonly RulesInForce[]): Award[] {
  return section.handIns.flatMap((handIn) => [
    ...coverage(section, handIn, rulesAt(rules, handIn.at)),
    ...section.resolved.flatMap((unit) =>
      ofUnit(section, handIn, unit, rulesAt(rules, Math.max(unit.at, handIn.at))),
    ),
  ]);
}

/** What a reason earns by some rules. A whole number. */
export function pointsOf(reason: AwardReason, stage: WorkStage, rules: ScoringRules): number {
  switch (reason.kind) {
    case 'coverage':
      return reason.judged * (stage === 'annotation' ? rules.coverage.annotated : rules.coverage.validated);
    case 'handed-in':
      return rules.coverage.handedIn;
    case 'support': {
      const { right, wrong } = rules.support[reason.confidence];
      return Math.round(reason.probability * right + (1 - reason.probability) * wrong);
    }
    case 'minority':
      return rules.minority;
    case 'explained':
      return rules.explained;
  }
}

/** The newest of the rules that were made by a moment. @throws Error where none were. */
function rulesAt(rules: readonly RulesInForce[], at: number): RulesInForce {
  const inForce = rules
    .filter(({ since }) => since <= at)
    .reduce<RulesInForce | undefined>(
      (newest, candidate) =>
        newest === undefined || candidate.version > newest.version ? candidate : newest,
      undefined,
    );
  if (inForce === undefined) throw new Error('a project has scoring rules from its beginning');
  return inForce;
}

function coverage({ acts }: SectionToScore, handIn: HandIn, { version, rules }: RulesInForce): Award[] {
  const { coder, stage, at } = handIn;
  const judged = acts.filter((act) => act.coder === coder && act.stage === stage).length;
  const award = { coder, stage, unitId: null, ruleVersion: version, at };
  const reasons: AwardReason[] = [{ kind: 'coverage', judged }, { kind: 'handed-in' }];
  return reasons.map((reason) => ({ ...award, points: pointsOf(reason, stage, rules), reason }));
}

function ofUnit(
  { acts }: SectionToScore,
  { coder, stage, at }: HandIn,
  unit: ResolvedUnit,
  { version, rules }: RulesInForce,
): Award[] {
  const own = readingsOf(unit, coder, stage);
  if (own.length === 0) return [];
  const ownActs = acts.filter(
    (act) => act.coder === coder && act.stage === stage && act.unitId === unit.unitId,
  );
  const award = {
    coder,
    stage,
    unitId: unit.unitId,
    ruleVersion: version,
    at: Math.max(unit.at, at),
  };
  const confidence = ownActs.some((act) => act.confidence === 'unsure') ? 'unsure' : 'sure';
  const probability = own.reduce((sum, reading) => sum + reading.probability, 0) / own.length;
  const reasons: AwardReason[] = [{ kind: 'support', confidence, probability }];
  const minority = stage === 'annotation' ? upheldMinority(unit, own) : null;
  if (minority !== null) reasons.push(minority);
  const disagreed = stage === 'annotation' ? minority !== null : disagreedRightly(unit, coder);
  if (disagreed && ownActs.some(({ commented }) => commented)) {
    reasons.push({ kind: 'explained' });
  }
  return reasons.map((reason) => ({ ...award, points: pointsOf(reason, stage, rules), reason }));
}

/** What a coder stands for: the reading of his answer; as a validator what he agreed with, else what he gave instead. */
export function readingsOf<Reading extends Pick<ReadingToScore, 'annotators' | 'agreed' | 'gaveInstead'>>(
  { readings }: { readonly readings: readonly Reading[] },
  coder: MemberId,
  stage: WorkStage,
): readonly Reading[] {
  if (stage === 'annotation') return readings.filter(({ annotators }) => annotators.includes(coder));
  const agreed = readings.filter((reading) => reading.agreed.includes(coder));
  return agreed.length > 0 ? agreed : readings.filter(({ gaveInstead }) => gaveInstead.includes(coder));
}

/** Where fewer annotators gave an upheld reading than some other one; null elsewhere. */
function upheldMinority(
  { readings }: ResolvedUnit,
  own: readonly ReadingToScore[],
): Extract<AwardReason, { kind: 'minority' }> | null {
  const gaveIt = Math.max(...own.map(({ annotators }) => annotators.length));
  if (!own.every(({ upheld }) => upheld)) return null;
  if (!readings.some(({ annotators }) => annotators.length > gaveIt)) return null;
  const of = readings.reduce((sum, { annotators }) => sum + annotators.length, 0);
  return { kind: 'minority', gaveIt, of };
}

/** Whether a validator disagreed with a reading that fell, and with none that stands. */
function disagreedRightly({ readings }: ResolvedUnit, coder: MemberId): boolean {
  const against = readings.filter(({ disagreed }) => disagreed.includes(coder));
  return against.length > 0 && against.every(({ upheld }) => !upheld);
}
