import { CODER_SCORES, coreferenceBetweenCoders } from '@casebook/agreement';
import { memberIdSchema } from '@casebook/contracts';
import type { Comparison, MemberId, SideMark } from '@casebook/contracts';
import { documentOf } from '../../item-content.ts';
import type { CodedUnit, SideBySideRequest } from '../../task-type-server.ts';
import { chainsOfPairs } from '../chains-of-pairs.ts';
import type { EitherAnswer, EitherUnit } from '../contract.ts';
import { phraseCodings } from '../document-readings.ts';
import { isDocumentUnit } from '../document-unit.ts';
import { passesAmong, phrasesAmong } from '../kinds.ts';
import { shownOverDocuments } from '../over-documents.ts';
import { SCORE_VARIANTS, SCORE_WORDS } from '../score-words.ts';
import { alignedEntities } from './alignment.ts';
import { DIFFERENCE_KINDS } from './difference-kinds.ts';
import { asListed, differencesOf } from './differences.ts';
import { pairedPhrases } from './pairing.ts';
import { labelOf, numberedSides } from './said.ts';
import type { NumberedSide } from './said.ts';
import { askedFor, sideOf } from './side.ts';

type Request = SideBySideRequest<EitherUnit, EitherAnswer>;
type Coding = CodedUnit<EitherUnit, EitherAnswer>;

// Sides are told apart by these alone, since one may be no coder at all.
const A = memberIdSchema.parse('00000000-0000-7000-8000-00000000000a');
const B = memberIdSchema.parse('00000000-0000-7000-8000-00000000000b');

/**
 * Holds two annotations of one document against each other: phrases of both under one numbering of entities, all that
 * they differ in, and the scores of one against the other, as agreement gives them for all documents. What is compared
 * is which phrases there are, their class, and whom they name; of passes also heads, bridges, names and types of entities.
 *
 * It takes no side: with sides exchanged, it says the same with sides exchanged.
 */
export function comparedSideBySide(request: Request): Comparison {
  const { a, b } = request;
  // Of several best alignments one must be chosen; by the answers, so that the order of sides has no part in it.
  const turned = JSON.stringify(b.map(saidOf)) < JSON.stringify(a.map(saidOf));
  return turned ? exchanged(compared({ ...request, a: b, b: a })) : compared(request);
}

function saidOf({ key, answer }: Request['a'][number]): unknown {
  return [key, answer];
}

function compared({ item, units, a, b }: Request): Comparison {
  const document = documentOf(item);
  const ofA = a.map((coding): Coding => ({ ...coding, coder: A }));
  const ofB = b.map((coding): Coding => ({ ...coding, coder: B }));
  const texts = new Map(
    units.flatMap(({ key, content }) => (isDocumentUnit(content) ? [] : [[key, content.text] as const])),
  );
  const asked = askedFor([...ofA, ...ofB]);
  const [sideA, sideB] = [sideOf(ofA, document), sideOf(ofB, document)];
  const pairing = pairedPhrases(sideA, sideB, asked);
  const alignment = alignedEntities(sideA, sideB, pairing);
  const sides = numberedSides(sideA, sideB, pairing, alignment, {
    asked,
    textOf: (key) => texts.get(key) ?? null,
  });
  const differences = differencesOf(sides, pairing, asked, (place) => document.tokens[place]?.text ?? '');
  return {
    marks: { a: marksOf(sides.a), b: marksOf(sides.b) },
    phrases: { a: sideA.phrases.length, b: sideB.phrases.length, both: pairing.pairs.length },
    entities: alignment.entities,
    kinds: DIFFERENCE_KINDS.map(({ id, title, meaning }) => ({
      ...{ id, title, meaning },
      count: differences.filter(({ kind }) => kind === id).length,
    })),
    differences: [...differences],
    figures: figuresOf([...ofA, ...ofB]),
  };
}

function marksOf(side: NumberedSide): SideMark[] {
  return side.phrases.map((phrase) => ({
    id: phrase.key,
    ranges: phrase.unit.ranges.map(([start, end]): [number, number] => [start, end]),
    entity: side.numberOf(phrase.key),
    label: labelOf(side, phrase),
  }));
}

function figuresOf(codings: readonly Coding[]): Comparison['figures'] {
  const passes = passesAmong(codings);
  const phrases = [...phrasesAmong(codings), ...phraseCodings(passes)];
  const coders: readonly MemberId[] = [A, B];
  const pairs = chainsOfPairs(phrases, passes, coders);
  return SCORE_VARIANTS.map(({ id, said, singletons }) => {
    const [pair] = coreferenceBetweenCoders(pairs, { singletons }).pairs;
    return {
      id,
      title: said,
      measures: CODER_SCORES.flatMap((score) =>
        pair === undefined
          ? []
          : [{ id: score, ...SCORE_WORDS[score], estimate: shownOverDocuments(pair.scores[score], 1) }],
      ),
    };
  });
}

/** A comparison as it is with its sides exchanged. */
function exchanged({ marks, phrases, entities, kinds, differences, figures }: Comparison): Comparison {
  const opposite = new Map<string, string>(DIFFERENCE_KINDS.map(({ id, opposite: other }) => [id, other]));
  return {
    figures,
    marks: { a: marks.b, b: marks.a },
    phrases: { ...phrases, a: phrases.b, b: phrases.a },
    entities: { ...entities, a: entities.b, b: entities.a },
    kinds: kinds.map((kind) => ({
      ...kind,
      count: kinds.find(({ id }) => id === opposite.get(kind.id))?.count ?? 0,
    })),
    differences: differences
      .map((difference) => ({
        ...difference,
        kind: opposite.get(difference.kind) ?? difference.kind,
        words: { a: difference.words.b, b: difference.words.a },
        marks: { a: difference.marks.b, b: difference.marks.a },
      }))
      .sort(asListed),
  };
}
