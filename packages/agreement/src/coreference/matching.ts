import { maximumWeightMatching } from './assignment.ts';
import { type CoreferenceMention, mentionName, type MentionRange, type MentionSpan } from './mention.ts';
import type { Partition } from './partition.ts';

/** When a mention of the response is one of the key. */
export type MentionMatch = 'exact' | 'head' | 'min-span';

/**
 * Key mention → response mention, or −1; one to one.
 *
 * exact: same name. head: mentions left over by exact matching whose head token is the same (CorefUD, Žabokrtský et al.
 * 2022). min-span: mentions left over where both minimum spans are equal (MINA, Moosavi et al. 2019), or, where only
 * one side has one, the other side holds it and does not reach beyond the full mention (MUC-7, ARRAU). Where a mention
 * could match several, the matching with the largest sum of shared tokens (as Dice coefficients) is taken.
 *
 * Throws where head matching meets a mention without head, or either meets a mention that is only a name.
 */
export function matchMentions(
  key: Partition,
  response: Partition,
  match: MentionMatch,
  where: string,
): Int32Array {
  const places = new Map<string, number>();
  for (let place = 0; place < response.names.length; place += 1)
    places.set(response.names[place] ?? '', place);
  const matched = new Int32Array(key.names.length).fill(-1);
  const taken = new Uint8Array(response.names.length);
  for (let place = 0; place < key.names.length; place += 1) {
    const found = places.get(key.names[place] ?? '');
    if (found === undefined) continue;
    matched[place] = found;
    taken[found] = 1;
  }
  if (match === 'exact') return matched;

  const open = key.mentions.flatMap((mention, place) =>
    matched[place] === -1 ? [{ place, span: spanOf(mention, match, `${where}, key`) }] : [],
  );
  const offered = response.mentions.flatMap((mention, place) =>
    taken[place] === 0 ? [{ place, span: spanOf(mention, match, `${where}, response`) }] : [],
  );
  const row: number[] = [];
  const column: number[] = [];
  const weight: number[] = [];
  const consider = (one: number, other: number): void => {
    const wanted = open[one];
    const given = offered[other];
    if (wanted === undefined || given === undefined) return;
    if (match === 'min-span' && !minimumSpansAgree(wanted.span, given.span)) return;
    row.push(one);
    column.push(other);
    weight.push(dice(wanted.span, given.span));
  };
  const byPlace = new Map<number, number[]>();
  for (const [other, { span }] of offered.entries()) {
    for (const token of match === 'head' ? [span.head ?? -1] : tokensOf(span)) {
      const list = byPlace.get(token);
      if (list === undefined) byPlace.set(token, [other]);
      else list.push(other);
    }
  }
  for (const [one, { span }] of open.entries()) {
    const near = new Set(
      (match === 'head' ? [span.head ?? -1] : tokensOf(span)).flatMap((at) => byPlace.get(at) ?? []),
    );
    for (const other of near) consider(one, other);
  }
  const partners = maximumWeightMatching({ rows: open.length, columns: offered.length, row, column, weight });
  for (const [one, { place }] of open.entries()) {
    const partner = offered[partners[one] ?? -1];
    if (partner !== undefined) matched[place] = partner.place;
  }
  return matched;
}

function spanOf(mention: CoreferenceMention, match: MentionMatch, where: string): MentionSpan {
  if (typeof mention === 'string') {
    throw new TypeError(`${where}: mention '${mention}' is only a name; ${match} matching needs its ranges`);
  }
  if (match === 'head' && mention.head === undefined) {
    throw new TypeError(`${where}: mention ${mentionName(mention)} has no head; head matching needs one`);
  }
  return mention;
}

export function tokensOf(span: { readonly ranges: readonly MentionRange[] }): number[] {
  const tokens: number[] = [];
  for (const [start, end] of span.ranges) for (let at = start; at < end; at += 1) tokens.push(at);
  return tokens;
}

function isWithin(inner: readonly MentionRange[], outer: readonly MentionRange[]): boolean {
  const tokens = new Set(tokensOf({ ranges: outer }));
  return tokensOf({ ranges: inner }).every((token) => tokens.has(token));
}

function minimumSpansAgree(one: MentionSpan, other: MentionSpan): boolean {
  if (one.minSpan !== undefined && other.minSpan !== undefined) {
    return mentionName({ ranges: one.minSpan }) === mentionName({ ranges: other.minSpan });
  }
  const [full, part] = one.minSpan === undefined ? [other, one] : [one, other];
  return (
    full.minSpan !== undefined && isWithin(full.minSpan, part.ranges) && isWithin(part.ranges, full.ranges)
  );
}

function dice(one: MentionSpan, other: MentionSpan): number {
  const tokens = new Set(tokensOf(one));
  const others = tokensOf(other);
  const shared = others.filter((token) => tokens.has(token)).length;
  return (2 * shared) / (tokens.size + others.length);
}
