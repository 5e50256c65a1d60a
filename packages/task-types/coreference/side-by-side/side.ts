import { textOfMention } from '@casebook/contracts';
import type { DocumentContent } from '@casebook/contracts';
import type { CodedUnit } from '../../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit, EitherAnswer, EitherUnit } from '../contract.ts';
import { asRead as mentionsAsRead } from '../document-editor/partition.ts';
import { annotationOf, phraseCodings, phraseKeys } from '../document-readings.ts';
import { passesAmong, phrasesAmong } from '../kinds.ts';
import { chainsByCoder } from '../own-chains.ts';
import type { OwnChains } from '../own-chains.ts';
import { asRead } from '../reading-order.ts';
import { describedIn } from './described.ts';
import type { Described } from './described.ts';

/** A phrase with what one side says of it; null where it was marked and nothing was said of it. */
export interface SidePhrase {
  readonly key: string;
  readonly unit: CoreferenceUnit;
  readonly answer: CoreferenceAnswer | null;
}

/** What one side makes of a document. */
export interface Side {
  /** In reading order. */
  readonly phrases: readonly SidePhrase[];
  /** Entities are named by the phrase that their chain begins with. */
  readonly chainOf: (key: string) => string | null;
  /** The entities that a phrase names together with others; empty where it names one or none. */
  readonly partsOf: (key: string) => readonly string[];
  /** Null for phrases that were answered one by one, where nothing of the kind is asked. */
  readonly describedAs: (key: string) => Described | null;
}

/** Phrases of either side that the other never had are known to be such where everyone marks his own. */
export type Asked = 'phrase by phrase' | 'whole document';

type Coding = CodedUnit<EitherUnit, EitherAnswer>;

/** Whether two annotations are passes over a whole document. */
export function askedFor(codings: readonly Coding[]): Asked {
  return passesAmong(codings).length > 0 ? 'whole document' : 'phrase by phrase';
}

/**
 * One coder's answers to the units of a document, or his pass over it, as one kind of thing. In a pass a phrase is
 * known by the words that it covers.
 *
 * @throws Error where a pass cannot be replayed; none such is stored.
 */
export function sideOf(codings: readonly Coding[], document: DocumentContent): Side {
  const passes = passesAmong(codings);
  const answered = [...phrasesAmong(codings), ...phraseCodings(passes)];
  const described = new Map<string, Described>();
  const open = passes.flatMap((pass) => {
    const annotation = annotationOf(pass);
    const mentions = mentionsAsRead(annotation);
    const keys = phraseKeys(mentions);
    for (const [key, of] of describedIn(annotation, (id) => keys.get(id) ?? id)) described.set(key, of);
    return mentions.map(({ id, ranges }) => ({ key: keys.get(id) ?? id, ranges }));
  });
  const phrases = new Map<string, SidePhrase>(
    open.map(({ key, ranges }) => [key, { key, unit: unitOver(ranges, document), answer: null }]),
  );
  for (const { key, unit, answer } of answered)
    phrases.set(key, { key, unit: phrases.get(key)?.unit ?? unit, answer });
  const ordered = [...phrases.values()].sort(asRead);
  const [first] = answered;
  const chains: OwnChains | undefined =
    first === undefined
      ? undefined
      : chainsByCoder(
          ordered.map(({ key }) => key),
          answered,
        ).get(first.coder);
  const own = new Set(phrases.keys());
  const nameOf = (chain: readonly string[]): string | null =>
    chain.find((key) => own.has(key)) ?? chain[0] ?? null;
  return {
    phrases: ordered,
    chainOf: (key) => nameOf(chains?.chainOf(key) ?? []),
    partsOf: (key) => chains?.calledUpBy(key).parts.flatMap((part) => nameOf(part) ?? []) ?? [],
    describedAs: (key) => described.get(key) ?? null,
  };
}

function unitOver(
  ranges: readonly (readonly [number, number])[],
  { tokens }: DocumentContent,
): CoreferenceUnit {
  const copied = ranges.map(([start, end]): [number, number] => [start, end]);
  return { ranges: copied, text: textOfMention(tokens, { ranges: copied }) };
}
