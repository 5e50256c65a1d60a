import type { SecondLookRule } from '@casebook/contracts';
import { counted } from '@casebook/ui';

/** What a rule chooses, to follow “Looked at again: ”. */
export function ruleInWords(rule: SecondLookRule): string {
  switch (rule.kind) {
    case 'before-version':
      return `what was judged before version ${rule.version} of the guidelines`;
    case 'differing': {
      const what = rule.by === 'disagreement' ? 'disagreement' : 'uncertainty';
      const many = rule.most === null ? 'all units' : `the ${counted(rule.most, 'unit')}`;
      const least = rule.least === 0 ? '' : ` of ${String(rule.least)} or more`;
      return rule.most === null
        ? `${many} with ${what}${least === '' ? ' at all' : least}`
        : `${many} with most ${what}${least === '' ? '' : `,${least}`}`;
    }
    case 'asked-about':
      if (rule.decision !== null) return `what decision ${rule.decision} bears on`;
      return rule.decided ? 'what a decision bears on' : 'what coders asked about';
    case 'by-hand':
      return 'units named by hand';
  }
}
