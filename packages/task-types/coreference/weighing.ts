import type { CodedUnit, Weighing } from '../task-type-server.ts';
import { CLASSES } from './classes.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { mentionPairReadings } from './mention-pair-readings.ts';

/** Answers that are looked at in all rounds together: fitting a large task again and again would hold up its figures. */
const MOST_ANSWERS = 150_000;
const MOST_ROUNDS = 10;

/**
 * The readings of a task weighed by the mention-pair model, with partial pooling: a task has few coders, and each gives
 * few answers of the rarer kinds. Large tasks stop before the readings have settled, and say so.
 */
export function weighCoreference(
  codings: readonly CodedUnit<CoreferenceUnit, CoreferenceAnswer>[],
): Weighing<CoreferenceAnswer> {
  if (codings.length === 0) return { units: [], coders: [], rounds: 0, settled: true };
  const documents = [...Map.groupBy(codings, ({ itemId }) => itemId).values()];
  const most = Math.min(MOST_ROUNDS, Math.max(1, Math.floor(MOST_ANSWERS / codings.length)));
  const weighed = mentionPairReadings(documents, 'partial', most);
  const given = Map.groupBy(codings, ({ coder }) => coder);
  return {
    units: weighed.documents.flat().map(({ unitId, readings }) => ({ unitId, readings })),
    coders: [...weighed.coders]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([coder, profiles]) => ({
        coder,
        classes: CLASSES.flatMap(({ kind, title }) => {
          const profile = profiles[kind];
          const answers = (given.get(coder) ?? []).filter(({ answer }) => answer.kind === kind).length;
          return profile === undefined ? [] : [{ title, answers, ...profile }];
        }),
      })),
    rounds: weighed.rounds,
    settled: weighed.settled,
  };
}
