import type { MemberId } from '@casebook/contracts';
import type { CodedUnit } from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { entitiesSoFar } from './entities.ts';
import type { AnsweredMarkable } from './entities.ts';
import { pointedAt } from './words.ts';

/**
 * The chains that one coder's answers make of a document, by the entities that phrases name: a plural shares a chain
 * with the phrases that name exactly the same entities together, and with no single one of them.
 */
export class OwnChains {
  readonly #entities: ReturnType<typeof entitiesSoFar>;
  readonly #chains = new Map<string, string[]>();

  /** Markables come in reading order. */
  constructor(markables: readonly AnsweredMarkable[]) {
    this.#entities = entitiesSoFar(markables);
    for (const { key } of markables) {
      const roots = this.#rootsOf(key);
      if (roots.length === 0) continue;
      const chain = this.#chains.get(nameOf(roots));
      if (chain === undefined) this.#chains.set(nameOf(roots), [key]);
      else chain.push(key);
    }
  }

  /** The phrases that name just what this one names, itself included, in reading order; empty where it names nothing. */
  chainOf(key: string): readonly string[] {
    return this.#chainOfRoots(this.#rootsOf(key));
  }

  /** What pointing at a phrase calls up. A phrase that names nothing is called up with all that pointed at it before. */
  calledUpBy(key: string): CalledUp {
    const roots = this.#rootsOf(key);
    if (roots.length === 0) return { own: [key, ...this.#chainOfRoots([key])], parts: [] };
    const parts = roots.length === 1 ? [] : roots.map((root) => this.#chainOfRoots([root]));
    return { own: this.#chainOfRoots(roots), parts };
  }

  #rootsOf(key: string): string[] {
    return this.#entities.named(key).map((entity) => entity.root);
  }

  #chainOfRoots(roots: readonly string[]): readonly string[] {
    return this.#chains.get(nameOf(roots)) ?? [];
  }
}

export interface CalledUp {
  /** The chain of the phrase itself. */
  readonly own: readonly string[];
  /** For a plural, the chains of the entities that it names together. */
  readonly parts: readonly (readonly string[])[];
}

function nameOf(roots: readonly string[]): string {
  return JSON.stringify([...roots].sort());
}

/**
 * The chains of every coder of one document. `keys` are the markables in reading order; phrases that answers point
 * at and that are not among them count as named before all others.
 */
export function chainsByCoder(
  keys: readonly string[],
  codings: readonly CodedUnit<CoreferenceUnit, CoreferenceAnswer>[],
): ReadonlyMap<MemberId, OwnChains> {
  const known = new Set(keys);
  const unjudged = new Set<string>();
  const answers = new Map<MemberId, Map<string, CoreferenceAnswer>>();
  for (const { coder, key, answer } of codings) {
    const own = answers.get(coder);
    if (own === undefined) answers.set(coder, new Map([[key, answer]]));
    else own.set(key, answer);
    for (const at of pointedAt(answer)) if (!known.has(at)) unjudged.add(at);
  }
  const ordered = [...[...unjudged].sort(), ...keys];
  return new Map(
    Array.from(answers, ([coder, own]) => [
      coder,
      new OwnChains(ordered.map((key) => ({ key, answer: own.get(key) ?? null }))),
    ]),
  );
}
