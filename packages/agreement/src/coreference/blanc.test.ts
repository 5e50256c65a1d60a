import { expect, test } from 'vitest';
import { scoreCoreference } from './score-documents.ts';
import { entities } from './testing/braces.ts';

function blanc(key: string, response: string) {
  return scoreCoreference([{ key: entities(key), response: entities(response) }], { metrics: ['blanc'] })
    .blanc;
}

// Luo, Pradhan, Recasens & Hovy 2014, § 4.3: one spurious mention (x), one missing (a).
test('the worked example of the paper', () => {
  const score = blanc('{ab} {cde}', '{bcx} {de}');
  expect(score?.coreference).toMatchObject({ recall: 1 / 4, precision: 1 / 4 });
  expect(score?.nonCoreference).toMatchObject({ recall: 2 / 6, precision: 2 / 6 });
  expect(score?.f1).toBeCloseTo(7 / 24, 12);
});

test('the worked example with an entity more', () => {
  expect(blanc('{ab} {cde} {fg}', '{bcx} {de} {fg}')?.f1).toBeCloseTo((2 / 5 + 10 / 16) / 2, 12);
});

test.each([
  ['one entity, matched', '{abcdef}', '{abcdef}', 1],
  ['one entity, cut in three', '{abcdef}', '{ab} {cde} {f}', (2 * (4 / 15)) / (1 + 4 / 15)],
  ['one entity, answered by singletons', '{abcdef}', '{a} {b} {c} {d} {e} {f}', 0],
  ['singletons, matched', '{a} {b} {c} {d} {e} {f}', '{a} {b} {c} {d} {e} {f}', 1],
  [
    'singletons, joined in part',
    '{a} {b} {c} {d} {e} {f}',
    '{ab} {cde} {f}',
    (2 * (11 / 15)) / (1 + 11 / 15),
  ],
])('where the key has links of one kind only that kind counts: %s', (_, key, response, f1) => {
  expect(blanc(key, response)?.f1).toBeCloseTo(f1, 12);
});

test('counting pairs in closed form gives what enumerating them gives', () => {
  const key = '{abcd} {ef} {g} {hij}';
  const response = '{abe} {cdf} {gh} {xi}';
  const entityOf = (text: string) =>
    new Map(
      entities(text).flatMap((entity, place) =>
        'parts' in entity ? [] : entity.map((m) => [m, place] as const),
      ),
    );
  const [one, other] = [entityOf(key), entityOf(response)];
  const shared = [...one.keys()].filter((mention) => other.has(mention));
  let together = 0;
  let apart = 0;
  for (const [place, first] of shared.entries()) {
    for (const second of shared.slice(place + 1)) {
      const inKey = one.get(first) === one.get(second);
      const inResponse = other.get(first) === other.get(second);
      if (inKey && inResponse) together += 1;
      if (!inKey && !inResponse) apart += 1;
    }
  }
  const score = blanc(key, response);
  expect(score?.coreference.counts?.recallNumerator).toBe(together);
  expect(score?.nonCoreference.counts?.recallNumerator).toBe(apart);
});

test('a key with a single mention has no link of either kind', () => {
  expect(blanc('{a}', '{a}')).toMatchObject({
    f1: 0,
    reason: 'the key held no links at all; 0 by convention',
  });
});
