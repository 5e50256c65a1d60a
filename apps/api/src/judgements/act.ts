import type { Act } from '@casebook/contracts';
import { actSchema } from '@casebook/contracts';

/** An act as the columns of a judgement hold it. */
export interface StoredAct {
  readonly act: 'answer' | 'skip' | 'withdrawal';
  readonly answer: unknown;
  readonly skipReason: string | null;
}

/** What a stored judgement did, in the contract's shape. */
export function actOf(row: StoredAct): Act {
  switch (row.act) {
    case 'answer':
      return actSchema.parse({ kind: 'answer', answer: row.answer });
    case 'skip':
      return actSchema.parse({ kind: 'skip', reason: row.skipReason });
    case 'withdrawal':
      return { kind: 'withdrawal' };
  }
}
