import { posteriorOfKnownAccuracies } from '@casebook/agreement';
import type { Vote } from '@casebook/agreement';
import type { MemberId, UnitId } from '@casebook/contracts';
import type { CodedUnit, ConferenceRule, Reading, UnitReadings } from '@casebook/task-types/server';

/** An answer that counts towards what becomes of a unit, an annotator's or one that a validator gave instead. */
export interface CountedAnswer extends CodedUnit<unknown, unknown> {
  readonly judgementId: string;
  readonly stage: 'annotation' | 'validation';
  /** Of a person outside the project. */
  readonly outside?: true;
  /** What the coder was worth on training and hidden gold when answering; null where that was not known. */
  readonly rating: number | null;
}

/** What a validator thought of the answer of one judgement. */
export interface CountedValidation {
  readonly unitId: UnitId;
  readonly judgementId: string;
  readonly coder: MemberId;
  readonly verdict: 'agree' | 'disagree' | 'unsure';
  readonly rating: number | null;
}

/** A reading with its support and its probability. */
export interface WeighedReading {
  readonly key: string;
  readonly answer: unknown;
  readonly probability: number;
  /** The annotators who gave it. */
  readonly annotators: readonly MemberId[];
  /** Validators who agreed with it where it was shown. */
  readonly agreed: readonly MemberId[];
  /** Validators who disagreed with it where it was shown. */
  readonly disagreed: readonly MemberId[];
  /** Validators who gave it as their own answer. */
  readonly gaveInstead: readonly MemberId[];
  /** A judgement that gave it: the earliest that still stands. */
  readonly judgementId: string;
}

export interface Outcome {
  readonly unitId: UnitId;
  readonly state: 'agreed' | 'settled' | 'disputed' | 'unanswered';
  /** 1 − the probability of the most probable reading; 1 where there is none. */
  readonly uncertainty: number;
  /** The most probable first; of equals the better supported, then by key. */
  readonly readings: readonly WeighedReading[];
}

/** Of a coder of whom nothing is known: experts are right more often than not, and not always. */
export const ACCURACY = 0.8;
/** However well somebody did on gold, one vote never settles a unit, and none counts for the opposite. */
export const LEAST = 0.55;
export const MOST = 0.95;
/** Where no conference sets it. */
export const CERTAINTY = 0.95;

const accuracyOf = (rating: number | null): number =>
  rating === null ? ACCURACY : Math.min(MOST, Math.max(LEAST, rating));

/**
 * What has become of the units of a section, from the readings of their whole items. Everybody has one vote a unit:
 * an annotator for the reading of his answer; a validator for what he agreed with, else for what he answered instead.
 * A validation of an answer that its coder has replaced since counts for nothing, as that reading stands no longer
 * with him. Which readings are the same is the task type's to say (`readings`), of these same answers.
 *
 * Probabilities are those of `posteriorOfKnownAccuracies`, accuracies being the ratings kept with the answers.
 * A unit on which annotators differ is disputed until it has been validated as the rule wants, and then as long as
 * no reading is certain enough; without a rule the annotators' votes decide alone. The only reading is agreed on
 * where more annotators gave it than passed the unit over, which `skips` counts.
 */
export function outcomesOf(
  units: readonly UnitId[],
  readings: readonly UnitReadings<unknown>[],
  answers: readonly CountedAnswer[],
  validations: readonly CountedValidation[],
  rule: ConferenceRule | null,
  skips: ReadonlyMap<UnitId, number> = new Map(),
): Outcome[] {
  const readingsOf = new Map(readings.map((of) => [of.unitId, of.readings]));
  const answersOf = Map.groupBy(answers, ({ unitId }) => unitId);
  const validationsOf = Map.groupBy(validations, ({ unitId }) => unitId);
  return units.map((unitId) => {
    const of = readingsOf.get(unitId) ?? [];
    const weighed = weigh(of, answersOf.get(unitId) ?? [], validationsOf.get(unitId) ?? []);
    const uncertainty = 1 - (weighed[0]?.probability ?? 0);
    const state = stateOf(weighed, uncertainty, rule, skips.get(unitId) ?? 0);
    return { unitId, state, uncertainty, readings: weighed };
  });
}

/** Somebody's vote on a unit; its candidates are places in the list of readings. */
export interface CodersVote extends Vote {
  readonly coder: MemberId;
  readonly stage: CountedAnswer['stage'];
  readonly rating: number | null;
}

/** The votes on one unit: annotators', then validators' in the order of their first verdicts. */
export function votesOn(
  readings: readonly Reading<unknown>[],
  answers: readonly CountedAnswer[],
  validations: readonly CountedValidation[],
): CodersVote[] {
  const { placeOfCoder, placeOfJudgement } = placesAmong(readings, answers);
  const votes: CodersVote[] = answers
    .filter(({ stage }) => stage === 'annotation')
    .flatMap(({ coder, stage, rating }) => {
      const place = placeOfCoder.get(coder);
      return place === undefined
        ? []
        : [{ coder, stage, rating, candidates: [place], accuracy: accuracyOf(rating) }];
    });
  for (const [coder, verdicts] of Map.groupBy(validations, (validation) => validation.coder)) {
    const agreed = verdicts.flatMap(({ verdict, judgementId }) => {
      const place = verdict === 'agree' ? placeOfJudgement.get(judgementId) : undefined;
      return place === undefined ? [] : [place];
    });
    const own = answers.find((answer) => answer.coder === coder && answer.stage === 'validation');
    const instead = own === undefined ? undefined : placeOfCoder.get(coder);
    const candidates = agreed.length > 0 ? agreed : instead === undefined ? [] : [instead];
    const rating = verdicts[0]?.rating ?? null;
    votes.push({ coder, stage: 'validation', rating, candidates, accuracy: accuracyOf(rating) });
  }
  return votes;
}

/** In which of the readings, counted from 0, a coder stands, and a judgement. */
function placesAmong(
  readings: readonly Reading<unknown>[],
  answers: readonly CountedAnswer[],
): {
  readonly placeOfCoder: ReadonlyMap<MemberId, number>;
  readonly placeOfJudgement: ReadonlyMap<string, number>;
} {
  const placeOfCoder = new Map(
    readings.flatMap(({ coders }, place) => coders.map((coder) => [coder, place] as const)),
  );
  const placeOfJudgement = new Map(
    answers.flatMap(({ judgementId, coder }) => {
      const place = placeOfCoder.get(coder);
      return place === undefined ? [] : [[judgementId, place] as const];
    }),
  );
  return { placeOfCoder, placeOfJudgement };
}

/** The readings of one unit by all votes on it, the most probable first; of equals the better supported, then by key. */
export function weigh(
  readings: readonly Reading<unknown>[],
  answers: readonly CountedAnswer[],
  validations: readonly CountedValidation[],
): WeighedReading[] {
  const { placeOfCoder, placeOfJudgement } = placesAmong(readings, answers);
  const votes = votesOn(readings, answers, validations);
  const probabilities = posteriorOfKnownAccuracies(readings.length, votes);
  const sayingOf = (place: number, verdict: CountedValidation['verdict']): MemberId[] =>
    validations
      .filter(
        (validation) =>
          validation.verdict === verdict && placeOfJudgement.get(validation.judgementId) === place,
      )
      .map(({ coder }) => coder)
      .sort();
  const gaveIt = (place: number, stage: CountedAnswer['stage']): CountedAnswer[] =>
    answers.filter((answer) => answer.stage === stage && placeOfCoder.get(answer.coder) === place);
  return readings
    .map(({ key, answer }, place) => ({
      key,
      answer,
      probability: probabilities[place] ?? 0,
      annotators: gaveIt(place, 'annotation')
        .map(({ coder }) => coder)
        .sort(),
      agreed: sayingOf(place, 'agree'),
      disagreed: sayingOf(place, 'disagree'),
      gaveInstead: gaveIt(place, 'validation')
        .map(({ coder }) => coder)
        .sort(),
      judgementId: answers
        .filter(({ coder }) => placeOfCoder.get(coder) === place)
        .reduce((first, { judgementId }) => (first === '' || judgementId < first ? judgementId : first), ''),
    }))
    .sort((one, other) => other.probability - one.probability);
}

function stateOf(
  readings: readonly WeighedReading[],
  uncertainty: number,
  rule: ConferenceRule | null,
  skips: number,
): Outcome['state'] {
  const differing = readings.filter(({ annotators }) => annotators.length > 0);
  if (readings.length === 0) return 'unanswered';
  const [only, second] = readings;
  if (
    differing.length === 1 &&
    second === undefined &&
    only !== undefined &&
    only.annotators.length > skips
  ) {
    return 'agreed';
  }
  const certain = uncertainty <= 1 - (rule?.certainty ?? CERTAINTY);
  return certain && (rule === null || isValidated(readings, rule)) ? 'settled' : 'disputed';
}

/** Whether as many validators as wanted have had their say on what the annotators read. */
function isValidated(readings: readonly WeighedReading[], rule: ConferenceRule): boolean {
  const validators = new Set(readings.flatMap(({ agreed, disagreed }) => [...agreed, ...disagreed]));
  return validators.size >= rule.validations;
}
