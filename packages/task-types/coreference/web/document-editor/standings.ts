import type { Pass } from './pass.svelte.ts';
import type { Place } from './place.svelte.ts';
import type { SpanChoosing } from './span-choosing.ts';
import type { Steps } from './steps.ts';
import type { Voice } from './voice.svelte.ts';

/** What is said of the mention that is selected without pointing at anything else. */
export class Standings {
  readonly #pass: Pass;
  readonly #voice: Voice;
  readonly #place: Place;
  readonly #steps: Steps;
  readonly #spans: SpanChoosing;

  constructor(pass: Pass, voice: Voice, place: Place, steps: Steps, spans: SpanChoosing) {
    this.#pass = pass;
    this.#voice = voice;
    this.#place = place;
    this.#steps = steps;
    this.#spans = spans;
  }

  openNew(): void {
    if (!this.#spans.takeNew()) return;
    const selected = this.#place.wanted();
    if (selected === null) return;
    const id = this.#pass.freshId();
    const mentions = [selected.id];
    this.#steps.do(
      selected.standing.kind === 'entity'
        ? { kind: 'split-entity', entity: selected.standing.entity, mentions, into: id }
        : { kind: 'open-entity', entity: id, mentions, antecedents: [] },
    );
  }

  nonReferring(): void {
    const selected = this.#place.wanted();
    if (selected !== null) this.#steps.do({ kind: 'mark-non-referring', mention: selected.id });
  }

  takeOut(): void {
    const selected = this.#place.wanted();
    if (selected === null) return;
    const { kind } = selected.standing;
    if (kind === 'open') this.#voice.refuse('Nothing is said of it yet.');
    else this.#steps.do({ kind: kind === 'entity' ? 'unlink' : 'unmark', mention: selected.id });
  }

  remove(): void {
    const selected = this.#place.wanted();
    if (selected === null) return;
    const words = `“${this.#pass.textOf(selected)}” is no mention now.`;
    if (!this.#steps.do({ kind: 'remove-mention', mention: selected.id })) return;
    this.#place.selectedId = null;
    this.#voice.say(words);
  }
}
