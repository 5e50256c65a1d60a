import type { SideDifference } from '@casebook/contracts';
import { describedDifferences } from './described-differences.ts';
import { DIFFERENCE_KINDS } from './difference-kinds.ts';
import type { DifferenceKind } from './difference-kinds.ts';
import type { Pairing, PhrasePair } from './pairing.ts';
import { classOf, inWords } from './said.ts';
import type { NumberedSide } from './said.ts';
import type { Asked, SidePhrase } from './side.ts';

interface Difference extends SideDifference {
  readonly kind: DifferenceKind;
}

interface Sides {
  readonly a: NumberedSide;
  readonly b: NumberedSide;
}

const ORDER = new Map<string, number>(DIFFERENCE_KINDS.map(({ id }, place) => [id, place]));

/** Everything that two annotations of a document differ in, in reading order. */
export function differencesOf(
  sides: Sides,
  pairing: Pairing,
  asked: Asked,
  tokenAt: (place: number) => string,
): readonly Difference[] {
  const before = { a: linksOf(sides.a), b: linksOf(sides.b) };
  const both = pairing.pairs.filter(
    (pair) => classOf(sides.a, pair.a) === 'names' && classOf(sides.b, pair.b) === 'names',
  );
  const say = (kind: DifferenceKind, pair: PhrasePair, extra?: Partial<Marks>): Difference => ({
    kind,
    phrase: pair.a.unit.text,
    at: Math.min(startOf(pair.a), startOf(pair.b)),
    words: {
      a: inWords(sides.a, pair.a, before.a.get(pair.a.key) ?? null),
      b: inWords(sides.b, pair.b, before.b.get(pair.b.key) ?? null),
    },
    marks: { a: [pair.a.key, ...(extra?.a ?? [])], b: [pair.b.key, ...(extra?.b ?? [])] },
  });
  const pluralsApart = new Set(both.filter((pair) => differInParts(sides, pair)));
  const linkable = both.filter((pair) => !pluralsApart.has(pair));
  const found = [
    ...linkDifferences(sides, both, pluralsApart, before, say),
    ...pairing.pairs
      .filter((pair) => classOf(sides.a, pair.a) !== classOf(sides.b, pair.b))
      .map((pair) => say('class', pair)),
    ...pairing.pairs.filter((pair) => differInProperty(sides, pair)).map((pair) => say('property', pair)),
    ...[...pluralsApart].map((pair) => say('plural', pair)),
    ...pairing.pairs
      .filter(({ sameWords }) => !sameWords)
      .map((pair): Difference => ({
        ...say('span', pair),
        words: { a: `“${pair.a.unit.text}”`, b: `“${pair.b.unit.text}”` },
      })),
    ...describedDifferences(sides, pairing.pairs, tokenAt).map(({ kind, pair, words }): Difference => ({
      ...say(kind, pair),
      words,
    })),
    ...pairing.onlyA.map((phrase) => alone('a', sides.a, phrase, before.a, asked)),
    ...pairing.onlyB.map((phrase) => alone('b', sides.b, phrase, before.b, asked)),
    ...splits('split-b', sides, linkable),
    ...splits('split-a', sides, linkable),
  ];
  return found.sort(asListed);
}

/** Orders differences as they are met in reading, those of one phrase by their kinds. */
export function asListed(one: SideDifference, other: SideDifference): number {
  return (
    one.at - other.at ||
    (ORDER.get(one.kind) ?? 0) - (ORDER.get(other.kind) ?? 0) ||
    compare(JSON.stringify(one.marks), JSON.stringify(other.marks))
  );
}

interface Marks {
  readonly a: readonly string[];
  readonly b: readonly string[];
}

/** Each phrase with the one before it in its chain. */
function linksOf(side: NumberedSide): ReadonlyMap<string, SidePhrase> {
  const latest = new Map<string, SidePhrase>();
  const links = new Map<string, SidePhrase>();
  for (const phrase of side.phrases) {
    const chain = side.chainOf(phrase.key);
    if (chain === null) continue;
    const before = latest.get(chain);
    if (before !== undefined) links.set(phrase.key, before);
    latest.set(chain, phrase);
  }
  return links;
}

/**
 * A link is one side's alone where the phrase goes on an entity there and no phrase before it is with it on both: for
 * each entity, one less than the pieces that the other side has it in.
 */
function linkDifferences(
  { a, b }: Sides,
  both: readonly PhrasePair[],
  apart: ReadonlySet<PhrasePair>,
  before: { readonly a: ReadonlyMap<string, SidePhrase>; readonly b: ReadonlyMap<string, SidePhrase> },
  say: (kind: DifferenceKind, pair: PhrasePair, extra?: Partial<Marks>) => Difference,
): Difference[] {
  const met = { a: new Set<string>(), b: new Set<string>(), both: new Set<string>() };
  return both.flatMap((pair) => {
    const [chainA, chainB] = [a.chainOf(pair.a.key) ?? '', b.chainOf(pair.b.key) ?? ''];
    const together = JSON.stringify([chainA, chainB]);
    const agreed = met.both.has(together);
    const goesOn = { a: met.a.has(chainA), b: met.b.has(chainB) };
    met.a.add(chainA);
    met.b.add(chainB);
    met.both.add(together);
    if (agreed || apart.has(pair)) return [];
    const extra = {
      a: keyOf(before.a.get(pair.a.key)),
      b: keyOf(before.b.get(pair.b.key)),
    };
    return [
      ...(goesOn.a ? [say('link-a', pair, extra)] : []),
      ...(goesOn.b ? [say('link-b', pair, extra)] : []),
    ];
  });
}

function keyOf(phrase: SidePhrase | undefined): string[] {
  return phrase === undefined ? [] : [phrase.key];
}

/** Whether several are named together on one side or both, and not the same ones. */
function differInParts({ a, b }: Sides, pair: PhrasePair): boolean {
  const [ofA, ofB] = [severalOf(a, pair.a), severalOf(b, pair.b)];
  if (ofA === null && ofB === null) return false;
  return ofA === null || ofB === null || !sameTargets(a, ofA, b, ofB);
}

/** What a phrase is said to name together, where it is that phrase of which it is said. */
function severalOf(side: NumberedSide, { key, answer }: SidePhrase): readonly string[] | null {
  if (answer?.kind !== 'old' || answer.antecedents.length < 2) return null;
  return side.partNumbers(key).length < 2 ? null : answer.antecedents;
}

function differInProperty({ a, b }: Sides, pair: PhrasePair): boolean {
  const [ofA, ofB] = [pair.a.answer, pair.b.answer];
  return ofA?.kind === 'property' && ofB?.kind === 'property' && !sameTargets(a, ofA.of, b, ofB.of);
}

/** Whether each of either side's targets is the same phrase, or of the same entity, as one of the other's. */
function sameTargets(
  a: NumberedSide,
  ofA: readonly string[],
  b: NumberedSide,
  ofB: readonly string[],
): boolean {
  const same = (one: string, other: string): boolean => {
    const number = a.numberOf(one);
    return a.sharedName(one) === b.sharedName(other) || (number !== null && number === b.numberOf(other));
  };
  return (
    ofA.every((one) => ofB.some((other) => same(one, other))) &&
    ofB.every((other) => ofA.some((one) => same(one, other)))
  );
}

function alone(
  which: 'a' | 'b',
  side: NumberedSide,
  phrase: SidePhrase,
  before: ReadonlyMap<string, SidePhrase>,
  asked: Asked,
): Difference {
  const own = inWords(side, phrase, before.get(phrase.key) ?? null);
  const none = asked === 'whole document' ? 'not marked' : 'not answered';
  return {
    kind: `only-${which}`,
    phrase: phrase.unit.text,
    at: startOf(phrase),
    words: which === 'a' ? { a: own, b: none } : { a: none, b: own },
    marks: which === 'a' ? { a: [phrase.key], b: [] } : { a: [], b: [phrase.key] },
  };
}

/**
 * Entities of one side that are several on the other: two or more there have most of their phrases from it. A phrase
 * that is merely in another entity splits none.
 */
function splits(kind: 'split-a' | 'split-b', sides: Sides, both: readonly PhrasePair[]): Difference[] {
  const whole = kind === 'split-b' ? 'a' : 'b';
  const cut = kind === 'split-b' ? 'b' : 'a';
  const numberOf = (side: 'a' | 'b', pair: PhrasePair): number => sides[side].numberOf(pair[side].key) ?? 0;
  const entities = Map.groupBy(both, (pair) => numberOf(whole, pair));
  const sizes = Map.groupBy(both, (pair) => numberOf(cut, pair));
  return Array.from(entities).flatMap(([entity, pairs]): Difference[] => {
    const pieces = Array.from(Map.groupBy(pairs, (pair) => numberOf(cut, pair)));
    const mostlyOfIt = pieces.filter(([number, of]) => 2 * of.length > (sizes.get(number)?.length ?? 0));
    const [first] = pairs;
    if (first === undefined || mostlyOfIt.length < 2) return [];
    const one = `entity ${entity}, ${pairs.length} phrases`;
    const several = `entities ${pieces.map(([number, of]) => `${number} (${of.length})`).join(', ')}`;
    return [
      {
        kind,
        phrase: first[whole].unit.text,
        at: startOf(first[whole]),
        words: whole === 'a' ? { a: one, b: several } : { a: several, b: one },
        marks: { a: pairs.map(({ a }) => a.key), b: pairs.map(({ b }) => b.key) },
      },
    ];
  });
}

function startOf({ unit }: SidePhrase): number {
  return unit.ranges[0]?.[0] ?? 0;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
