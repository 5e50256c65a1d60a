import { found, type Candidate, type Searched } from '../../document-editor/candidates.ts';
import type { AnnotatedMention } from '../../document-editor/annotation.ts';
import { searchedFor } from './candidate-lists.ts';
import type { Pass } from './pass.svelte.ts';

export type PickPurpose = 'refer' | 'merge' | 'property' | 'bridge' | 'go';

/** Finding the entity, or the phrase, that something is to be said with. */
export class Picking {
  readonly purpose: PickPurpose;
  /** The mention that is asked about; null where one only goes somewhere. */
  readonly mention: AnnotatedMention | null;
  query: string = $state('');
  /** Which of the found is marked. */
  active: number = $state(0);
  /** Ids of what was picked so far, for an answer that points at several. */
  chosen: readonly Candidate[] = $state.raw([]);

  /** What there was when the picking began: nothing changes under whoever picks, nor is listed anew when he has. */
  readonly #searched: readonly Searched[];
  readonly found: readonly Candidate[] = $derived.by(() => found(this.#searched, this.query));
  readonly marked: Candidate | null = $derived(this.found[this.active] ?? null);

  constructor(pass: Pass, purpose: PickPurpose, mention: AnnotatedMention | null) {
    this.purpose = purpose;
    this.mention = mention;
    this.#searched = searchedFor(pass, purpose, mention);
  }

  /** Several can be picked: a plural’s antecedents, or all that a phrase describes. */
  get takesSeveral(): boolean {
    return this.purpose === 'refer' || this.purpose === 'property';
  }

  typed(query: string): void {
    this.query = query;
    this.active = 0;
  }

  move(by: number): void {
    const { length } = this.found;
    if (length > 0) this.active = Math.min(Math.max(this.active + by, 0), length - 1);
  }

  toggle(candidate: Candidate): void {
    const others = this.chosen.filter(({ id }) => id !== candidate.id);
    this.chosen = others.length === this.chosen.length ? [...others, candidate] : others;
    this.typed('');
  }
}
