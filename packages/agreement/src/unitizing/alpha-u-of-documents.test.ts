import { expect, it } from 'vitest';
import { alphaUOfDocuments } from './alpha-u-of-documents.ts';
import { alphaU, type Continuum } from './alpha-u.ts';

const unit = (coder: string, offset: number, length: number) => ({
  coder,
  category: 'phrase',
  offset,
  length,
});
const short: Continuum = { begin: 0, length: 10, units: [unit('a', 0, 2), unit('b', 0, 3)] };
const long: Continuum = {
  begin: 0,
  length: 30,
  units: [unit('a', 4, 5), unit('b', 4, 5), unit('a', 20, 2), unit('b', 25, 3)],
};

it('is alphaU where there is one document', () => {
  expect(alphaUOfDocuments([long]).value).toBeCloseTo(alphaU(long).estimate.value ?? NaN, 12);
});

it('adds up squared positions over documents', () => {
  const sums = [short, long].map((document) => {
    const [category] = alphaU(document).categories;
    return [
      (category?.observed ?? NaN) * document.length ** 2,
      (category?.expected ?? NaN) * document.length ** 2,
    ] as const;
  });
  const observed = sums.reduce((sum, [own]) => sum + own, 0);
  const expected = sums.reduce((sum, [, own]) => sum + own, 0);
  // The short document by hand: lengths 2 and 3 from the same place are 1² apart, twice over 2 · 1 ordered pairs of coders.
  expect(sums[0]?.[0]).toBeCloseTo(1, 12);
  expect(alphaUOfDocuments([short, long]).value).toBeCloseTo(1 - observed / expected, 12);
});

it('leaves out documents of one coder, and is undefined without any', () => {
  const alone: Continuum = { begin: 0, length: 5, units: [unit('a', 0, 1)] };
  expect(alphaUOfDocuments([short, alone]).value).toBe(alphaUOfDocuments([short]).value);
  expect(alphaUOfDocuments([alone])).toMatchObject({
    value: null,
    reason: 'no document was marked by two coders',
  });
  expect(alphaUOfDocuments([{ begin: 0, length: 5, units: [], coders: ['a', 'b'] }])).toMatchObject({
    value: null,
    reason: 'nothing was marked',
  });
});
