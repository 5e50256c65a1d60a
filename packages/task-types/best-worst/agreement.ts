import { bestWorstReliability, krippendorffsAlpha, studyFromRows } from '@casebook/agreement';
import type { BestWorst, Study, StudyRow } from '@casebook/agreement';
import type { AgreementView, MemberId } from '@casebook/contracts';
import { agreementOfAll, codersOf, everyPair, kappaOfPair, measure, shown } from '../agreement-view.ts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import type { BestWorstAnswer, BestWorstUnit } from './contract.ts';

type Coding = CodedUnit<BestWorstUnit, BestWorstAnswer>;
interface Choice extends Coding {
  readonly answer: Extract<BestWorstAnswer, { kind: 'best-worst' }>;
}

/** Splits that the reliability is the mean of, as Kiritchenko & Mohammad (2017) have it. */
const SPLITS = 100;

/** Agreement of choices; who does not know a word has made none. */
export function bestWorstAgreement(
  codings: readonly Coding[],
  request: AgreementRequest,
): readonly AgreementView[] {
  const choices = codings.flatMap((coding): Choice[] => {
    const { answer } = coding;
    return answer.kind === 'best-worst' ? [{ ...coding, answer }] : [];
  });
  const coders = codersOf(choices);
  const asRows = (valueOf: (choice: Choice) => number): StudyRow[] =>
    choices.map((choice) => ({ unit: choice.unitId, coder: choice.coder, value: String(valueOf(choice)) }));
  return [
    view({
      id: 'best',
      title: 'The most similar pair',
      explanation: 'The same pair of a tuple was chosen as the most similar.',
      rows: asRows(({ answer }) => answer.best),
      ...{ coders, request },
    }),
    view({
      id: 'worst',
      title: 'The least similar pair',
      explanation: 'The same pair of a tuple was chosen as the least similar.',
      rows: asRows(({ answer }) => answer.worst),
      ...{ coders, request },
    }),
    view({
      id: 'orderings',
      title: 'Orderings of two pairs',
      explanation:
        'A choice puts the best pair above every other and every other above the worst: of four pairs, five of the six orderings of two. What stands between is missing. Intervals are drawn over tuples, since orderings of one tuple go together.',
      rows: choices.flatMap(orderingsOf),
      ...{ coders, request },
    }),
    reliability(choices, coders, request),
  ];
}

interface Compared {
  readonly id: string;
  readonly title: string;
  readonly explanation: string;
  readonly rows: readonly StudyRow[];
  readonly coders: readonly MemberId[];
  readonly request: AgreementRequest;
}

function view({ id, title, explanation, rows, coders, request }: Compared): AgreementView {
  const study = coders.length < 2 ? null : studyFromRows(rows, { scale: 'nominal' });
  const clusterOf = study === null ? [] : clustersOf(study);
  return {
    id,
    title,
    explanation,
    coders: [...coders],
    units: study?.units.length ?? rows.length,
    ratings: rows.length,
    measures: [
      measure('percent-agreement', 'Percent agreement', study, agreementOfAll),
      measure('alpha-nominal', 'Krippendorff’s alpha, nominal', study, (of) =>
        krippendorffsAlpha(of, { metric: 'nominal', interval: { method: 'bca', clusterOf, ...request } }),
      ),
    ],
    pairs:
      study === null
        ? []
        : everyPair(coders, (pair) => [
            { measure: 'cohens-kappa', estimate: shown(kappaOfPair(study, pair)) },
          ]),
  };
}

const UNIT_AND_TWO = ' of ';

/** What a choice says of every two pairs: whether the one shown earlier is the more similar. */
function orderingsOf({ unitId, unit, coder, answer: { best, worst } }: Choice): StudyRow[] {
  const rankOf = (place: number): number => (place === best ? 0 : place === worst ? 2 : 1);
  return unit.pairs.flatMap((_, before) =>
    unit.pairs.slice(before + 1).flatMap((__, after): StudyRow[] => {
      const first = before + 1;
      const second = first + after + 1;
      const difference = rankOf(second) - rankOf(first);
      if (difference === 0) return [];
      return [
        {
          unit: `${first} ${second}${UNIT_AND_TWO}${unitId}`,
          coder,
          value: difference > 0 ? 'earlier' : 'later',
        },
      ];
    }),
  );
}

/** The tuple that each unit of a study stands in; units that are tuples stand in themselves. */
function clustersOf({ units }: Study): number[] {
  const numbers = new Map<string, number>();
  return units.map((unit) => {
    const tuple = unit.slice(unit.lastIndexOf(UNIT_AND_TWO) + 1);
    const known = numbers.get(tuple) ?? numbers.size;
    numbers.set(tuple, known);
    return known;
  });
}

function reliability(
  choices: readonly Choice[],
  coders: readonly MemberId[],
  { seed }: AgreementRequest,
): AgreementView {
  const judgements = choices.map(judgementOf);
  const found = bestWorstReliability(judgements, { splits: SPLITS, seed });
  const whyNoInterval = `the mean over ${SPLITS} splits of the same answers; their spread is no interval`;
  const of = (figure: 'spearman' | 'spearmanBrown') =>
    found.kind === 'undefined'
      ? { kind: 'undefined' as const, reason: found.reason }
      : {
          kind: 'value' as const,
          value: found[figure],
          interval: null,
          whyNoInterval,
          units: found.items,
          ratings: found.judgements,
        };
  return {
    id: 'scores',
    title: 'Scores of pairs',
    explanation:
      'The answers to each tuple are divided in two halves at random, each half is counted into scores of the pairs, and the two are correlated by rank, over and over (Kiritchenko & Mohammad 2017).',
    coders: [...coders],
    units: new Set(choices.flatMap(({ unit }) => unit.pairs.map(({ id }) => id))).size,
    ratings: choices.length,
    measures: [
      {
        id: 'split-half',
        title: 'Split-half reliability',
        meaning: 'Of scores from half of the answers, as it is reported in the literature.',
        estimate: of('spearman'),
      },
      {
        id: 'split-half-spearman-brown',
        title: 'Split-half reliability, Spearman–Brown',
        meaning: 'Stepped up to what scores from all of the answers can be relied on.',
        estimate: of('spearmanBrown'),
      },
    ],
    pairs: [],
  };
}

/** A choice as the statistics package counts it, its pairs by the items that they come from. */
function judgementOf({ unitId, unit, coder, answer }: Choice): BestWorst & { readonly tuple: string } {
  const items = unit.pairs.map(({ id }) => id);
  const at = (place: number): string => items[place - 1] ?? '';
  return { tuple: unitId, items, best: at(answer.best), worst: at(answer.worst), coder };
}
