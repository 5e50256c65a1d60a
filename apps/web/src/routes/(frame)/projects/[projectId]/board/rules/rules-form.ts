import type { Badge, ScoringRules } from '@casebook/contracts';

/** Ranks that may be added at a time. */
export const SPARE_RANKS = 1;

/** The share that a badge asks for, in per cent; null where it asks for none. */
export function percentOf(badge: Badge): number | null {
  if (badge.kind === 'sure') return Math.round(badge.atLeast * 100);
  return badge.kind === 'unsure' ? Math.round(badge.atMost * 100) : null;
}

/** What of a badge is a number, in words. */
export function badgeInWords({ kind }: Badge): string {
  switch (kind) {
    case 'judged':
      return 'Units or readings judged';
    case 'handed-in':
      return 'Files handed in';
    case 'minority':
      return 'Times upheld where most read it otherwise';
    case 'sure':
      return 'Sure answers';
    case 'unsure':
      return 'Answers marked unsure';
  }
}

/**
 * The rules as they stand in a form, not checked yet. A rank without a title is left out; ranks stand by what they
 * begin with. Badges keep their kinds and titles.
 */
export function rulesIn(textOf: (field: string) => string, current: ScoringRules): ScoringRules {
  const number = (field: string): number => {
    const written = textOf(field).trim();
    return written === '' ? Number.NaN : Number(written);
  };
  const stake = (confidence: 'sure' | 'unsure') => ({
    right: number(`support.${confidence}.right`),
    wrong: number(`support.${confidence}.wrong`),
  });
  const ranks = Array.from({ length: current.ranks.length + SPARE_RANKS }, (_, place) => ({
    from: number(`ranks.${String(place)}.from`),
    title: textOf(`ranks.${String(place)}.title`).trim(),
  })).filter(({ title }) => title !== '');
  return {
    coverage: {
      annotated: number('coverage.annotated'),
      validated: number('coverage.validated'),
      handedIn: number('coverage.handedIn'),
    },
    support: { sure: stake('sure'), unsure: stake('unsure') },
    minority: number('minority'),
    explained: number('explained'),
    ranks: ranks.sort((one, other) => one.from - other.from),
    badges: current.badges.map((badge, place): Badge => {
      const from = number(`badges.${String(place)}.from`);
      const share = number(`badges.${String(place)}.percent`) / 100;
      if (badge.kind === 'sure') return { ...badge, from, atLeast: share };
      return badge.kind === 'unsure' ? { ...badge, from, atMost: share } : { ...badge, from };
    }),
  };
}

/** What a form shows of some rules, by field. */
export function valuesOf(rules: ScoringRules): Record<string, string> {
  const values: Record<string, string> = {
    'coverage.annotated': String(rules.coverage.annotated),
    'coverage.validated': String(rules.coverage.validated),
    'coverage.handedIn': String(rules.coverage.handedIn),
    'support.sure.right': String(rules.support.sure.right),
    'support.sure.wrong': String(rules.support.sure.wrong),
    'support.unsure.right': String(rules.support.unsure.right),
    'support.unsure.wrong': String(rules.support.unsure.wrong),
    minority: String(rules.minority),
    explained: String(rules.explained),
  };
  for (const [place, { from, title }] of rules.ranks.entries()) {
    values[`ranks.${String(place)}.from`] = String(from);
    values[`ranks.${String(place)}.title`] = title;
  }
  for (const [place, badge] of rules.badges.entries()) {
    const percent = percentOf(badge);
    values[`badges.${String(place)}.from`] = String(badge.from);
    if (percent !== null) values[`badges.${String(place)}.percent`] = String(percent);
  }
  return values;
}
