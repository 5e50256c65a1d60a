import { MOST_CHOSEN, secondLookRuleSchema, unitIdSchema } from '@casebook/contracts';
import type { SecondLookRule } from '@casebook/contracts';

/** The rule that an address asks for, as the form of this page writes it; what is left out or wrong is as usual. */
export function ruleOf(address: URLSearchParams, usual: SecondLookRule): SecondLookRule {
  const kind = address.get('rule') ?? usual.kind;
  switch (kind) {
    case 'before-version':
      return parsed(
        { kind, version: Number(address.get('version')) },
        usual.kind === kind ? usual : { kind, version: 1 },
      );
    case 'differing': {
      const most = (address.get('most') ?? '20').trim();
      const usually = { kind, by: 'disagreement', least: 0, most: 20 } as const;
      return parsed(
        {
          kind,
          by: address.get('by') ?? usually.by,
          least: Number(address.get('least') ?? 0),
          most: most === '' ? null : Math.min(MOST_CHOSEN, Number(most)),
        },
        usually,
      );
    }
    case 'asked-about': {
      const bearing = address.get('bearing') ?? 'questions';
      const decision = Number(/^decision-(\d+)$/u.exec(bearing)?.[1] ?? 0);
      return parsed(
        { kind, decided: bearing !== 'questions', decision: decision === 0 ? null : decision },
        { kind, decided: false, decision: null },
      );
    }
    case 'by-hand': {
      const unitIds = address.getAll('unit').flatMap((id) => unitIdSchema.safeParse(id).data ?? []);
      return parsed(
        { kind, unitIds: [...new Set(unitIds)].slice(0, MOST_CHOSEN), numbers: address.get('numbers') ?? '' },
        { kind, unitIds: [], numbers: '' },
      );
    }
    default:
      return usual;
  }
}

function parsed(candidate: unknown, otherwise: SecondLookRule): SecondLookRule {
  return secondLookRuleSchema.safeParse(candidate).data ?? otherwise;
}
