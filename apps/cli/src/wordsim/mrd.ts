import { minimumRequiredDifference } from '@casebook/agreement';
import type { MrdCall } from './options.ts';

/** What `casebook wordsim mrd --json` prints. */
export function mrdReport({ n, r, rule, p, seed }: MrdCall) {
  const found = minimumRequiredDifference(n, r, { rule, p });
  return found.value === null
    ? { n, r, rule, p, value: null, reason: found.reason, seed }
    : {
        n,
        r,
        rule,
        p,
        value: found.value,
        df: found.df,
        tails: found.tails,
        critical: found.critical,
        reason: null,
        seed,
      };
}

export function mrdText(report: ReturnType<typeof mrdReport>): string {
  const { n, r, rule, p, value } = report;
  if (value === null) return `undefined: ${report.reason}\n`;
  return `${value.toFixed(4)}\n\nthe smallest difference of two models' correlations with ${n} gold scores that is significant at ${p},\nthe models correlating by ${r} with each other (${rule}: ${report.tails === 1 ? 'one tail' : 'two tails'}, ${report.df} degrees of freedom)\n`;
}
