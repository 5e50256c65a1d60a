import { contingencyTable, muc, plainTables } from '@casebook/agreement';
import { comparisonSchema, itemIdSchema, unitIdSchema } from '@casebook/contracts';
import type { Comparison, DocumentContent } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberedId } from '../../testing/arbitrary-items.ts';
import type { SideBySideRequest } from '../../task-type-server.ts';
import type { CoreferenceAnswer, DocumentUnit, EitherAnswer, EitherUnit } from '../contract.ts';
import { after, historyFrom } from '../document-editor/history.ts';
import { EMPTY } from '../document-editor/annotation.ts';
import type { LogEntry } from '../document-editor/contract.ts';
import { anyEntries, TEXT } from '../document-editor/testing/arbitrary-operations.ts';
import { comparedSideBySide } from './compare.ts';

type Side = SideBySideRequest<EitherUnit, EitherAnswer>['a'];

const words = 'Holmes met Watson . He greeted the old doctor . They left him .'.split(' ');
const document: DocumentContent = {
  tokens: words.map((text) => ({ text })),
  sentences: [[0, words.length]],
  paragraphs: [[0, words.length]],
  mentions: [],
  chains: [],
};
const itemId = itemIdSchema.parse(numberedId(2));
const item = { id: itemId, name: 'Text', content: { kind: 'document' as const, document } };

const NEW: CoreferenceAnswer = { kind: 'new' };
const old = (...antecedents: string[]): CoreferenceAnswer => ({ kind: 'old', antecedents });
const PHRASES: readonly (readonly [key: string, start: number, end: number])[] = [
  ['holmes', 0, 1],
  ['watson', 2, 3],
  ['he', 4, 5],
  ['doctor', 6, 9],
  ['they', 10, 11],
  ['him', 12, 13],
];

/** Answers phrase by phrase; phrases without one were not answered. */
function answers(said: Readonly<Record<string, CoreferenceAnswer>>): Side {
  return PHRASES.flatMap(([key, start, end], place) => {
    const answer = said[key];
    const text = words.slice(start, end).join(' ');
    return answer === undefined
      ? []
      : [
          {
            unitId: unitIdSchema.parse(numberedId(10 + place)),
            itemId,
            key,
            unit: { ranges: [[start, end]], text },
            answer,
          },
        ];
  });
}

/** A pass over the whole document. */
function pass(entries: readonly LogEntry[], tokens = words.length): Side {
  const unit: DocumentUnit = {
    ...{ kind: 'document', name: 'Text', tokens },
    ...{ start: { kind: 'text' }, mentions: [], chains: [] },
  };
  const answer = { kind: 'document' as const, start: unit.start, entries: [...entries] };
  return [{ unitId: unitIdSchema.parse(numberedId(1)), itemId, key: 'the whole document', unit, answer }];
}

const make = (mention: string, start: number, end: number): LogEntry => ({
  kind: 'make-mention',
  mention,
  ranges: [[start, end]],
});
const open = (entity: string, ...mentions: string[]): LogEntry => ({
  kind: 'open-entity',
  entity,
  mentions,
  antecedents: [],
});

const compare = (a: Side, b: Side): Comparison =>
  comparisonSchema.parse(
    comparedSideBySide({ item, units: [...a, ...b].map(({ key, unit }) => ({ key, content: unit })), a, b }),
  );
const listed = ({ differences }: Comparison) => differences.map(({ kind, phrase }) => `${kind}: ${phrase}`);
const labels = (marks: Comparison['marks']['a']) => marks.map(({ id, label }) => `${id} ${label}`);

const HOLMES_GREETS = answers({
  ...{ holmes: NEW, watson: NEW, he: old('holmes'), doctor: old('watson') },
  ...{ they: old('holmes', 'watson'), him: NEW },
});

describe('two annotations side by side, phrase by phrase', () => {
  it('finds nothing where both say the same, whichever phrase they point at', () => {
    const same = answers({
      ...{ holmes: NEW, watson: NEW, he: old('holmes'), doctor: old('watson') },
      ...{ they: old('he', 'doctor'), him: NEW },
    });
    expect(compare(HOLMES_GREETS, same)).toMatchObject({
      differences: [],
      phrases: { a: 6, b: 6, both: 6 },
      entities: { a: 4, b: 4, both: 4 },
    });
  });

  it('gives the same entity the same number on both sides, and others numbers of their own', () => {
    const watsonGreets = answers({
      ...{ holmes: NEW, watson: NEW, he: old('watson'), doctor: NEW },
      ...{ they: old('holmes', 'watson'), him: old('doctor') },
    });
    const { marks } = compare(HOLMES_GREETS, watsonGreets);
    expect(labels(marks.a)).toEqual(['holmes 1', 'watson 2', 'he 1', 'doctor 2', 'they 1+2', 'him 3']);
    expect(labels(marks.b)).toEqual(['holmes 1', 'watson 2', 'he 2', 'doctor 3', 'they 1+2', 'him 3']);
  });

  it('lists a link of one side where it leads to, and what the other says there', () => {
    const { differences } = compare(
      answers({ holmes: NEW, watson: NEW, he: old('holmes') }),
      answers({ holmes: NEW, watson: NEW, he: old('watson') }),
    );
    expect(differences).toEqual([
      {
        kind: 'link-a',
        phrase: 'He',
        at: 4,
        words: { a: 'entity 1, as “Holmes”', b: 'entity 2, as “Watson”' },
        marks: { a: ['he', 'holmes'], b: ['he', 'watson'] },
      },
      expect.objectContaining({ kind: 'link-b', phrase: 'He', at: 4 }),
    ]);
  });

  it('lists a split once for the entity, and one link fewer than it has pieces', () => {
    const one = answers({ holmes: NEW, watson: old('holmes'), he: old('watson'), doctor: old('he') });
    const cut = answers({ holmes: NEW, watson: NEW, he: old('holmes'), doctor: old('watson') });
    expect(listed(compare(one, cut))).toEqual(['split-b: Holmes', 'link-a: Watson']);
    expect(compare(one, cut).differences[0]?.words).toEqual({
      a: 'entity 1, 4 phrases',
      b: 'entities 1 (2), 2 (2)',
    });
    expect(listed(compare(cut, one))).toEqual(['split-a: Holmes', 'link-b: Watson']);
  });

  it('tells a class, a property of another and several together apart', () => {
    const comparison = compare(
      answers({
        ...{ holmes: NEW, watson: NEW, he: { kind: 'property', of: ['holmes'] } },
        ...{ doctor: { kind: 'property', of: ['watson'] }, they: old('holmes', 'watson'), him: NEW },
      }),
      answers({
        ...{ holmes: NEW, watson: NEW, he: { kind: 'property', of: ['watson'] } },
        ...{ doctor: NEW, they: old('holmes'), him: { kind: 'non-referring' } },
      }),
    );
    expect(listed(comparison)).toEqual([
      'property: He',
      'class: the old doctor',
      'plural: They',
      'class: him',
    ]);
    expect(labels(comparison.marks.a)).toContain('doctor =2');
    expect(labels(comparison.marks.b)).toContain('him ∅');
  });

  it('lists what only one has answered, and scores the rest', () => {
    const comparison = compare(
      answers({ holmes: NEW, watson: NEW, he: old('holmes') }),
      answers({ holmes: NEW, he: old('holmes') }),
    );
    expect(comparison.differences).toEqual([
      expect.objectContaining({
        kind: 'only-a',
        phrase: 'Watson',
        words: { a: 'entity 2, first here', b: 'not answered' },
      }),
    ]);
    const [kept] = comparison.figures;
    expect(kept?.measures.map(({ id }) => id)).toEqual([
      'mentions',
      'muc',
      'bcub',
      'ceafm',
      'ceafe',
      'blanc',
      'lea',
      'conll',
    ]);
    expect(
      kept?.measures.every(({ estimate }) => estimate.kind === 'undefined' || estimate.value === 1),
    ).toBe(true);
  });
});

describe('two passes over a document', () => {
  const first = pass([
    make('m1', 0, 1),
    make('m2', 6, 9),
    make('m3', 12, 13),
    open('e1', 'm1'),
    open('e2', 'm2', 'm3'),
  ]);

  it('pairs phrases whose borders differ, and takes them for one', () => {
    const second = pass([
      make('x', 0, 1),
      make('y', 8, 9),
      make('z', 12, 13),
      open('e1', 'x'),
      open('e2', 'y', 'z'),
    ]);
    const comparison = compare(first, second);
    expect(comparison.differences).toEqual([
      expect.objectContaining({ kind: 'span', at: 6, words: { a: '“the old doctor”', b: '“doctor”' } }),
    ]);
    expect(comparison.entities).toEqual({ a: 2, b: 2, both: 2 });
  });

  it('does not pair phrases that have little in common', () => {
    const second = pass([make('x', 0, 1), make('y', 7, 8), open('e1', 'x'), open('e2', 'y')]);
    expect(listed(compare(first, second))).toEqual(['only-a: the old doctor', 'only-b: old', 'only-a: him']);
  });

  it('counts a phrase of which nothing was said as marked', () => {
    const second = pass([make('x', 0, 1), make('y', 6, 9), make('z', 12, 13), open('e1', 'x')]);
    expect(listed(compare(first, second))).toEqual(['class: the old doctor', 'class: him']);
    expect(compare(first, pass([]))).toMatchObject({ phrases: { a: 3, b: 0, both: 0 }, entities: { b: 0 } });
  });
});

/** What of a log can be done: the rest is left out. */
function possible(entries: readonly LogEntry[]): LogEntry[] {
  let history = historyFrom(EMPTY);
  return entries.filter((entry) => {
    const outcome = after(TEXT, history, entry);
    if (outcome.ok) history = outcome.done;
    return outcome.ok;
  });
}

const anyAnswers = fc
  .array(
    fc.tuple(
      fc.constantFrom('new', 'old', 'property', 'non-referring', 'none'),
      fc.array(fc.nat(4), { minLength: 1, maxLength: 2 }),
    ),
    {
      minLength: PHRASES.length,
      maxLength: PHRASES.length,
    },
  )
  .map((said) =>
    answers(
      Object.fromEntries(
        said.flatMap(([kind, at], place): [string, CoreferenceAnswer][] => {
          const key = PHRASES[place]?.[0] ?? '';
          const earlier = [...new Set(at.map((one) => PHRASES[one % Math.max(1, place)]?.[0] ?? ''))];
          if (kind === 'none') return [];
          if (kind === 'non-referring') return [[key, { kind }]];
          if (kind === 'new' || place === 0) return [[key, NEW]];
          return [[key, kind === 'old' ? old(...earlier) : { kind: 'property', of: earlier }]];
        }),
      ),
    ),
  );
const anyPass = anyEntries.map((entries) => pass(possible(entries), TEXT.tokens.length));
const anyTwo = fc.oneof(fc.tuple(anyAnswers, anyAnswers), fc.tuple(anyPass, anyPass));

const OPPOSITE = new Map([
  ['link-a', 'link-b'],
  ['link-b', 'link-a'],
  ['only-a', 'only-b'],
  ['only-b', 'only-a'],
  ['split-a', 'split-b'],
  ['split-b', 'split-a'],
]);

describe('what passes say beside whom phrases name', () => {
  const base = [make('m1', 0, 1), make('m2', 6, 9), open('e1', 'm1'), open('e2', 'm2')];
  const differing = (one: readonly LogEntry[], other: readonly LogEntry[]) =>
    comparedSideBySide({
      item,
      units: [],
      a: pass([...base, ...one]),
      b: pass([...base, ...other]),
    }).differences.map(({ kind, phrase, words: said }) => [kind, phrase, said.a, said.b]);
  const head = (at: number): LogEntry => ({ kind: 'set-head', mention: 'm2', head: at });
  const name = (as: string): LogEntry => ({ kind: 'name-entity', entity: 'e2', name: as });
  const type = (as: string): LogEntry => ({ kind: 'set-type', entity: 'e2', type: as });
  const bridge = (relation: string | null): LogEntry => ({
    kind: 'bridge',
    mention: 'm2',
    to: 'e1',
    relation,
  });

  it('is compared: heads, bridges, names and types', () => {
    expect(differing([head(8)], [head(7)])).toEqual([['head', 'the old doctor', '“doctor”', '“old”']]);
    expect(differing([name('Watson')], [name('Dr Watson')])).toEqual([
      ['name', 'the old doctor', '“Watson”', '“Dr Watson”'],
    ]);
    expect(differing([type('person')], [type('role')])).toEqual([
      ['type', 'the old doctor', '“person”', '“role”'],
    ]);
    expect(differing([bridge('part')], [])).toEqual([
      ['bridge', 'the old doctor', 'bridge to entity 1 (part)', 'no bridge'],
    ]);
    expect(differing([bridge('part')], [bridge('set')])).toHaveLength(1);
  });

  it('is no difference where it is the same, or where one side did not say', () => {
    const all = [head(8), name('Watson'), type('person'), bridge('part')];
    expect(differing(all, all)).toEqual([]);
    expect(differing([head(8), name('Watson'), type('person')], [])).toEqual([]);
  });
});

describe('whatever two annotations are compared', () => {
  it('nothing differs from itself, and every entity is on both sides', () => {
    fc.assert(
      fc.property(fc.oneof(anyAnswers, anyPass), (side) => {
        const { differences, marks, entities, phrases } = compare(side, side);
        expect(differences).toEqual([]);
        expect(marks.a).toEqual(marks.b);
        expect(entities).toEqual({ a: entities.both, b: entities.both, both: entities.both });
        expect(phrases).toEqual({ a: phrases.both, b: phrases.both, both: phrases.both });
      }),
    );
  });

  it('exchanging sides exchanges kinds, words and marks, and nothing else', () => {
    fc.assert(
      fc.property(anyTwo, ([a, b]) => {
        const [there, back] = [compare(a, b), compare(b, a)];
        const turned = back.differences.map((difference) => ({
          ...difference,
          kind: OPPOSITE.get(difference.kind) ?? difference.kind,
          words: { a: difference.words.b, b: difference.words.a },
          marks: { a: difference.marks.b, b: difference.marks.a },
        }));
        const counts = back.kinds.map(({ id, count }) => ({ id: OPPOSITE.get(id) ?? id, count }));
        expect(there.differences).toHaveLength(turned.length);
        expect(there.differences).toEqual(expect.arrayContaining(turned));
        expect(there.kinds.map(({ id, count }) => ({ id, count }))).toEqual(expect.arrayContaining(counts));
        expect(there.marks).toEqual({ a: back.marks.b, b: back.marks.a });
        expect(there.figures).toEqual(back.figures);
      }),
    );
  });

  it('lists as many links of a side as MUC misses, among phrases that both have in an entity', () => {
    fc.assert(
      fc.property(anyTwo, ([a, b]) => {
        const { differences, kinds, marks } = compare(a, b);
        // A phrase that names several together is listed as such, and its links are not.
        fc.pre(!differences.some(({ kind }) => kind === 'plural' || kind === 'span'));
        const numberOfB = new Map(marks.b.map(({ id, entity }) => [id, entity]));
        const both = marks.a.flatMap(({ id, entity }) => {
          const other = numberOfB.get(id) ?? null;
          return entity === null || other === null ? [] : [{ entity, other }];
        });
        const index = (numbers: readonly number[]) => {
          const names = [...new Set(numbers)];
          const of = Int32Array.from(numbers, (number) => names.indexOf(number));
          const sizes = new Int32Array(names.length);
          for (const at of of) sizes[at] = (sizes[at] ?? 0) + 1;
          return { of, sizes };
        };
        const rows = index(both.map(({ entity }) => entity));
        const columns = index(both.map(({ other }) => other));
        const counts = muc(plainTables(contingencyTable(rows.sizes, columns.sizes, rows.of, columns.of)));
        const count = (wanted: string) => kinds.find(({ id }) => id === wanted)?.count;
        expect(count('link-a')).toBe(counts.recallDenominator - counts.recallNumerator);
        expect(count('link-b')).toBe(counts.precisionDenominator - counts.precisionNumerator);
      }),
    );
  });
});
