import type { CoderPairDocuments } from '@casebook/agreement';
import type { ItemId, MemberId } from '@casebook/contracts';
import type { CodedUnit } from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import type { PassCoding } from './document-readings.ts';
import { chainsByCoder } from './own-chains.ts';
import { asRead } from './reading-order.ts';

type Coding = CodedUnit<CoreferenceUnit, CoreferenceAnswer>;

/** Phrase → the phrase that its chain begins with; null where it names nothing. */
type Judged = ReadonlyMap<string, string | null>;

interface PairChains extends CoderPairDocuments {
  readonly coders: readonly [MemberId, MemberId];
}

/**
 * The chains of every two coders, document by document. Coders who were asked phrase by phrase are compared over the
 * phrases that both judged: their chains are cut down to these, and documents without any are left out. Coders who
 * passed over whole documents are compared with all that each marked.
 */
export function chainsOfPairs(
  codings: readonly Coding[],
  passes: readonly PassCoding[],
  coders: readonly MemberId[],
): readonly PairChains[] {
  const documents = judgedByDocument(codings, passes);
  const passed = new Set(passes.map(({ itemId }) => itemId));
  return coders.flatMap((first, index) =>
    coders.slice(index + 1).map((second) => ({
      coders: [first, second] as const,
      documents: documents.flatMap(({ id, byCoder }) => {
        const [one, other] = [byCoder.get(first), byCoder.get(second)];
        if (one === undefined || other === undefined) return [];
        if (passed.has(id)) return [{ id, key: chainsAmong(one), response: chainsAmong(other) }];
        const shared = (key: string): boolean => one.has(key) && other.has(key);
        if (![...one.keys()].some(shared)) return [];
        return [{ id, key: chainsAmong(one, shared), response: chainsAmong(other, shared) }];
      }),
    })),
  );
}

interface JudgedDocument {
  readonly id: ItemId;
  readonly byCoder: ReadonlyMap<MemberId, Judged>;
}

function judgedByDocument(codings: readonly Coding[], passes: readonly PassCoding[]): JudgedDocument[] {
  const ofItem = Map.groupBy(codings, ({ itemId }) => itemId);
  const passesOf = Map.groupBy(passes, ({ itemId }) => itemId);
  return [...new Set([...ofItem.keys(), ...passesOf.keys()])].sort().map((id) => {
    const ordered = [...(ofItem.get(id) ?? [])].sort(asRead);
    const chainsOf = chainsByCoder([...new Set(ordered.map(({ key }) => key))], ordered);
    // Who passed over a document and marked nothing has still been there.
    const byCoder = new Map<MemberId, Map<string, string | null>>(
      (passesOf.get(id) ?? []).map(({ coder }) => [coder, new Map<string, string | null>()]),
    );
    for (const { coder, key } of ordered) {
      const own = byCoder.get(coder) ?? new Map<string, string | null>();
      own.set(key, chainsOf.get(coder)?.chainOf(key)[0] ?? null);
      byCoder.set(coder, own);
    }
    return { id, byCoder };
  });
}

function chainsAmong(judged: Judged, counts: (key: string) => boolean = () => true): string[][] {
  const chains = new Map<string, string[]>();
  for (const [key, chain] of judged) {
    if (chain === null || !counts(key)) continue;
    const own = chains.get(chain);
    if (own === undefined) chains.set(chain, [key]);
    else own.push(key);
  }
  return [...chains.values()];
}
