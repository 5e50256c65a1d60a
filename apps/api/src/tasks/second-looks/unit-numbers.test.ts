import { describe, expect, it } from 'vitest';
import { parseUnitNumbers } from './unit-numbers.ts';

describe('numbers of units', () => {
  it('come one by one and as ranges, divided by commas, semicolons or lines', () => {
    expect(parseUnitNumbers('3, 17–20; 31\n40-41')).toEqual([
      { from: 3, to: 3 },
      { from: 17, to: 20 },
      { from: 31, to: 31 },
      { from: 40, to: 41 },
    ]);
  });

  it('may be none', () => {
    expect(parseUnitNumbers(' ,, \n')).toEqual([]);
  });

  it.each(['three', '0', '7-3', '1-', '-4', '1 2', '1.5', '9999999999'])('are not “%s”', (text) => {
    expect(parseUnitNumbers(text)).toBeNull();
  });
});
