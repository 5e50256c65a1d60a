import type { Badge, CaseBoard, ScoringRules } from '@casebook/contracts';

interface Calibration {
  readonly answers: number;
  /** The mean probability of the readings that these answers gave; null without any. */
  readonly right: number | null;
}

/** What one coder has done and earned in a project so far. */
export interface Merits {
  readonly points: number;
  /** Units and readings in sections that were handed in. */
  readonly judged: number;
  readonly handedIn: number;
  /** Of answers whose fate is known. */
  readonly sure: Calibration;
  readonly unsure: Calibration;
  readonly minority: number;
}

/** The rank that is reached with some points, and the next one. */
export function rankOf(points: number, { ranks }: ScoringRules): Pick<CaseBoard, 'rank' | 'nextRank'> {
  const reached = ranks.filter(({ from }) => from <= points);
  return { rank: reached.at(-1)?.title ?? '', nextRank: ranks[reached.length] ?? null };
}

/** The badges that are earned, with what they are for, in words. */
export function badgesOf(merits: Merits, { badges }: ScoringRules): CaseBoard['badges'] {
  return badges.flatMap((badge) =>
    isEarned(badge, merits) ? [{ title: badge.title, words: badgeInWords(badge) }] : [],
  );
}

function isEarned(badge: Badge, merits: Merits): boolean {
  switch (badge.kind) {
    case 'judged':
      return merits.judged >= badge.from;
    case 'handed-in':
      return merits.handedIn >= badge.from;
    case 'minority':
      return merits.minority >= badge.from;
    case 'sure': {
      const { answers, right } = merits.sure;
      return answers >= badge.from && right !== null && right >= badge.atLeast;
    }
    case 'unsure': {
      const { answers, right } = merits.unsure;
      return answers >= badge.from && right !== null && right <= badge.atMost;
    }
  }
}

function badgeInWords(badge: Badge): string {
  const from = badge.from.toLocaleString('en-GB');
  switch (badge.kind) {
    case 'judged':
      return `${from} units or readings judged`;
    case 'handed-in':
      return `${from} files handed in`;
    case 'minority':
      return badge.from === 1 ? 'right where most were not' : `${from} times right where most were not`;
    case 'sure':
      return `at least ${from} sure answers, ${percent(badge.atLeast)} probable or more on average`;
    case 'unsure':
      return `at least ${from} doubts, about readings ${percent(badge.atMost)} probable or less on average`;
  }
}

const percent = (share: number): string => `${String(Math.round(share * 100))} %`;
