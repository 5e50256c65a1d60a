import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CoreferenceAnswer } from './contract.ts';
import { entitiesSoFar, type AnsweredMarkable } from './entities.ts';

const fresh: CoreferenceAnswer = { kind: 'new' };
const old = (...antecedents: string[]): CoreferenceAnswer => ({ kind: 'old', antecedents });
const property = (...of: string[]): CoreferenceAnswer => ({ kind: 'property', of });
const nobody: CoreferenceAnswer = { kind: 'non-referring' };

/** Markables m1, m2, … in reading order. */
function text(...answers: (CoreferenceAnswer | null)[]): AnsweredMarkable[] {
  return answers.map((answer, index) => ({ key: `m${index + 1}`, answer }));
}
function mentions(...answers: (CoreferenceAnswer | null)[]): readonly (readonly string[])[] {
  return entitiesSoFar(text(...answers)).entities.map((entity) => entity.mentions);
}

describe('entities named so far', () => {
  it('are numbered in order of first mention', () => {
    const { entities } = entitiesSoFar(text(fresh, fresh, old('m2'), fresh));
    expect(entities.map(({ number, root }) => [number, root])).toEqual([
      [1, 'm1'],
      [2, 'm2'],
      [3, 'm4'],
    ]);
  });

  it('gather whatever points at any of their mentions', () => {
    expect(mentions(fresh, fresh, old('m1'), old('m3'), old('m2'))).toEqual([
      ['m1', 'm3', 'm4'],
      ['m2', 'm5'],
    ]);
  });

  it('are linked, not joined, by a plural', () => {
    const so = entitiesSoFar(text(fresh, fresh, old('m1', 'm2'), old('m1')));
    expect(so.entities.map((entity) => entity.mentions)).toEqual([['m1', 'm4'], ['m2']]);
    expect(so.entities.map((entity) => entity.pluralMentions)).toEqual([['m3'], ['m3']]);
    expect(so.named('m3').map((entity) => entity.number)).toEqual([1, 2]);
  });

  it('are all named again by a phrase that points at a plural', () => {
    const so = entitiesSoFar(text(fresh, fresh, old('m1', 'm2'), old('m3')));
    expect(so.named('m4').map((entity) => entity.root)).toEqual(['m1', 'm2']);
  });

  it('do not count an entity twice when two of its mentions are named together', () => {
    const so = entitiesSoFar(text(fresh, old('m1'), old('m1', 'm2')));
    expect(so.named('m3').map((entity) => entity.root)).toEqual(['m1']);
    expect(so.entities[0]?.mentions).toEqual(['m1', 'm2', 'm3']);
  });

  it('leave out properties and phrases that do not refer', () => {
    const so = entitiesSoFar(text(fresh, property('m1'), nobody));
    expect(so.entities.map((entity) => entity.mentions)).toEqual([['m1']]);
    expect(so.named('m2')).toEqual([]);
    expect(so.named('m3')).toEqual([]);
  });

  it('are opened by a phrase nothing was said of, when it is pointed at', () => {
    expect(mentions(null, old('m1'), old('m1'))).toEqual([['m1', 'm2', 'm3']]);
  });

  it('are shared by those who point at the same property, without it', () => {
    const so = entitiesSoFar(text(fresh, property('m1'), old('m2'), old('m2')));
    expect(so.entities.map((entity) => entity.mentions)).toEqual([['m1'], ['m3', 'm4']]);
    expect(so.named('m2')).toEqual([]);
  });

  it('ignore antecedents that do not come earlier', () => {
    expect(mentions(old('m2'), fresh, old('m3'))).toEqual([['m2']]);
  });

  it('form a partition of the phrases that name one entity, whatever the answers', () => {
    const someText = fc.integer({ min: 1, max: 30 }).chain((length) =>
      fc.tuple(
        ...Array.from({ length }, (_, index) => {
          const earlier = fc.integer({ min: 1, max: Math.max(1, index) }).map((at) => `m${at}`);
          return fc.oneof(
            fc.constant(fresh),
            fc.constant(nobody),
            fc.constant(null),
            fc.array(earlier, { minLength: 1, maxLength: 3 }).map((keys) => old(...keys)),
            fc.array(earlier, { minLength: 1, maxLength: 2 }).map((keys) => property(...keys)),
          );
        }),
      ),
    );
    fc.assert(
      fc.property(someText, (answers) => {
        const so = entitiesSoFar(text(...answers));
        const single = so.entities.flatMap((entity) => entity.mentions);
        expect(new Set(single).size).toBe(single.length);
        so.entities.forEach((entity, index) => {
          expect(entity.number).toBe(index + 1);
          for (const key of entity.mentions) expect(so.named(key)).toEqual([entity]);
        });
        answers.forEach((answer, index) => {
          if (answer?.kind !== 'old') return;
          const named = so.named(`m${index + 1}`);
          // Whatever an antecedent names, who points at it names too.
          for (const antecedent of answer.antecedents) {
            if (antecedent === `m${index + 1}`) continue;
            for (const entity of so.named(antecedent)) expect(named).toContain(entity);
          }
        });
      }),
    );
  });
});
