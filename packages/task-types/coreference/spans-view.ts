import { alphaUOfDocuments, estimateOfSums } from '@casebook/agreement';
import type { Continuum, Estimate, IntervalOptions, MarkedUnit, Usage } from '@casebook/agreement';
import type { AgreementView, MemberId } from '@casebook/contracts';
import { everyPair, ONE_CODER } from '../agreement-view.ts';
import type { AgreementRequest } from '../task-type-server.ts';
import { annotationOf } from './document-readings.ts';
import type { PassCoding } from './document-readings.ts';
import { bootstrapOf, shownOverDocuments } from './over-documents.ts';

type Span = readonly [start: number, end: number];

/** What one coder marked in a document: its phrases by their words, and their stretches of tokens. */
interface Marked {
  readonly coder: MemberId;
  readonly phrases: ReadonlySet<string>;
  readonly spans: readonly Span[];
}

interface MarkedDocument {
  readonly tokens: number;
  readonly marked: readonly Marked[];
}

/** Agreement on which stretches of the text are phrases at all, where coders mark them themselves. */
export function spansView(
  passes: readonly PassCoding[],
  coders: readonly MemberId[],
  request: AgreementRequest,
): AgreementView {
  const documents = markedDocuments(passes);
  const shared = documents.filter(({ marked }) => marked.length > 1);
  const interval = (figure: string): IntervalOptions => bootstrapOf(`spans ${figure}`, 'percentile', request);
  const pairs = coders.flatMap((one, index) => coders.slice(index + 1).map((other) => [one, other] as const));
  const given = passes.some(({ unit }) => unit.start.kind !== 'text');
  const show = (estimate: () => Estimate) =>
    coders.length < 2
      ? ({ kind: 'undefined', reason: ONE_CODER } as const)
      : shownOverDocuments(estimate(), shared.length);
  return {
    id: 'spans',
    title: 'Phrases marked',
    explanation: `Which stretches of the text the coders marked as phrases, whatever they said of them.${
      given
        ? ' Coders began with phrases that were given: those count as marked by everyone who left them, which raises these figures.'
        : ''
    }`,
    coders: [...coders],
    units: documents.reduce((sum, { marked }) => sum + phrasesOf(marked).size, 0),
    ratings: documents.reduce((sum, { marked }) => sum + ratingsOf(marked), 0),
    measures: [
      {
        id: 'span-f1',
        title: 'F1 of spans, exact',
        meaning:
          'Phrases that two coders marked over the very same words, twice, over the phrases of each; the mean over pairs. A phrase that is a word longer counts as another one. Not corrected for chance.',
        estimate: show(() => spanF1(shared, pairs, interval('F1'))),
      },
      {
        id: 'alpha-u',
        title: 'Krippendorff’s alpha for unitizing',
        meaning:
          'Agreement beyond chance on where phrases begin and end, with credit for stretches that overlap. It wants stretches that do not nest, so it sees the outermost phrases only; documents count by their length.',
        estimate: show(() => alphaUOfDocuments(shared.map(continuumOf), interval('alpha'))),
      },
    ],
    pairs: everyPair(coders, (pair) => {
      const both = shared.filter(({ marked }) =>
        pair.every((coder) => marked.some((own) => own.coder === coder)),
      );
      return [
        {
          measure: 'span-f1',
          estimate: shownOverDocuments(spanF1(both, [pair], interval(`F1 ${pair.join(' ')}`)), both.length),
        },
        {
          measure: 'alpha-u',
          estimate: shownOverDocuments(
            alphaUOfDocuments(
              both.map(({ tokens, marked }) =>
                continuumOf({ tokens, marked: marked.filter(({ coder }) => pair.includes(coder)) }),
              ),
              interval(`alpha ${pair.join(' ')}`),
            ),
            both.length,
          ),
        },
      ];
    }),
  };
}

function markedDocuments(passes: readonly PassCoding[]): MarkedDocument[] {
  return [...Map.groupBy(passes, ({ itemId }) => itemId)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, ofItem]) => ({
      tokens: ofItem[0]?.unit.tokens ?? 0,
      marked: ofItem.map((pass) => {
        const mentions = [...annotationOf(pass).mentions.values()];
        return {
          coder: pass.coder,
          phrases: new Set(mentions.map(({ ranges }) => JSON.stringify(ranges))),
          spans: mentions.flatMap(({ ranges }) => ranges),
        };
      }),
    }));
}

function phrasesOf(marked: readonly Marked[]): Set<string> {
  return new Set(marked.flatMap(({ phrases }) => [...phrases]));
}

function ratingsOf(marked: readonly Marked[]): number {
  return marked.reduce((sum, { phrases }) => sum + phrases.size, 0);
}

/** The mean over pairs of coders of 2·both/(one + other), counts summed over documents. */
function spanF1(
  documents: readonly MarkedDocument[],
  pairs: readonly (readonly [MemberId, MemberId])[],
  interval: IntervalOptions,
): Estimate {
  const used: Usage = {
    units: documents.reduce((sum, { marked }) => sum + phrasesOf(marked).size, 0),
    coders: new Set(pairs.flat()).size,
    ratings: documents.reduce((sum, { marked }) => sum + ratingsOf(marked), 0),
    dropped: { units: 0, coders: 0, ratings: 0 },
  };
  return estimateOfSums(
    {
      measure: 'span-f1',
      convention: 'mean over pairs of coders, counts summed over documents',
      rows: documents.map(({ marked }) => {
        const phrases = new Map(marked.map((own) => [own.coder, own.phrases]));
        return pairs.flatMap(([first, second]) => {
          const [one, other] = [phrases.get(first), phrases.get(second)];
          if (one === undefined || other === undefined) return [0, 0];
          return [2 * [...one].filter((phrase) => other.has(phrase)).length, one.size + other.size];
        });
      }),
      evaluate: (sums) => {
        const defined = pairs.flatMap((_, pair) => {
          const all = sums[2 * pair + 1] ?? 0;
          return all === 0 ? [] : [(sums[2 * pair] ?? 0) / all];
        });
        return defined.reduce((sum, f1) => sum + f1, 0) / defined.length;
      },
      reason: documents.length === 0 ? 'no two coders share a document' : 'nothing was marked',
      used,
    },
    interval,
  );
}

function continuumOf({ tokens, marked }: MarkedDocument): Continuum {
  return {
    begin: 0,
    length: tokens,
    coders: marked.map(({ coder }) => coder),
    units: marked.flatMap(({ coder, spans }) =>
      outermost(spans).map(([start, end]): MarkedUnit => ({
        coder,
        category: 'phrase',
        offset: start,
        length: end - start,
      })),
    ),
  };
}

/** The stretches that lie within no other; of two that cross, the one that begins first. */
function outermost(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  let reached = 0;
  for (const span of [...spans].sort(
    ([one, oneEnd], [other, otherEnd]) => one - other || otherEnd - oneEnd,
  )) {
    if (span[0] < reached) continue;
    kept.push(span);
    reached = span[1];
  }
  return kept;
}
