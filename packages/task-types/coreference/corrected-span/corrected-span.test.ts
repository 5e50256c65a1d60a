import { textWithOffsets } from '@casebook/contracts';
import type { DocumentContent } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coreferenceContract, type CoreferenceUnit, type PhraseAnswer } from '../contract.ts';
import { correctionOf, preferredOf } from '../kinds.ts';
import { misfitInItem, misfitOfAnswer } from '../misfit.ts';
import { adoptedSpan } from './adopted.ts';
import type { CorrectedSpan, CorrectionRule } from './contract.ts';
import { faultOfCorrection } from './fault.ts';
import { WrittenText } from './written-text.ts';

const words = ['🕵️‍♀️', 'the', '𝒪ld', 'inspector', ',', 'tired', '.', 'Next', 'day', '.'];
const document: DocumentContent = {
  tokens: words.map((text, at) =>
    words[at + 1] === ',' || words[at + 1] === '.' ? { text, spaceAfter: false } : { text },
  ),
  sentences: [
    [0, 7],
    [7, 10],
  ],
  paragraphs: [
    [0, 7],
    [7, 10],
  ],
  mentions: [],
  chains: [],
};
const content = { kind: 'document' as const, document };
const unit: CoreferenceUnit = { ranges: [[3, 4]], text: 'inspector' };
const text = new WrittenText(document);

function fault(ranges: [number, number][], rule: CorrectionRule = 'tokens', said?: string): string | null {
  return faultOfCorrection({ ranges, text: said ?? text.textOf(ranges) }, unit, content, rule);
}

describe('corrected borders', () => {
  it('are code points of the text that items are exported with, also beyond the basic plane', () => {
    const [ranges] = [text.ofTokens([[1, 4]])];
    expect(ranges).toEqual([[6, 23]]);
    expect(text.textOf(ranges)).toBe('the 𝒪ld inspector');
    expect(Array.from(textWithOffsets(document.tokens).text).slice(6, 23).join('')).toBe('the 𝒪ld inspector');
  });

  it('fall between tokens, where the task does not let them fall elsewhere', () => {
    expect(fault([[6, 23]])).toBeNull();
    expect(fault([[15, 23]])).toMatch(/inside one/u);
    expect(fault([[15, 23]], 'characters')).toBeNull();
  });

  it('stay in the paragraph of the phrase, are not those shown, and hold what they say', () => {
    expect(fault([[14, 36]])).toMatch(/leave the paragraph/u);
    expect(fault([[14, 900]])).toMatch(/leave the paragraph/u);
    expect(fault([[14, 23]])).toMatch(/has already/u);
    expect(fault([[6, 23]], 'tokens', 'the old inspector')).toMatch(/not “the old inspector”/u);
    expect(fault([[13, 23]], 'characters')).toMatch(/space/u);
  });

  it('may be several, with something between them', () => {
    expect(
      fault([
        [6, 9],
        [14, 23],
      ]),
    ).toBeNull();
    expect(
      fault([
        [6, 9],
        [10, 13],
      ]),
    ).toMatch(/nothing between/u);
    expect(
      text.spanOf(
        text.ofTokens([
          [1, 2],
          [2, 4],
        ]),
      ).ranges,
    ).toEqual([[6, 23]]);
  });

  it('belong to no document, and to no task without corrections', () => {
    const answer: PhraseAnswer = { kind: 'new', span: { ranges: [[6, 23]], text: 'the 𝒪ld inspector' } };
    const protocol = { ...coreferenceContract.exampleProtocol };
    expect(misfitOfAnswer(answer, protocol)).toBeNull();
    expect(misfitInItem.isNeeded(answer)).toBe(true);
    expect(misfitInItem.of(answer, unit, content, protocol)).toBeNull();
    expect(misfitOfAnswer(answer, { ...protocol, corrections: 'none' })).toMatch(/not corrected/u);
  });

  it('are refused out of order, touching, or on a single reading of several', () => {
    const parses = (answer: unknown): boolean => coreferenceContract.answer.safeParse(answer).success;
    expect(
      parses({
        kind: 'new',
        span: {
          ranges: [
            [3, 5],
            [1, 2],
          ],
          text: 'x',
        },
      }),
    ).toBe(false);
    expect(
      parses({
        kind: 'new',
        span: {
          ranges: [
            [1, 2],
            [2, 5],
          ],
          text: 'x',
        },
      }),
    ).toBe(false);
    expect(parses({ kind: 'new', span: { ranges: [], text: 'x' } })).toBe(false);
    const readings = [{ kind: 'new' }, { kind: 'non-referring' }];
    const span = { ranges: [[1, 2]], text: 'x' };
    expect(parses({ kind: 'ambiguous', readings, span })).toBe(true);
    expect(parses({ kind: 'ambiguous', readings: [{ ...readings[0], span }, readings[1]] })).toBe(false);
  });

  it('are read as absent in what the contract’s earlier versions wrote', () => {
    const before = [{ kind: 'new' }, { kind: 'old', antecedents: ['m1'] }, { kind: 'non-referring' }];
    for (const answer of before) expect(coreferenceContract.answer.parse(answer)).toEqual(answer);
    expect(coreferenceContract.protocol.parse({ section: { kind: 'document' } }).corrections).toBe('tokens');
  });

  it('are no part of who the phrase is', () => {
    const span: CorrectedSpan = { ranges: [[6, 23]], text: 'the 𝒪ld inspector' };
    expect(preferredOf({ kind: 'old', antecedents: ['m1'], span })).toEqual({
      kind: 'old',
      antecedents: ['m1'],
    });
    expect(correctionOf({ kind: 'new', span })).toEqual(span);
  });

  it('are adopted where the heaviest that the bench kept has them', () => {
    const span: CorrectedSpan = { ranges: [[6, 23]], text: 'the 𝒪ld inspector' };
    expect(adoptedSpan([{ kind: 'new', span }, { kind: 'non-referring' }])).toEqual(span);
    expect(adoptedSpan([{ kind: 'non-referring' }, { kind: 'new', span }])).toBeNull();
    expect(adoptedSpan([])).toBeNull();
  });
});

const arbitraryTokens = fc.array(
  fc.record(
    { text: fc.stringMatching(/^[a-z𝒪🕵é魚]{1,4}$/u), spaceAfter: fc.constant(false as const) },
    { requiredKeys: ['text'] },
  ),
  { minLength: 2, maxLength: 12 },
);

describe('properties of corrected borders', () => {
  it('borders of tokens survive being written as characters, as JSON, and being read again', () => {
    fc.assert(
      fc.property(arbitraryTokens, fc.nat(), fc.nat(), (tokens, one, other) => {
        const [first, last] = [one % tokens.length, other % tokens.length].sort((a, b) => a - b);
        const written = new WrittenText({ tokens, paragraphs: [[0, tokens.length]] });
        const ranges = [[first ?? 0, (last ?? 0) + 1]] as const;
        const span = written.spanOf(written.ofTokens(ranges));
        const answer = { kind: 'new' as const, span };
        const read = coreferenceContract.answer.parse(JSON.parse(JSON.stringify(answer)));
        expect(read).toEqual(answer);
        expect(written.tokensOf(correctionOf(read)?.ranges ?? [])).toEqual(ranges);
        expect(written.keepsTokens(span.ranges)).toBe(true);
        expect(
          Array.from(textWithOffsets(tokens).text)
            .slice(...(span.ranges[0] ?? [0, 0]))
            .join(''),
        ).toBe(span.text);
      }),
    );
  });

  it('borders inside words are widened to the words, and no further', () => {
    fc.assert(
      fc.property(arbitraryTokens, fc.nat(), fc.nat(), (tokens, one, other) => {
        const { text: whole } = textWithOffsets(tokens);
        const length = Array.from(whole).length;
        const [start, end] = [one % length, other % length].sort((a, b) => a - b);
        const range = [start ?? 0, (end ?? 0) + 1] as const;
        const written = new WrittenText({ tokens, paragraphs: [[0, tokens.length]] });
        const widened = written.tokensOf([range]);
        for (const [at, token] of written.tokens.entries()) {
          const touches = token[0] < range[1] && token[1] > range[0];
          expect(widened.some(([from, to]) => from <= at && at < to)).toBe(touches);
        }
      }),
    );
  });
});
