import { krippendorffsAlpha, studyFromRows } from '@casebook/agreement';
import type { AgreementView } from '@casebook/contracts';
import { agreementOfAll, codersOf, everyPair, kappaOfPair, measure, shown } from '../agreement-view.ts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import type { SimilarityComparisonAnswer, SimilarityComparisonUnit } from './contract.ts';
import { countTriads, type Decision } from './transitivity.ts';

type Coding = CodedUnit<SimilarityComparisonUnit, SimilarityComparisonAnswer>;

/** Agreement of comparisons; who does not know a word has made none. */
export function comparisonAgreement(
  codings: readonly Coding[],
  request: AgreementRequest,
): readonly AgreementView[] {
  const made = codings.filter(({ answer }) => answer.kind !== 'unknown-word');
  const rows = made.map(({ unitId, coder, answer }) => ({ unit: unitId, coder, value: answer.kind }));
  const coders = codersOf(made);
  const study = coders.length < 2 ? null : studyFromRows(rows, { scale: 'nominal' });
  return [
    {
      id: 'comparison',
      title: 'Comparisons',
      explanation: 'The same of the two was called the more similar, or both the same.',
      coders,
      units: study?.units.length ?? rows.length,
      ratings: rows.length,
      measures: [
        measure('percent-agreement', 'Percent agreement', study, agreementOfAll),
        measure('alpha-nominal', 'Krippendorff’s alpha, nominal', study, (of) =>
          krippendorffsAlpha(of, { metric: 'nominal', interval: { method: 'bca', ...request } }),
        ),
      ],
      pairs:
        study === null
          ? []
          : everyPair(coders, (pair) => [
              { measure: 'cohens-kappa', estimate: shown(kappaOfPair(study, pair)) },
            ]),
    },
    consistency(made, coders),
  ];
}

function consistency(made: readonly Coding[], coders: AgreementView['coders']): AgreementView {
  const decisions = made.flatMap(decisionOf);
  const { closed, circular } = countTriads(decisions);
  return {
    id: 'transitivity',
    title: 'Coders with themselves',
    explanation:
      'Of three pairs that one coder compared each with each, whether the three answers go round in a circle: a over b, b over c, c over a.',
    ofCodersAlone: true,
    coders,
    units: closed,
    ratings: decisions.length,
    measures: [
      {
        id: 'circular-triads',
        title: 'Circular triads',
        meaning:
          'The share of threes that contradict themselves. Answers at random make a quarter of them do so.',
        estimate:
          closed === 0
            ? { kind: 'undefined', reason: 'no coder has compared three pairs each with each' }
            : {
                kind: 'value',
                value: circular / closed,
                interval: null,
                whyNoInterval: 'triads share comparisons, so that no sample of them is independent',
                units: closed,
                ratings: decisions.length,
              },
      },
    ],
    pairs: [],
  };
}

function decisionOf({ coder, unit, answer }: Coding): Decision[] {
  if (answer.kind === 'first') return [{ coder, winner: unit.first.id, loser: unit.second.id }];
  if (answer.kind === 'second') return [{ coder, winner: unit.second.id, loser: unit.first.id }];
  return [];
}
