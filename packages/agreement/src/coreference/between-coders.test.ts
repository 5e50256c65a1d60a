import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedGenerator } from '../random.ts';
import { type CoderPairDocuments, CODER_SCORES, coreferenceBetweenCoders } from './between-coders.ts';

type Chains = readonly (readonly string[])[];

/** The measures as their papers define them, counted link by link and phrase by phrase. */
const brute = {
  shared: (one: readonly string[], other: readonly string[]) => one.filter((m) => other.includes(m)).length,
  links: (chain: readonly string[]) =>
    chain.flatMap((m, at) => chain.slice(at + 1).map((n) => [m, n] as const)),
  chainOf: (chains: Chains, mention: string) => chains.find((chain) => chain.includes(mention)),
};

/** Recall's numerator and denominator of `one` against `other`. */
const RECALL: Readonly<
  Record<'mentions' | 'muc' | 'bcub' | 'lea', (one: Chains, other: Chains) => [number, number]>
> = {
  mentions: (one, other) => [one.flat().filter((m) => other.flat().includes(m)).length, one.flat().length],
  muc: (one, other) => [
    one.reduce((sum, chain) => {
      const parts = new Set(chain.map((m) => brute.chainOf(other, m)?.join() ?? `alone ${m}`));
      return sum + chain.length - parts.size;
    }, 0),
    one.reduce((sum, chain) => sum + chain.length - 1, 0),
  ],
  bcub: (one, other) => [
    one
      .flatMap((chain) => chain.map((m) => brute.shared(chain, brute.chainOf(other, m) ?? []) / chain.length))
      .reduce((sum, share) => sum + share, 0),
    one.flat().length,
  ],
  lea: (one, other) => [
    one.reduce((sum, chain) => {
      const [only] = chain;
      if (chain.length === 1) return sum + (other.some((own) => own.length === 1 && own[0] === only) ? 1 : 0);
      const links = brute.links(chain);
      const found = links.filter(([m, n]) => other.some((own) => own.includes(m) && own.includes(n)));
      return sum + (chain.length * found.length) / links.length;
    }, 0),
    one.flat().length,
  ],
};

/** The best one-to-one alignment, by trying all. */
function aligned(
  one: Chains,
  other: Chains,
  worth: (a: readonly string[], b: readonly string[]) => number,
): number {
  const [first, ...rest] = one;
  if (first === undefined) return 0;
  return Math.max(
    aligned(rest, other, worth),
    ...other.map((partner, at) => worth(first, partner) + aligned(rest, other.toSpliced(at, 1), worth)),
  );
}

function f1(found: readonly [number, number], back: readonly [number, number]): number | null {
  if (found[1] === 0 && back[1] === 0) return null;
  const recall = found[1] === 0 ? 0 : found[0] / found[1];
  const precision = back[1] === 0 ? 0 : back[0] / back[1];
  return recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
}

function add(counts: readonly (readonly [number, number])[]): [number, number] {
  return counts.reduce<[number, number]>(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
}

type Documents = readonly { readonly key: Chains; readonly response: Chains }[];

function blancOneWay(documents: Documents): number | null {
  const kinds = (chains: Chains) => {
    const all = brute.links(chains.flat()).map((link) => [...link].sort().join(' '));
    const together = new Set(chains.flatMap(brute.links).map((link) => [...link].sort().join(' ')));
    return { together, apart: new Set(all.filter((link) => !together.has(link))) };
  };
  const sums = (['together', 'apart'] as const).map((kind) => {
    const counts = documents.map(({ key, response }) => {
      const [one, other] = [kinds(key)[kind], kinds(response)[kind]];
      return [[...one].filter((link) => other.has(link)).length, one.size, other.size] as const;
    });
    return counts.reduce<readonly [number, number, number]>(
      ([a, b, c], [x, y, z]) => [a + x, b + y, c + z],
      [0, 0, 0],
    );
  });
  if (sums.every(([, key, response]) => key === 0 && response === 0)) return null;
  const parts = sums
    .filter(([, key]) => key > 0)
    .map(([both, key, response]) => f1([both, key], [both, response]) ?? 0);
  return parts.length === 0 ? 0 : parts.reduce((sum, part) => sum + part, 0) / parts.length;
}

function expectedScores(documents: Documents): Record<(typeof CODER_SCORES)[number], number | null> {
  const simple = (score: keyof typeof RECALL) =>
    f1(
      add(documents.map(({ key, response }) => RECALL[score](key, response))),
      add(documents.map(({ key, response }) => RECALL[score](response, key))),
    );
  const ceaf = (
    worth: (a: readonly string[], b: readonly string[]) => number,
    size: (chains: Chains) => number,
  ) => {
    const best = documents.map(({ key, response }) => aligned(key, response, worth));
    return f1(
      add(documents.map(({ key }, at) => [best[at] ?? 0, size(key)])),
      add(documents.map(({ response }, at) => [best[at] ?? 0, size(response)])),
    );
  };
  const muc = simple('muc');
  const bcub = simple('bcub');
  const ceafe = ceaf(
    (a, b) => (2 * brute.shared(a, b)) / (a.length + b.length),
    (chains) => chains.length,
  );
  const there = blancOneWay(documents);
  const back = blancOneWay(documents.map(({ key, response }) => ({ key: response, response: key })));
  return {
    mentions: simple('mentions'),
    muc,
    bcub,
    ceafm: ceaf(brute.shared, (chains) => chains.flat().length),
    ceafe,
    blanc: there === null || back === null ? null : (there + back) / 2,
    lea: simple('lea'),
    conll: muc === null || bcub === null || ceafe === null ? null : (muc + bcub + ceafe) / 3,
  };
}

/** Up to four entities over some of six phrases. */
const chains: fc.Arbitrary<Chains> = fc
  .array(fc.option(fc.nat({ max: 3 }), { freq: 6 }), { minLength: 6, maxLength: 6 })
  .map((entities) =>
    [0, 1, 2, 3]
      .map((entity) => entities.flatMap((own, at) => (own === entity ? [`m${at}`] : [])))
      .filter((chain) => chain.length > 0),
  );
const documentsOfThree = fc.array(fc.tuple(chains, chains, chains), { minLength: 1, maxLength: 4 });

function pairsOf(documents: readonly (readonly Chains[])[]): CoderPairDocuments[] {
  return (
    [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const
  ).map(([one, other]) => ({
    coders: [`c${one}`, `c${other}`],
    documents: documents.map((coders, at) => ({
      id: `d${at}`,
      key: coders[one] ?? [],
      response: coders[other] ?? [],
    })),
  }));
}

function withoutSingletons({ key, response }: Documents[number]): Documents[number] {
  return {
    key: key.filter(({ length }) => length > 1),
    response: response.filter(({ length }) => length > 1),
  };
}

describe('coreference scores between coders', () => {
  it.each(['keep', 'drop'] as const)(
    'are those counted by hand from links and phrases; singletons: %s',
    (singletons) => {
      fc.assert(
        fc.property(documentsOfThree, (documents) => {
          const pairs = pairsOf(documents);
          const { pairs: scored, mean } = coreferenceBetweenCoders(pairs, { singletons });
          const expected = pairs.map(({ documents: of }) => {
            const plain = of.map(({ key, response }) => ({
              key: key as Chains,
              response: response as Chains,
            }));
            return expectedScores(singletons === 'keep' ? plain : plain.map(withoutSingletons));
          });
          for (const score of CODER_SCORES) {
            const own = expected.map((scores) => scores[score]);
            for (const [place, value] of own.entries()) {
              const estimate = scored[place]?.scores[score].value;
              if (value === null) expect(estimate).toBeNull();
              else expect(estimate).toBeCloseTo(value, 9);
            }
            const defined = own.filter((value) => value !== null);
            const average = defined.reduce((sum, value) => sum + value, 0) / defined.length;
            if (defined.length === 0) expect(mean[score].value).toBeNull();
            else expect(mean[score].value).toBeCloseTo(average, 9);
          }
        }),
        { numRuns: 150 },
      );
    },
  );

  it('do not depend on which coder comes first', () => {
    fc.assert(
      fc.property(documentsOfThree, (documents) => {
        const there = coreferenceBetweenCoders(pairsOf(documents)).mean;
        const turned = pairsOf(documents).map(({ coders: [one, other], documents: of }) => ({
          coders: [other, one] as const,
          documents: of.map(({ id, key, response }) => ({ id, key: response, response: key })),
        }));
        const back = coreferenceBetweenCoders(turned).mean;
        for (const score of CODER_SCORES) {
          if (there[score].value === null) expect(back[score].value).toBeNull();
          else expect(back[score].value).toBeCloseTo(there[score].value, 12);
        }
      }),
    );
  });

  it('have intervals from resampling whole documents', () => {
    const documents: Chains[][] = [
      [[['a', 'b', 'c']], [['a', 'b'], ['c']], [['a', 'b', 'c']]],
      [[['x', 'y']], [['x', 'y']], [['x'], ['y']]],
      [
        [
          ['p', 'q'],
          ['r', 's'],
        ],
        [['p', 'q', 'r', 's']],
        [
          ['p', 'q'],
          ['r', 's'],
        ],
      ],
    ];
    const seed = 7;
    const resamples = 60;
    const { mean } = coreferenceBetweenCoders(pairsOf(documents), {
      interval: () => ({ method: 'percentile', resamples, seed }),
    });
    const generator = namedGenerator('bootstrap', seed);
    const drawn = new Uint32Array(3);
    const values = Array.from({ length: resamples }, () => {
      generator.fillBelow(3, drawn);
      const again = [...drawn].map((document) => documents[document] ?? []);
      return coreferenceBetweenCoders(pairsOf(again)).mean.bcub.value ?? NaN;
    }).sort((one, other) => one - other);
    const at = 0.025 * (resamples - 1);
    const low = values[Math.floor(at)] ?? NaN;
    const next = values[Math.ceil(at)] ?? NaN;
    expect(mean.bcub).toHaveProperty('ci.low', expect.closeTo(low + (at % 1) * (next - low), 9));
  });

  it('are undefined where neither coder has what they count, or nothing is shared', () => {
    const alone = {
      coders: ['ann', 'bob'] as const,
      documents: [{ id: 'd', key: [['a']], response: [['a']] }],
    };
    const apart = { coders: ['ann', 'cy'] as const, documents: [] };
    const { pairs, mean } = coreferenceBetweenCoders([alone, apart]);
    expect(pairs[0]?.scores.muc).toMatchObject({
      value: null,
      reason: expect.stringContaining('neither') as string,
    });
    expect(pairs[0]?.scores.bcub.value).toBe(1);
    expect(pairs[1]?.scores.bcub).toMatchObject({ value: null, reason: 'the two coders share no document' });
    expect(mean.bcub.value).toBe(1);
  });
});
