import type { SecondLookRule } from '@casebook/contracts';

/** What a rule chooses, to follow “Looked at again: ”. */
export function ruleInWords(rule: SecondLookRule): string {
  switch (rule.kind) {
    case 'before-version':
      return `what was judged before version ${rule.version} of the guidelines`;
    case 'differing': {
      if (rule.most === null) {
        return rule.least === 0
          ? `all units with ${rule.by} at all`
          : `all units with ${rule.by} of ${String(rule.least)} or more`;
      }
      const worst = rule.most === 1 ? 'the unit' : `the ${rule.most.toLocaleString('en-GB')} units`;
      return `${worst} with most ${rule.by}${rule.least === 0 ? '' : `, of ${String(rule.least)} or more`}`;
    }
    case 'asked-about':
      if (rule.decision !== null) return `what decision ${rule.decision} bears on`;
      return rule.decided ? 'what a decision bears on' : 'what coders asked about';
    case 'by-hand':
      return 'units named by hand';
  }
}
