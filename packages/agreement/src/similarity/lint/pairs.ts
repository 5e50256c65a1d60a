import { type RatedPair, type RatingTable, unorderedKey } from '../ratings/rating-table.ts';
import { counted, type Finding, finding } from './finding.ts';

/** Pairs that stand in the table again, the same way round or reversed, and pairs of a word with itself. */
export function lintPairs({ pairs, gold, ratings }: RatingTable): Finding[] {
  const groups = new Map<string, number[]>();
  for (const [index, pair] of pairs.entries()) {
    const key = unorderedKey(pair);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  const findings: Finding[] = [];
  for (const group of groups.values()) {
    const [first, ...again] = group;
    if (first === undefined || again.length === 0) continue;
    const own = pairs[first];
    const reversed = again.some((index) => sameWords(own, pairs[index]) === 'reversed');
    const scores = group.map((index) => gold?.[index] ?? null);
    const known = scores.filter((score) => score !== null);
    const differs = new Set(known).size > 1;
    const tags = new Set(group.map((index) => pairs[index]?.partOfSpeech ?? ''));
    findings.push(
      finding(
        reversed ? 'reversed-pair' : 'duplicate-pair',
        tags.size > 1 ? 'note' : 'warning',
        group.map((index) => pairs[index]?.line ?? 0),
        `${named(own)} stands ${group.length === 2 ? 'twice' : `${group.length} times`}${reversed ? ', once reversed' : ''}${
          known.length > 1 ? ` with gold ${known.join(' and ')}${differs ? '' : ' each time'}` : ''
        }${tags.size > 1 ? ', as different parts of speech' : '; such pairs count double in every correlation'}`,
      ),
    );
  }
  return [...findings, ...identicalWords(pairs, gold, ratings)];
}

function identicalWords(
  pairs: readonly RatedPair[],
  gold: RatingTable['gold'],
  ratings: RatingTable['ratings'],
): Finding[] {
  const same = pairs.flatMap(({ word1, word2 }, index) =>
    word1.toLowerCase() === word2.toLowerCase() ? [index] : [],
  );
  if (same.length === 0) return [];
  const [first] = same;
  const score = first === undefined ? null : (gold?.[first] ?? ratings[first]?.[0] ?? null);
  return [
    finding(
      'identical-words',
      'note',
      same.map((index) => pairs[index]?.line ?? 0),
      `${counted(same.length, 'pair')} of a word with itself (${named(pairs[first ?? 0])}${
        score === null ? '' : `, ${score}`
      }): every model gives them cosine 1, so they flatter all`,
    ),
  ];
}

function sameWords(one: RatedPair | undefined, other: RatedPair | undefined): 'same' | 'reversed' {
  return one?.word1.toLowerCase() === other?.word1.toLowerCase() ? 'same' : 'reversed';
}

function named(pair: RatedPair | undefined): string {
  return `${pair?.word1 ?? ''}–${pair?.word2 ?? ''}`;
}
