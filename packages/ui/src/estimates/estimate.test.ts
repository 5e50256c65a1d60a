import { describe, expect, it } from 'vitest';
import { counted, figure, intervalInWords, positionOf, shadeOf } from './estimate.ts';

describe('figures', () => {
  it('have three decimals and a true minus', () => {
    expect([figure(0.7434), figure(1), figure(-0.05)]).toEqual(['0.743', '1.000', '−0.050']);
  });

  it('never show a negative nought', () => {
    expect(figure(-0.0001)).toBe('0.000');
  });

  it('say an interval in words', () => {
    expect(intervalInWords({ low: -0.1, high: 0.5 })).toBe('−0.100 to 0.500');
  });

  it('count one and many', () => {
    expect([counted(1, 'unit'), counted(1234, 'unit'), counted(2, 'entity', 'entities')]).toEqual([
      '1 unit',
      '1,234 units',
      '2 entities',
    ]);
  });
});

describe('positions and shades', () => {
  it('stay between the ends of the chart', () => {
    expect([positionOf(0.5, 0, 1), positionOf(-3, 0, 1), positionOf(2, 0, 1)]).toEqual([500, 0, 1000]);
  });

  it('are palest at chance and below', () => {
    expect([shadeOf(-0.4), shadeOf(0), shadeOf(0.84), shadeOf(1)]).toEqual([0, 0, 8, 10]);
  });
});
