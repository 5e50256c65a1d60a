import type { ShownEstimate } from '@casebook/contracts';
import { expect, it } from 'vitest';
import { intervalsInWords } from './intervals.ts';

const without = (whyNoInterval: string): ShownEstimate => ({
  kind: 'value',
  value: 0.5,
  interval: null,
  whyNoInterval,
  units: 3,
  ratings: 6,
});
const over = (documents: number): ShownEstimate => ({
  kind: 'value',
  value: 0.5,
  interval: { low: 0.4, high: 0.6, level: 0.95, method: `${documents} documents resampled` },
  units: 3,
  ratings: 6,
});

it('says once what was resampled', () => {
  expect(intervalsInWords([over(3), over(3), over(2)])).toEqual([
    'Intervals of 95 %: 3 documents resampled.',
    'Intervals of 95 %: 2 documents resampled.',
  ]);
});

it('says why there is no interval', () => {
  expect(intervalsInWords([without('one document'), without('one document')])).toEqual([
    'No intervals: one document.',
  ]);
  expect(intervalsInWords([over(3), without('no spread')])).toEqual([
    'Intervals of 95 %: 3 documents resampled.',
    'Where there is no interval: no spread.',
  ]);
});

it('says nothing of figures that are not defined', () => {
  expect(intervalsInWords([{ kind: 'undefined', reason: 'one coder' }])).toEqual([]);
});
