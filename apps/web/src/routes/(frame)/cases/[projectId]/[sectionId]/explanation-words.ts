import type { Explanation } from '@casebook/contracts';

type Unit = Explanation['units'][number];
type Award = Explanation['awards'][number];

const SMALL = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const inWords = (count: number): string => SMALL[count] ?? String(count);
const inFigures = (share: number): string => `${String(Math.round(share * 100))} %`;

/** What became of a unit: `three of four took it like this: the same as “Lestrade”`. */
export function outcomeInWords(unit: Unit): string {
  switch (unit.state) {
    case 'unanswered':
      return 'nobody answered it';
    case 'open':
      return 'lies with the adjudicator';
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

/** What was earned and for what: `+84 for an answer marked unsure whose reading is 90 % probable`. */
export function reasonInWords({ points, reason, stage }: Award): string {
  const earned = `+${points.toLocaleString('en-GB')}`;
  switch (reason.kind) {
    case 'coverage':
      return `${earned} for ${String(reason.judged)} ${stage === 'annotation' ? 'judged' : 'readings validated'}`;
    case 'handed-in':
      return `${earned} for handing the file in`;
    case 'support':
      return `${earned} for ${stage === 'annotation' ? `an answer that was ${reason.confidence}` : 'your verdict'}: its reading is ${inFigures(reason.probability)} probable`;
    case 'minority':
      return `${earned} because only ${inWords(reason.gaveIt)} of ${inWords(reason.of)} read it so, and it was upheld`;
    case 'explained':
      return `${earned} for a disagreement that you explained and that was upheld`;
  }
}
