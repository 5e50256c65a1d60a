import type { Explanation, ScoringRules } from '@casebook/contracts';

type Unit = Explanation['units'][number];
type Award = Explanation['awards'][number];

const SMALL = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const inWords = (count: number): string => SMALL[count] ?? String(count);

/** What became of a unit: `three of four took it like this: the same as “Lestrade”`. */
export function outcomeInWords(unit: Unit): string {
  switch (unit.state) {
    case 'unanswered':
      return 'nobody answered it';
    case 'open':
      return 'lies with the adjudicator';
    case 'decided':
      return unit.decision === null ? '' : decisionInWords(unit.label, unit.decision);
    case 'agreed':
      return `all of one mind: ${unit.readings[0]?.words ?? ''}`;
    case 'settled': {
      const upheld = unit.readings.filter((reading) => reading.upheld);
      return upheld
        .map(
          ({ annotators, words }) =>
            `${inWords(annotators)} of ${inWords(unit.annotators)} took it so: ${words}`,
        )
        .join('; ');
    }
  }
}

/** What the bench took a phrase for, and why: `the bench took “he” so: the same as “Lestrade”, because “…”`. */
export function decisionInWords(label: string, decision: NonNullable<Unit['decision']>): string {
  const words = decision.words.join('; and ');
  const took =
    decision.kind === 'decide'
      ? `the bench took “${label}” so: ${words}`
      : `the bench let ${inWords(decision.words.length)} readings of “${label}” stand: ${words}`;
  return decision.reason === null ? took : `${took}, because “${decision.reason}”`;
}

/** Who stands for and against a reading, in numbers. */
export function standingInWords(
  { annotators, agreed, disagreed, upheld }: Unit['readings'][number],
  unit: Pick<Unit, 'annotators' | 'validators'>,
): string {
  const parts = [`${inWords(annotators)} of ${inWords(unit.annotators)} who annotated it`];
  if (unit.validators > 0) {
    parts.push(`${inWords(agreed)} of ${inWords(unit.validators)} agreed on seeing it`);
    if (disagreed > 0) parts.push(`${inWords(disagreed)} disagreed`);
  }
  return `${parts.join(', ')}${upheld ? '; upheld' : ''}`;
}

/**
 * What was earned and for what, with all that it takes to reckon it again: `+84 for an answer that was unsure, worth 90
 * if right and 30 if wrong: its reading is 90.0 % probable`. What an adjudicator decided is upheld or not. `rules` are
 * those of the award's version.
 */
export function reasonInWords(
  { points, reason, stage }: Award,
  rules: ScoringRules,
  isDecided = false,
): string {
  const earned = points === 0 ? 'nothing' : `+${points.toLocaleString('en-GB')}`;
  switch (reason.kind) {
    case 'coverage': {
      const each = stage === 'annotation' ? rules.coverage.annotated : rules.coverage.validated;
      return `${earned} for ${String(reason.judged)} ${stage === 'annotation' ? 'judged' : 'readings validated'}, ${String(each)} each`;
    }
    case 'handed-in':
      return `${earned} for handing the file in`;
    case 'support': {
      const { right, wrong } = rules.support[reason.confidence];
      const given = stage === 'annotation' ? `an answer that was ${reason.confidence}` : 'your verdict';
      const fate = isDecided
        ? fateBeforeTheBench(reason.probability)
        : `its reading is ${(100 * reason.probability).toFixed(1)} % probable`;
      return `${earned} for ${given}, worth ${String(right)} if right and ${String(wrong)} if wrong: ${fate}`;
    }
    case 'minority':
      return `${earned} because only ${inWords(reason.gaveIt)} of ${inWords(reason.of)} read it so, and it was upheld`;
    case 'explained':
      return `${earned} for a disagreement that you explained and that was upheld`;
  }
}

/** By which rules all of it was earned: `by version 2 of the rules`. */
export function versionsInWords(awards: readonly Award[]): string {
  const versions = [...new Set(awards.map(({ ruleVersion }) => ruleVersion))].sort(
    (one, other) => one - other,
  );
  if (versions.length === 0) return '';
  return `by version${versions.length === 1 ? '' : 's'} ${versions.join(' and ')} of the rules`;
}

/** With the bench a reading is upheld or falls; a validator may have agreed with one of each. */
function fateBeforeTheBench(probability: number): string {
  if (probability === 1) return 'the bench upheld its reading';
  return probability === 0 ? 'the bench did not uphold its reading' : 'the bench upheld part of it';
}
