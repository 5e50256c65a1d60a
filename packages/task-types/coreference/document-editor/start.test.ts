import type { DocumentContent } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { after, historyFrom, type History } from './history.ts';
import type { Operation } from './contract.ts';
import { correctionsOf, originOf } from './origin.ts';
import { chainsOf } from './partition.ts';
import { startOf } from './start.ts';
import { brokenInvariants } from './testing/broken-invariants.ts';

const DOCUMENT: DocumentContent = {
  tokens: 'Ada met Bo . They ran ; it rained on the roof .'.split(' ').map((text) => ({ text })),
  sentences: [
    [0, 4],
    [4, 13],
  ],
  paragraphs: [[0, 13]],
  mentions: [
    { id: 'ada', ranges: [[0, 1]], head: 0, attributes: { etype: 'person' } },
    { id: 'bo', ranges: [[2, 3]] },
    { id: 'they', ranges: [[4, 5]] },
    { id: 'it', ranges: [[7, 8]], attributes: { reference: 'non-referring' } },
    { id: 'roof', ranges: [[10, 12]] },
  ],
  chains: [{ id: 'A', mentions: ['ada'] }],
  links: [
    { kind: 'split-antecedent', from: 'they', to: ['ada', 'bo'] },
    { kind: 'bridging', from: 'roof', to: ['bo'], relation: 'owner' },
  ],
};
const SYSTEM = { kind: 'annotated', by: 'system', name: 'chains 2.1' } as const;

describe('a pass begins', () => {
  it('with nothing, with the mentions, or with all that the document says', () => {
    expect(startOf(DOCUMENT, { kind: 'text' }).annotation.mentions.size).toBe(0);
    const mentions = startOf(DOCUMENT, { kind: 'mentions' }).annotation;
    expect([...mentions.mentions.values()].every(({ standing }) => standing.kind === 'open')).toBe(true);
    expect(mentions.entities.size).toBe(0);
    const { annotation, left } = startOf(DOCUMENT, SYSTEM);
    expect(left).toEqual([]);
    expect(brokenInvariants(DOCUMENT, annotation)).toEqual([]);
    expect(chainsOf(annotation)).toEqual([
      { id: 'A', mentions: ['ada'] },
      { id: 'of-bo', mentions: ['bo'] },
      { id: 'of-they', mentions: ['they'] },
    ]);
    expect(annotation.entities.get('A')).toMatchObject({ number: 1, type: 'person' });
    expect(annotation.entities.get('of-they')?.antecedents).toEqual(['A', 'of-bo']);
    expect(annotation.mentions.get('it')?.standing).toEqual({ kind: 'non-referring' });
    expect(annotation.mentions.get('roof')?.bridges).toEqual([{ to: 'of-bo', relation: 'owner' }]);
  });

  it('and says what it could not take', () => {
    const odd: DocumentContent = {
      ...DOCUMENT,
      mentions: [...DOCUMENT.mentions, { id: 'far', ranges: [[11, 40]] }],
      chains: [
        { id: 'A', mentions: ['ada', 'nobody'] },
        { id: 'B', mentions: ['ada', 'bo'] },
      ],
      links: [{ kind: 'property', from: 'bo', to: ['bo'] }],
    };
    expect(startOf(odd, SYSTEM).left).toEqual([
      'mention far: the text ends after token 13',
      'chain A: there is no mention nobody',
      'chain B: another chain has mention ada',
      'mark-property bo: “Bo” would describe itself.',
    ]);
  });
});

describe('what came from where', () => {
  const start = startOf(DOCUMENT, SYSTEM).annotation;
  const corrected = (...operations: Operation[]): History =>
    operations.reduce((history, operation) => {
      const outcome = after(DOCUMENT, history, operation);
      if (!outcome.ok) throw new Error(outcome.refusal.message);
      return outcome.done;
    }, historyFrom(start));
  const { annotation } = corrected(
    { kind: 'make-mention', mention: 'new', ranges: [[10, 11]] },
    { kind: 'respan-mention', mention: 'roof', ranges: [[9, 11]] },
    { kind: 'remove-mention', mention: 'it' },
    { kind: 'link', mention: 'roof', entity: 'A' },
    { kind: 'unlink', mention: 'they' },
  );
  const origin = (id: string) => {
    const mention = annotation.mentions.get(id);
    return mention === undefined ? null : originOf(start, mention);
  };

  it('is told of each mention, its span and what is said of it', () => {
    expect(origin('ada')).toEqual({ mention: 'start', span: 'start', standing: 'start' });
    expect(origin('roof')).toEqual({ mention: 'start', span: 'coder', standing: 'coder' });
    expect(origin('they')).toEqual({ mention: 'start', span: 'start', standing: null });
    expect(origin('new')).toEqual({ mention: 'coder', span: 'coder', standing: null });
  });

  it('is counted', () => {
    expect(correctionsOf(start, annotation)).toEqual({
      mentions: { kept: 3, respanned: 1, removed: 1, made: 1 },
      standings: { kept: 2, changed: 1, own: 1 },
    });
  });
});
