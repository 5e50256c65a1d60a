import { describe, expect, it } from 'vitest';
import { EMPTY, type Annotation } from './annotation.ts';
import { documentPassSchema, type Operation } from './contract.ts';
import { after, historyFrom } from './history.ts';
import { planned } from './planned.ts';

const TEXT = {
  tokens: 'Harrow met the widow of the lamplighter . They wept .'.split(' ').map((text) => ({ text })),
};

const make = (mention: string, ...ranges: [number, number][]): Operation => ({
  kind: 'make-mention',
  mention,
  ranges,
});
const open = (entity: string, ...mentions: string[]): Operation => ({
  kind: 'open-entity',
  entity,
  mentions,
  antecedents: [],
});

function done(...operations: Operation[]): Annotation {
  return operations.reduce((history, operation) => {
    const outcome = after(TEXT, history, operation);
    if (!outcome.ok) throw new Error(outcome.refusal.message);
    return outcome.done;
  }, historyFrom(EMPTY)).annotation;
}

function refusalOf(annotation: Annotation, operation: Operation): string | null {
  const plan = planned(TEXT, annotation, operation);
  return plan.ok ? null : `${plan.refusal.reason}: ${plan.refusal.message}`;
}

const HARROW = make('harrow', [0, 1]);
const WIDOW = make('widow', [2, 7]);
const LAMPLIGHTER = make('lamplighter', [5, 7]);
const THEY = make('they', [8, 9]);
const MET = done(HARROW, WIDOW, LAMPLIGHTER, THEY, open('e1', 'harrow'), open('e2', 'widow'));

describe('mentions', () => {
  it('nest, cross and are discontinuous', () => {
    const annotation = done(WIDOW, LAMPLIGHTER, make('crossing', [3, 6]), make('parts', [0, 1], [3, 4]));
    expect([...annotation.mentions.values()].map(({ ranges }) => ranges)).toEqual([
      [[2, 7]],
      [[5, 7]],
      [[3, 6]],
      [
        [0, 1],
        [3, 4],
      ],
    ]);
  });

  it('stand on words of the text, in order and apart', () => {
    expect(refusalOf(EMPTY, make('m', [3, 12]))).toBe(
      'bad-span: This cannot be a mention: the text ends after token 11.',
    );
    expect(refusalOf(EMPTY, make('m', [3, 4], [4, 5]))).toMatch('out of order, or touch');
    expect(refusalOf(EMPTY, make('m', [4, 5], [0, 1]))).toMatch('out of order, or touch');
  });

  it('are never two over the same words', () => {
    expect(refusalOf(MET, make('again', [2, 7]))).toBe(
      'same-span: “the widow of the lamplighter” is a mention already.',
    );
    expect(refusalOf(MET, { kind: 'respan-mention', mention: 'they', ranges: [[5, 7]] })).toMatch(
      'same-span',
    );
  });

  it('lose a head and a minimum span that their new span does not hold, until it is undone', () => {
    const steps = [WIDOW, { kind: 'set-head', mention: 'widow', head: 3 } as const];
    const minimum = { kind: 'set-minimum', mention: 'widow', minimum: [2, 4] } satisfies Operation;
    const annotation = done(...steps, minimum, {
      kind: 'respan-mention',
      mention: 'widow',
      ranges: [[3, 7]],
    });
    expect(annotation.mentions.get('widow')).toMatchObject({ head: 3, minimum: null });
  });

  it('hold their head, and their minimum span around it', () => {
    const headed = done(WIDOW, { kind: 'set-head', mention: 'widow', head: 3 });
    expect(refusalOf(headed, { kind: 'set-head', mention: 'widow', head: 8 })).toMatch('outside-mention');
    expect(refusalOf(headed, { kind: 'set-minimum', mention: 'widow', minimum: [4, 6] })).toBe(
      'outside-mention: The minimum span must hold the head.',
    );
  });

  it('are not removed while another describes them', () => {
    const described = done(WIDOW, LAMPLIGHTER, {
      kind: 'mark-property',
      mention: 'lamplighter',
      of: ['widow'],
    });
    expect(refusalOf(described, { kind: 'remove-mention', mention: 'widow' })).toBe(
      'pointed-at: “the lamplighter” says what this is: take that back, or point it elsewhere, first.',
    );
  });

  it('do not describe themselves, not even round a corner', () => {
    const described = done(WIDOW, LAMPLIGHTER, {
      kind: 'mark-property',
      mention: 'lamplighter',
      of: ['widow'],
    });
    expect(refusalOf(described, { kind: 'mark-property', mention: 'widow', of: ['lamplighter'] })).toMatch(
      'points-at-itself',
    );
  });
});

describe('entities', () => {
  it('take open mentions by linking and others’ by moving', () => {
    expect(refusalOf(MET, { kind: 'link', mention: 'widow', entity: 'e1' })).toBe(
      'already-linked: “the widow of the lamplighter” names entity 2: move it, or take it out first.',
    );
    expect(refusalOf(MET, { kind: 'move-mention', mention: 'they', to: 'e1' })).toMatch('not-linked');
    const linked = done(HARROW, THEY, open('e1', 'harrow'), { kind: 'link', mention: 'they', entity: 'e1' });
    expect(linked.entities.get('e1')?.mentions).toEqual(['harrow', 'they']);
  });

  it('go with their last mention, unless something points at them', () => {
    const gone = done(HARROW, open('e1', 'harrow'), { kind: 'unlink', mention: 'harrow' });
    expect(gone.entities.size).toBe(0);
    const bridged = done(HARROW, LAMPLIGHTER, open('e1', 'harrow'), {
      kind: 'bridge',
      mention: 'lamplighter',
      to: 'e1',
      relation: null,
    });
    expect(refusalOf(bridged, { kind: 'unlink', mention: 'harrow' })).toBe(
      'pointed-at: “the lamplighter” is bridged to entity 1, which would have no mention left.',
    );
  });

  it('keep name, type and number when another is merged into them, and lend what was missing', () => {
    const annotation = done(
      HARROW,
      WIDOW,
      open('e1', 'harrow'),
      open('e2', 'widow'),
      { kind: 'name-entity', entity: 'e2', name: 'The widow' },
      { kind: 'set-type', entity: 'e1', type: 'person' },
      { kind: 'merge-entities', into: 'e1', from: 'e2' },
    );
    expect([...annotation.entities.values()]).toEqual([
      {
        id: 'e1',
        number: 1,
        name: 'The widow',
        type: 'person',
        antecedents: [],
        mentions: ['harrow', 'widow'],
      },
    ]);
  });

  it('keep at least one mention when they are split', () => {
    expect(refusalOf(MET, { kind: 'split-entity', entity: 'e1', mentions: ['harrow'], into: 'e3' })).toBe(
      'nothing-stays: At least one mention must stay in entity 1.',
    );
  });

  it('are several together, once', () => {
    const they: Operation = {
      kind: 'open-entity',
      entity: 'e3',
      mentions: ['they'],
      antecedents: ['e1', 'e2'],
    };
    const annotation = done(
      HARROW,
      WIDOW,
      LAMPLIGHTER,
      THEY,
      open('e1', 'harrow'),
      open('e2', 'widow'),
      they,
    );
    expect(annotation.entities.get('e3')?.antecedents).toEqual(['e1', 'e2']);
    expect(refusalOf(annotation, { ...they, entity: 'e4', mentions: ['lamplighter'] })).toBe(
      'bad-antecedents: Entity 3 is just these together: link to it, or merge the two.',
    );
    expect(refusalOf(annotation, { kind: 'merge-entities', into: 'e1', from: 'e2' })).toMatch(
      'bad-antecedents',
    );
    expect(refusalOf(annotation, { kind: 'unlink', mention: 'harrow' })).toMatch('pointed-at');
  });
});

describe('a relation', () => {
  it('by bridging is separate from the chain, and never leads to the mention’s own entity', () => {
    const bridge: Operation = { kind: 'bridge', mention: 'lamplighter', to: 'e2', relation: 'spouse' };
    const annotation = done(WIDOW, LAMPLIGHTER, open('e2', 'widow'), bridge);
    expect(annotation.entities.get('e2')?.mentions).toEqual(['widow']);
    expect(refusalOf(annotation, { kind: 'link', mention: 'lamplighter', entity: 'e2' })).toMatch(
      'points-at-itself',
    );
  });

  it('of discourse deixis points at a stretch of the text', () => {
    const annotation = done(THEY, { kind: 'set-deixis', mention: 'they', ranges: [[0, 8]] });
    expect(annotation.mentions.get('they')?.deixis).toEqual([[0, 8]]);
    expect(refusalOf(annotation, { kind: 'mark-non-referring', mention: 'they' })).toMatch('pointed-at');
    expect(refusalOf(annotation, { kind: 'set-deixis', mention: 'they', ranges: [[0, 99]] })).toMatch(
      'bad-span',
    );
  });
});

describe('the payload', () => {
  it('is a start and at least one entry, each of a known kind', () => {
    const entries = [WIDOW, { kind: 'undo' }];
    expect(documentPassSchema.safeParse({ start: { kind: 'text' }, entries }).success).toBe(true);
    expect(documentPassSchema.safeParse({ start: { kind: 'text' }, entries: [] }).success).toBe(true);
    expect(
      documentPassSchema.safeParse({ start: { kind: 'text' }, entries: [{ kind: 'guess' }] }).success,
    ).toBe(false);
    expect(
      documentPassSchema.safeParse({ start: { kind: 'text' }, entries: [make('m', [4, 2])] }).success,
    ).toBe(false);
  });
});
