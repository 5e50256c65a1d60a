import type { EntitiesSoFar, Entity } from './entities.ts';

/** A markable before the one in question, as it can be found and pointed at. */
export interface EarlierMention {
  readonly key: string;
  /** The phrase as it is read. */
  readonly text: string;
  /** Token ranges, half open. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Something that a phrase may be said to be, or to describe. */
export type Candidate =
  | {
      readonly kind: 'entity';
      readonly id: string;
      readonly entity: Entity;
      /** Its first mention. */
      readonly name: string;
      /** Another of its mentions, where that is the one found. */
      readonly alias: string | null;
      /** The mention that an answer points at: the nearest before the phrase in question. */
      readonly antecedent: string;
    }
  | { readonly kind: 'mention'; readonly id: string; readonly name: string; readonly antecedent: string };

/** Letters as they are compared: without case, accents, vowel points, and kinds of apostrophe. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’ʼ`´]/gu, "'")
    .toLowerCase()
    .trim();
}

const foldedTexts = new WeakMap<EarlierMention, string>();

/** A mention's letters as they are compared, worked out once: a document's mentions outlive many questions. */
function foldedTextOf(mention: EarlierMention): string {
  const known = foldedTexts.get(mention);
  if (known !== undefined) return known;
  const text = folded(mention.text);
  foldedTexts.set(mention, text);
  return text;
}

/** How well a phrase fits what was typed: 0 the whole phrase, 1 its beginning, 2 a word's beginning, 3 anywhere. */
function fit(phrase: string, query: string): number | null {
  if (phrase === query) return 0;
  const at = phrase.indexOf(query);
  if (at === -1) return null;
  if (at === 0) return 1;
  return new RegExp(`[^\\p{L}\\p{N}]${escaped(query)}`, 'u').test(phrase) ? 2 : 3;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
}

/**
 * What can be chosen before the phrase in question: the entities named so far and the earlier phrases that name
 * none. Built once a question, asked once a keystroke.
 */
export class Finder {
  readonly #candidates: readonly {
    candidate: Candidate;
    mentions: readonly EarlierMention[];
    latest: number;
  }[];

  /** `earlier` in reading order; `question` the ranges of the phrase in question. */
  constructor(
    earlier: readonly EarlierMention[],
    so: EntitiesSoFar,
    question: readonly (readonly [number, number])[],
  ) {
    const places = new Map(earlier.map((mention, place) => [mention.key, { mention, place }]));
    const entities = so.entities.flatMap((entity) => {
      const found = entity.mentions.flatMap((key) => places.get(key) ?? []);
      const first = found[0];
      const nearest = found.findLast(({ mention }) => !overlap(mention.ranges, question)) ?? found.at(-1);
      if (first === undefined || nearest === undefined) return [];
      const name = first.mention.text;
      const candidate: Candidate = {
        kind: 'entity',
        id: `entity-${entity.root}`,
        entity,
        name,
        alias: null,
        antecedent: nearest.mention.key,
      };
      return [{ candidate, mentions: found.map(({ mention }) => mention), latest: found.at(-1)?.place ?? 0 }];
    });
    const others = earlier.flatMap((mention, place) => {
      const named = so.named(mention.key);
      if (named.length === 1) return [];
      const candidate: Candidate = {
        kind: 'mention',
        id: `mention-${mention.key}`,
        name: mention.text,
        antecedent: mention.key,
      };
      return [{ candidate, mentions: [mention], latest: place }];
    });
    this.#candidates = [
      ...entities.sort((one, other) => other.latest - one.latest),
      ...others.sort((one, other) => other.latest - one.latest),
    ];
  }

  /** The entity that is on the key with this number. */
  numbered(number: number): Candidate | null {
    const found = this.#candidates.find(
      ({ candidate }) => candidate.kind === 'entity' && candidate.entity.number === number,
    );
    return found?.candidate ?? null;
  }

  /**
   * Candidates whose phrases hold what was typed, the best fit first and among equals the latest named. Digits find
   * the entities whose number begins with them, then phrases. Nothing typed: everything, entities before others.
   */
  find(query: string, limit = Number.POSITIVE_INFINITY): readonly Candidate[] {
    const wanted = folded(query);
    if (wanted === '') return this.#candidates.slice(0, limit).map(({ candidate }) => candidate);
    const found: { candidate: Candidate; rank: number }[] = [];
    for (const { candidate, mentions } of this.#candidates) {
      const rank = rankByNumber(candidate, wanted);
      const best = bestMention(mentions, wanted);
      if (rank !== null) found.push({ candidate, rank });
      else if (best !== null) found.push({ candidate: withAlias(candidate, best.text), rank: best.rank });
    }
    // Sorting is stable, so equals keep the order of the list: the latest named first.
    return found
      .sort((one, other) => one.rank - other.rank)
      .slice(0, limit)
      .map(({ candidate }) => candidate);
  }
}

function rankByNumber(candidate: Candidate, wanted: string): number | null {
  if (candidate.kind !== 'entity' || !/^\d+$/u.test(wanted)) return null;
  const number = String(candidate.entity.number);
  if (number === wanted) return -2;
  return number.startsWith(wanted) ? -1 : null;
}

function bestMention(
  mentions: readonly EarlierMention[],
  wanted: string,
): { text: string; rank: number } | null {
  let best: { text: string; rank: number } | null = null;
  for (const mention of mentions) {
    const rank = fit(foldedTextOf(mention), wanted);
    if (rank !== null && (best === null || rank < best.rank)) best = { text: mention.text, rank };
  }
  return best;
}

function withAlias(candidate: Candidate, phrase: string): Candidate {
  if (candidate.kind === 'mention' || folded(phrase) === folded(candidate.name)) return candidate;
  return { ...candidate, alias: phrase };
}

function overlap(
  one: readonly (readonly [number, number])[],
  other: readonly (readonly [number, number])[],
): boolean {
  return one.some(([start, end]) => other.some(([from, to]) => start < to && from < end));
}

/**
 * What digits typed so far mean where entities are numbered 1 to `entities`: `pick` where no more digit could
 * follow, `wait` where one could, `none` where there is no such entity.
 */
export function meaningOfDigits(
  digits: string,
  entities: number,
): { readonly kind: 'pick' | 'wait'; readonly number: number } | { readonly kind: 'none' } {
  if (!/^[1-9]\d*$/u.test(digits)) return { kind: 'none' };
  const number = Number(digits);
  if (number > entities) return { kind: 'none' };
  return { kind: number * 10 > entities ? 'pick' : 'wait', number };
}
