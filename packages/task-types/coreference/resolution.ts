import type { CoreferenceAnswer } from './contract.ts';
import type { CalledUp, OwnChains } from './own-chains.ts';
import { nearest } from './reference-entities.ts';
import type { ReferenceEntities } from './reference-entities.ts';
import { pointedAt } from './words.ts';

/** An answer with the chains of the coder who gave it; null where nobody's chains stand behind it. */
export interface Said {
  readonly answer: CoreferenceAnswer;
  readonly chains: OwnChains | null;
}

/** What an answer comes to. Answers of one markable are the same where their keys are. */
export interface Meaning {
  readonly key: string;
  /** The same, said by the nearest mention of every entity. */
  readonly answer: CoreferenceAnswer;
  readonly entities: readonly string[];
  /** Entities that nothing named before, with the phrases that were pointed at. */
  readonly opened: readonly Opened[];
}

interface Opened {
  readonly entity: string;
  readonly mentions: readonly string[];
}

/** An antecedent outside the reference entities, and the coder's chain around it so far, which overlaps none of them. */
interface Outside {
  readonly antecedent: string;
  readonly chain: readonly string[];
}

/**
 * Resolves the answers to the markable `key`. They are taken together because antecedents outside all reference entities
 * mean the same new entity where the chains around them share a phrase that comes before: the markable itself stands
 * in the chains of all who point back from it.
 */
export function resolveTogether(
  key: string,
  said: readonly Said[],
  reference: ReferenceEntities,
  placeOf: (key: string) => number,
): Meaning[] {
  const outside: Outside[] = [];
  const partly = said.map(({ answer, chains }) => {
    const entities = new Set<string>();
    const loose: string[] = [];
    for (const antecedent of pointedAt(answer)) {
      const called = chains?.calledUpBy(antecedent) ?? { own: [antecedent], parts: [] };
      const inside = insideOf(antecedent, called, reference);
      for (const entity of inside ?? []) entities.add(entity);
      if (inside !== null) continue;
      loose.push(antecedent);
      const before = called.own.filter((phrase) => placeOf(phrase) < placeOf(key));
      outside.push({ antecedent, chain: [antecedent, ...before] });
    }
    return { answer, entities, loose };
  });
  const opened = openEntities(outside, placeOf);
  return partly.map(({ answer, entities, loose }) => {
    const own = new Set(loose.flatMap((antecedent) => opened.get(antecedent) ?? []));
    for (const { entity } of own) entities.add(entity);
    return meaningOf(answer.kind, [...entities].sort(), [...own], reference, placeOf);
  });
}

function insideOf(
  antecedent: string,
  called: CalledUp,
  reference: ReferenceEntities,
): readonly string[] | null {
  const named = reference.namedBy(antecedent) ?? reference.largestOverlap(called.own);
  if (named !== null || called.parts.length === 0) return named;
  const parts = called.parts.map((part) => reference.largestOverlap(part));
  return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
}

/** Joins chains that share a phrase, however far around; an entity is named by its nearest antecedent. */
function openEntities(
  outside: readonly Outside[],
  placeOf: (key: string) => number,
): ReadonlyMap<string, Opened> {
  let joined: { antecedents: Set<string>; phrases: Set<string> }[] = [];
  for (const { antecedent, chain } of outside) {
    const whole = { antecedents: new Set([antecedent]), phrases: new Set(chain) };
    const touching = joined.filter(({ phrases }) => chain.some((phrase) => phrases.has(phrase)));
    for (const other of touching) {
      for (const phrase of other.phrases) whole.phrases.add(phrase);
      for (const key of other.antecedents) whole.antecedents.add(key);
    }
    joined = [...joined.filter((other) => !touching.includes(other)), whole];
  }
  const entities = new Map<string, Opened>();
  for (const { antecedents } of joined) {
    const mentions = [...antecedents].sort();
    const opened = { entity: nearest(mentions, placeOf) ?? '', mentions };
    for (const antecedent of antecedents) entities.set(antecedent, opened);
  }
  return entities;
}

function meaningOf(
  kind: CoreferenceAnswer['kind'],
  entities: readonly string[],
  opened: readonly Opened[],
  reference: ReferenceEntities,
  placeOf: (key: string) => number,
): Meaning {
  const keys = entities
    .map((entity) => reference.nearestMention(entity))
    .sort((one, other) => placeOf(one) - placeOf(other) || (one < other ? -1 : 1));
  return { key: JSON.stringify([kind, ...entities]), answer: answerOf(kind, keys), entities, opened };
}

function answerOf(kind: CoreferenceAnswer['kind'], keys: string[]): CoreferenceAnswer {
  switch (kind) {
    case 'old':
      return { kind, antecedents: keys };
    case 'property':
      return { kind, of: keys };
    case 'new':
    case 'non-referring':
      return { kind };
  }
}
