import type { StudyRow } from '@casebook/agreement';
import type { CodedUnit } from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { chainsByCoder } from './own-chains.ts';
import { asRead } from './reading-order.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;

/**
 * Every answer as the set of phrases in the coder's own chain, itself included (Passonneau 2004); empty where the
 * phrase names nothing. Phrases are named by unit id.
 *
 * While work goes on, coders have read unequally far, and a longer chain would look like disagreement. So the set
 * of a phrase holds only phrases that were judged by everyone who judged this one; once all have judged all, that
 * is the whole chain.
 */
export function chainValues(codings: readonly Coding[]): StudyRow[] {
  const byItem = new Map<string, Coding[]>();
  for (const coding of codings) {
    const ofItem = byItem.get(coding.itemId);
    if (ofItem === undefined) byItem.set(coding.itemId, [coding]);
    else ofItem.push(coding);
  }
  return [...byItem.values()].flatMap(chainValuesOfItem);
}

function chainValuesOfItem(codings: readonly Coding[]): StudyRow[] {
  const ordered = [...codings].sort(asRead);
  const unitIdOf = new Map(ordered.map(({ key, unitId }) => [key, unitId]));
  const codersOf = new Map<string, Set<string>>();
  for (const { coder, key } of ordered) entry(codersOf, key, () => new Set<string>()).add(coder);
  const shared = sharedPhrases(codersOf);
  const chainsOf = chainsByCoder([...unitIdOf.keys()], ordered);
  const sets = new Map<string, readonly string[]>();
  return ordered.map(({ coder, key, unitId }) => {
    const chain = chainsOf.get(coder)?.chainOf(key) ?? [];
    const comparable = shared(key);
    const value = entry(sets, JSON.stringify([coder, chain[0] ?? null, comparable.id]), () =>
      chain.filter((other) => comparable.keys.has(other)).map((other) => unitIdOf.get(other) ?? other),
    );
    return { unit: unitId, coder, value };
  });
}

interface Comparable {
  readonly id: number;
  readonly keys: ReadonlySet<string>;
}

/** For a phrase, those that everyone judged who judged it. */
function sharedPhrases(codersOf: ReadonlyMap<string, ReadonlySet<string>>): (key: string) => Comparable {
  const byCoders = new Map<string, Comparable>();
  return (key) => {
    const coders = [...(codersOf.get(key) ?? [])].sort();
    return entry(byCoders, coders.join(' '), () => ({
      id: byCoders.size,
      keys: new Set(
        Array.from(codersOf)
          .filter(([, others]) => coders.every((coder) => others.has(coder)))
          .map(([other]) => other),
      ),
    }));
  };
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
