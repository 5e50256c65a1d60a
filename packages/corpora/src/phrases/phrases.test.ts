import { createReadStream } from 'node:fs';
import type { Token } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readDocuments } from '../read-documents.ts';
import { sharedFiles, sharedFilesPresent, shownPath } from '../testing/shared-files.ts';
import { Tokeniser } from '../text/tokenise.ts';
import { proposePhrases } from './index.ts';
import { proposeWith } from './propose.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 120_000 });

const tokeniser = new Tokeniser('en');

function read(text: string) {
  const tokens: Token[] = [];
  const sentences: [number, number][] = [];
  for (const sentence of tokeniser.sentences(text)) {
    const start = tokens.length;
    for (const { text: word, spaceAfter } of sentence)
      tokens.push({ text: word, ...(spaceAfter ? {} : { spaceAfter: false as const }) });
    sentences.push([start, tokens.length]);
  }
  return { tokens, sentences };
}

/** What is proposed for a text, as `words (rule)`. */
function proposed(text: string): string[] {
  const document = read(text);
  return proposePhrases(document).map(({ range: [start, end], rule }) => {
    const words = document.tokens.slice(start, end).map((token) => token.text);
    return `${words.join(' ')} (${rule})`;
  });
}

describe('proposed phrases', () => {
  it('are noun phrases with their determiners and adjectives, and pronouns', () => {
    expect(proposed('She hid the small rusty key under a loose floorboard.')).toEqual([
      'She (pronoun)',
      'the small rusty key (noun phrase)',
      'a loose floorboard (noun phrase)',
    ]);
  });

  it('nest: a possessive pronoun within what is possessed', () => {
    expect(proposed('He filled his pipe and looked at her two sisters.')).toEqual([
      'He (pronoun)',
      'his pipe (noun phrase)',
      'his (possessive pronoun)',
      'her two sisters (noun phrase)',
      'her (possessive pronoun)',
    ]);
  });

  it('nest as deep as possessors do, with the apostrophe as part of the possessor', () => {
    expect(proposed("I found my brother's wife's purse.")).toEqual([
      'I (pronoun)',
      "my brother's wife's purse (noun phrase)",
      "my brother's wife's (possessor)",
      "my brother's (possessor)",
      'my (possessive pronoun)',
    ]);
  });

  it('take in what of adds, and that is proposed as well', () => {
    expect(proposed('They came to the house of Mrs Pike.')).toEqual([
      'They (pronoun)',
      'the house of Mrs Pike (noun phrase)',
      'Mrs Pike (proper name)',
    ]);
  });

  it('leave other prepositions out: they may say more of the deed than of the thing', () => {
    expect(proposed('The sergeant watched the gate with a lantern.')).toEqual([
      'The sergeant (noun phrase)',
      'the gate (noun phrase)',
      'a lantern (noun phrase)',
    ]);
  });

  it('are both the whole and the parts of what is joined by and', () => {
    expect(proposed('Martha and her nephew waited in the hall.')).toEqual([
      'Martha and her nephew (coordination)',
      'Martha (proper name)',
      'her nephew (noun phrase)',
      'her (possessive pronoun)',
      'the hall (noun phrase)',
    ]);
  });

  it('are of a list its parts too', () => {
    expect(proposed('The thief took a ring, a watch and two candlesticks.').slice(1)).toEqual([
      'a ring , a watch and two candlesticks (coordination)',
      'a ring (noun phrase)',
      'a watch (noun phrase)',
      'two candlesticks (noun phrase)',
    ]);
  });

  it('are not joined where and opens a clause', () => {
    expect(proposed('He met the porter and the porter laughed.')).toEqual([
      'He (pronoun)',
      'the porter (noun phrase)',
      'the porter (noun phrase)',
    ]);
  });

  it('end before a relative clause, whose pronoun refers to nothing of its own', () => {
    expect(proposed('The widow who owned the clock that stopped sold it.')).toEqual([
      'The widow (noun phrase)',
      'the clock (noun phrase)',
      'it (pronoun)',
    ]);
  });

  it('are dates as one', () => {
    expect(proposed('On Monday, 3 May 1894 she left; by March 1895 nobody asked.')).toEqual([
      'Monday , 3 May 1894 (date)',
      'she (pronoun)',
      'March 1895 (date)',
      'nobody (pronoun)',
    ]);
  });

  it('do not take in quotation marks', () => {
    expect(proposed('“My uncle is dead,” said the girl.')).toEqual([
      'My uncle (noun phrase)',
      'My (possessive pronoun)',
      'the girl (noun phrase)',
    ]);
  });

  it('are names with their titles', () => {
    expect(proposed('Inspector Quill asked Sir Edmund Vane.')).toEqual([
      'Inspector Quill (proper name)',
      'Sir Edmund Vane (proper name)',
    ]);
  });

  it('are a token with a contracted pronoun, which cannot be cut', () => {
    expect(proposed("I'm sure they've gone.")).toEqual(["I'm (pronoun)", "they've (pronoun)"]);
  });

  it('pass over prepositions of several words', () => {
    expect(proposed('She stood in front of the door.')).toEqual(['She (pronoun)', 'the door (noun phrase)']);
  });

  it('count tokens, however many units a character takes', () => {
    const document = read('😀 𝒬uill 🔎 saw his dog.');
    const last = proposePhrases(document).map(({ range: [start, end] }) =>
      document.tokens.slice(start, end).map(({ text }) => text),
    );
    expect(last.slice(-2)).toEqual([['his', 'dog'], ['his']]);
  });

  it('take the parts of speech that the source gives', () => {
    const tokens = [
      { text: 'Can', partOfSpeech: 'NOUN' },
      { text: 'can', partOfSpeech: 'AUX' },
      { text: 'rust', partOfSpeech: 'VERB' },
    ];
    const found = proposeWith(() => [], { tokens, sentences: [[0, 3]] });
    expect(found).toEqual([{ range: [0, 1], rule: 'noun phrase' }]);
  });

  it('hold no empty node at their ends', () => {
    const found = proposePhrases({
      tokens: [
        { text: '_', empty: true },
        { text: 'The' },
        { text: 'bell' },
        { text: '_', empty: true },
        { text: 'rang' },
      ],
      sentences: [[0, 5]],
    });
    expect(found).toEqual([{ range: [1, 3], rule: 'noun phrase' }]);
  });
});

describe('whatever the text', () => {
  const words = fc.constantFrom(
    ...'the a his her Tom Quill and or of , . ’s dog red very 3 May 1894 Monday who that this 😀 e\u0301 “ ” run _ - one all'.split(
      ' ',
    ),
  );
  const token = fc.record({ text: fc.oneof(words, fc.string({ minLength: 1, maxLength: 6 })) });
  const document = fc
    .array(fc.array(token, { minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 5 })
    .map((sentences) => {
      let at = 0;
      const ranges = sentences.map((sentence): [number, number] => [at, (at += sentence.length)]);
      return { tokens: sentences.flat(), sentences: ranges };
    });

  it('phrases are within one sentence, hold a token, come once and in reading order', () => {
    fc.assert(
      fc.property(document, ({ tokens, sentences }) => {
        const found = proposePhrases({ tokens, sentences });
        const places = found.map(({ range }) => range.join('-'));
        expect(new Set(places).size).toBe(places.length);
        for (const { range } of found) {
          expect(range[0]).toBeLessThan(range[1]);
          expect(sentences.some(([start, end]) => start <= range[0] && range[1] <= end)).toBe(true);
        }
        const sorted = [...found].sort(
          (one, other) => one.range[0] - other.range[0] || other.range[1] - one.range[1],
        );
        expect(found).toEqual(sorted);
      }),
      { numRuns: 300 },
    );
  });

  it('phrases nest or lie apart, but never cross', () => {
    fc.assert(
      fc.property(document, (content) => {
        const ranges = proposePhrases(content).map(({ range }) => range);
        for (const [start, end] of ranges)
          for (const [from, to] of ranges) expect(start < from && from < end && end < to).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe.skipIf(!sharedFilesPresent)('of the novels of LitBank', () => {
  it.each(sharedFiles('coref/litbank/conll').map((path) => [shownPath(path), path]))(
    'three in four mentions are proposed at least: %s',
    async (_name, path) => {
      for await (const event of readDocuments(createReadStream(path), { fileName: path })) {
        if (event.kind !== 'document') continue;
        const { content } = event.document;
        const found = new Set(proposePhrases(content).map(({ range }) => range.join()));
        const gold = new Set(content.mentions.map(({ ranges }) => ranges.join()));
        const met = [...gold].filter((place) => found.has(place)).length;
        expect(met / gold.size).toBeGreaterThan(0.75);
      }
    },
  );
});
