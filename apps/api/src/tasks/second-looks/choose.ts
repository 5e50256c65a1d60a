import type { SecondLookRule, UnitId } from '@casebook/contracts';

/** A unit of the first look, with what the rule goes by. */
export interface Candidate {
  readonly unitId: UnitId;
  readonly itemId: string;
  /** Its place in the text or list, from 1. */
  readonly number: number;
  /** Old judgements, disagreement, uncertainty or questions; null where it was named by hand. */
  readonly weight: number | null;
}

/**
 * The units that a rule chooses among its candidates, in the order of the text or list. Where the worst are wanted and
 * several are equally bad, those that come first are taken.
 */
export function choose(rule: SecondLookRule, candidates: readonly Candidate[]): Candidate[] {
  const inOrder = [...candidates].sort((one, other) => one.number - other.number);
  switch (rule.kind) {
    case 'by-hand':
      return inOrder;
    case 'before-version':
    case 'asked-about':
      return inOrder.filter(({ weight }) => (weight ?? 0) > 0);
    case 'differing': {
      const bad = inOrder.filter(({ weight }) => (weight ?? 0) > 0 && (weight ?? 0) >= rule.least);
      if (rule.most === null) return bad;
      const worst = bad.toSorted((one, other) => (other.weight ?? 0) - (one.weight ?? 0)).slice(0, rule.most);
      return worst.sort((one, other) => one.number - other.number);
    }
  }
}
