import { describe, expect, it } from 'vitest';
import { similarityRatingContract, similarityRatingProtocolSchema } from './contract.ts';
import { countPoints, isTyped, scalePoints } from './keys.ts';
import { RATING_PRESETS } from './presets.ts';
import { misfitOfRating } from './words.ts';

const presetOf = (id: string) => {
  const preset = RATING_PRESETS.find((one) => one.id === id);
  if (preset === undefined) throw new Error(`no preset ${id}`);
  return preset;
};

describe('presets of published datasets', () => {
  it.each(RATING_PRESETS)('$title is a protocol as it would be stored', ({ protocol }) => {
    expect(similarityRatingProtocolSchema.parse(JSON.parse(JSON.stringify(protocol)))).toEqual(protocol);
    const { low, high } = protocol.scale;
    for (const value of [low, high]) expect(misfitOfRating({ kind: 'rating', value }, protocol)).toBeNull();
    expect(misfitOfRating({ kind: 'rating', value: high + 1 }, protocol)).not.toBeNull();
  });

  it.each([
    ['mc-30', 0, 4, 5],
    ['simlex-999', 0, 6, 7],
    ['simverb-3500', 0, 6, 7],
    ['multi-simlex', 0, 6, 7],
    ['rw', 0, 10, 11],
    ['card-660', 0, 4, 9],
    ['semeval-2017', 0, 4, 5],
  ])('%s goes from %i to %i in %i points, a key each', (id, low, high, points) => {
    const { scale } = presetOf(id).protocol;
    expect([scale.low, scale.high, countPoints(scale)]).toEqual([low, high, points]);
    expect(new Set(scalePoints(scale).map(({ key }) => key)).size).toBe(points);
  });

  it('fractions are typed', () => {
    const { protocol } = presetOf('wordsim-353');
    expect(isTyped(protocol.scale)).toBe(true);
    expect(misfitOfRating({ kind: 'rating', value: 7.35 }, protocol)).toBeNull();
    expect(misfitOfRating({ kind: 'rating', value: 7.355 }, protocol)).toMatch(
      /in steps of 0.01 from 0 to 10/u,
    );
    expect(isTyped(presetOf('rg-65').protocol.scale)).toBe(true);
  });
});

describe('version 1 of the contract', () => {
  const first = {
    question: 'How similar?',
    scale: { low: 0, high: 6, lowLabel: 'not', highLabel: 'same', hint: '' },
    blockSize: 20,
  };
  it('is read, and means what it meant', () => {
    const protocol = similarityRatingContract.protocol.parse(first);
    expect(protocol).toMatchObject({
      ...{ instructions: '', unknownWord: true, showPartOfSpeech: true },
      scale: { ...first.scale, step: 1, words: [] },
    });
    expect(misfitOfRating({ kind: 'rating', value: 6 }, protocol)).toBeNull();
    expect(misfitOfRating({ kind: 'unknown-word' }, protocol)).toBeNull();
    expect(misfitOfRating({ kind: 'rating', value: 2.5 }, protocol)).toBe(
      '2.5 is not a point of the scale, a whole number from 0 to 6',
    );
  });
});

describe('a protocol', () => {
  const { exampleProtocol } = similarityRatingContract;
  const withScale = (changes: object) =>
    similarityRatingProtocolSchema.safeParse({
      ...exampleProtocol,
      scale: { ...exampleProtocol.scale, ...changes },
    }).success;
  it('has steps that end at the upper end, and words at points', () => {
    expect(withScale({ step: 0.5 })).toBe(true);
    expect(withScale({ step: 0.7 })).toBe(false);
    expect(withScale({ step: 0.01, high: 99 })).toBe(false);
    expect(withScale({ words: [{ value: 3, label: 'somewhat' }] })).toBe(true);
    expect(withScale({ words: [{ value: 3.5, label: 'somewhat' }] })).toBe(false);
  });
  it('may take every word for known', () => {
    const protocol = { ...exampleProtocol, unknownWord: false };
    expect(misfitOfRating({ kind: 'unknown-word' }, protocol)).toBe('this task takes every word for known');
  });
});
