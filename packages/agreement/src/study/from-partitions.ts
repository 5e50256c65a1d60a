import { type StudyRow, studyFromRows } from './from-rows.ts';
import { StudyError } from './study-error.ts';
import { type Study } from './study.ts';

/** One coder's partition of the mentions he marked into chains. */
export interface Partition {
  readonly coder: string;
  /** Mentions by chain; a mention stands in one chain only. */
  readonly chains: readonly (readonly string[])[];
}

export interface PartitionOptions {
  /** Whether a mention belongs to its own value; true unless stated. */
  readonly includeSelf?: boolean;
}

/**
 * A study of coreference chains: every mention is a unit, and the value that a coder gives it is the set
 * of mentions in its chain (Passonneau 2004). A mention that a coder did not mark is missing. Compare the
 * sets by MASI, Passonneau, Jaccard or Dice.
 *
 * Throws StudyError where a coder puts one mention into two chains.
 */
export function studyFromPartitions(partitions: readonly Partition[], options: PartitionOptions = {}): Study {
  const includeSelf = options.includeSelf ?? true;
  const rows: StudyRow[] = [];
  for (const { coder, chains } of partitions) {
    const placed = new Set<string>();
    for (const chain of chains) {
      for (const mention of chain) {
        if (placed.has(mention)) {
          throw new StudyError('duplicate', `Coder "${coder}" put the mention "${mention}" into two chains.`);
        }
        placed.add(mention);
        rows.push({
          unit: mention,
          coder,
          value: includeSelf ? chain : chain.filter((other) => other !== mention),
        });
      }
    }
  }
  return studyFromRows(rows, { scale: 'sets' });
}
