import { describe, expect, it } from 'vitest';
import type { CoreferenceAnswer } from './contract.ts';
import { entitiesSoFar } from './entities.ts';
import { Finder, folded, meaningOfDigits, type Candidate } from './find.ts';

/** A text whose every phrase is one token long, so that the nth stands at token n. */
function finder(...phrases: [text: string, answer: CoreferenceAnswer | null][]): Finder {
  const markables = phrases.map(([text, answer], index) => ({
    key: `m${index + 1}`,
    text,
    answer,
    ranges: [[index, index + 1]] as const,
  }));
  return new Finder(markables, entitiesSoFar(markables), [[phrases.length, phrases.length + 1]]);
}
const fresh: CoreferenceAnswer = { kind: 'new' };
const old = (...antecedents: string[]): CoreferenceAnswer => ({ kind: 'old', antecedents });
const names = (candidates: readonly Candidate[]) => candidates.map(({ name }) => name);

const ledger = finder(
  ['Inspector Harrow', fresh],
  ['the ledger', fresh],
  ['the widow', fresh],
  ['He', old('m1')],
  ['it', old('m2')],
  ['the rain', null],
);

describe('finding an earlier mention', () => {
  it('lists entities, the latest named first, then phrases that name none', () => {
    expect(names(ledger.find(''))).toEqual(['the ledger', 'Inspector Harrow', 'the widow', 'the rain']);
  });

  it('finds an entity by any of its mentions and says by which', () => {
    expect(ledger.find('he')).toMatchObject([
      { name: 'Inspector Harrow', alias: 'He', antecedent: 'm4' },
      { name: 'the ledger', alias: null },
      { name: 'the widow', alias: null },
      { name: 'the rain' },
    ]);
  });

  it('prefers the whole phrase to its beginning, that to a word’s, that to any place', () => {
    const ranked = finder(
      ['unharrowed', fresh],
      ['old harrow', fresh],
      ['harrows', fresh],
      ['Harrow', fresh],
    );
    expect(names(ranked.find('harrow'))).toEqual(['Harrow', 'harrows', 'old harrow', 'unharrowed']);
  });

  it('points at the nearest mention', () => {
    expect(ledger.numbered(1)).toMatchObject({ antecedent: 'm4' });
  });

  it('points past a mention that overlaps the phrase in question', () => {
    const markables = [
      { key: 'm1', text: 'the inspector', ranges: [[0, 2]], answer: fresh },
      { key: 'm2', text: 'he who', ranges: [[4, 6]], answer: old('m1') },
    ] as const;
    expect(new Finder(markables, entitiesSoFar(markables), [[5, 9]]).numbered(1)).toMatchObject({
      antecedent: 'm1',
    });
  });

  it('never points at a plural for one of its entities, but offers it by itself', () => {
    const plural = finder(['Holmes', fresh], ['Watson', fresh], ['they', old('m1', 'm2')]);
    expect(plural.numbered(1)).toMatchObject({ antecedent: 'm1' });
    expect(plural.find('they')).toMatchObject([{ kind: 'mention', antecedent: 'm3' }]);
  });

  it('finds entities by number before phrases with digits', () => {
    const years = finder(['1 January', fresh], ['the year', fresh]);
    expect(names(years.find('2'))).toEqual(['the year']);
    expect(names(years.find('1'))).toEqual(['1 January']);
    expect(years.find('9')).toEqual([]);
  });

  it('takes letters with and without accents, points and curly apostrophes for the same', () => {
    expect(folded('  L’Élève ')).toBe("l'eleve");
    expect(folded('كِتَاب')).toBe('كتاب');
    expect(names(finder(['la señora', fresh]).find('senora'))).toEqual(['la señora']);
  });

  it('takes what was typed literally', () => {
    expect(ledger.find('.*')).toEqual([]);
    expect(names(finder(['he (himself)', fresh]).find('(h'))).toEqual(['he (himself)']);
  });
});

describe('digits', () => {
  it('pick at once where no further digit could follow', () => {
    expect(meaningOfDigits('3', 9)).toEqual({ kind: 'pick', number: 3 });
    expect(meaningOfDigits('2', 14)).toEqual({ kind: 'pick', number: 2 });
    expect(meaningOfDigits('12', 14)).toEqual({ kind: 'pick', number: 12 });
  });
  it('wait where one could', () => {
    expect(meaningOfDigits('1', 14)).toEqual({ kind: 'wait', number: 1 });
    expect(meaningOfDigits('1', 10)).toEqual({ kind: 'wait', number: 1 });
  });
  it('mean nothing beyond the last entity, or as zero', () => {
    expect(meaningOfDigits('4', 3)).toEqual({ kind: 'none' });
    expect(meaningOfDigits('0', 3)).toEqual({ kind: 'none' });
    expect(meaningOfDigits('x', 3)).toEqual({ kind: 'none' });
  });
});
