import type { Candidate } from '../../document-editor/candidates.ts';
import type { MentionId } from '../../document-editor/contract.ts';
import { answerWith } from './answering.ts';
import type { Modes } from './modes.svelte.ts';
import type { Pass } from './pass.svelte.ts';
import { Picking, type PickPurpose } from './picking.svelte.ts';
import type { Place } from './place.svelte.ts';
import type { SpanChoosing } from './span-choosing.ts';
import type { Steps } from './steps.ts';
import type { Voice } from './voice.svelte.ts';

/** Picking whom or what a mention goes with, or an entity to go to. */
export class Picks {
  readonly #pass: Pass;
  readonly #voice: Voice;
  readonly #place: Place;
  readonly #modes: Modes;
  readonly #steps: Steps;
  readonly #spans: SpanChoosing;

  constructor(pass: Pass, voice: Voice, place: Place, modes: Modes, steps: Steps, spans: SpanChoosing) {
    this.#pass = pass;
    this.#voice = voice;
    this.#place = place;
    this.#modes = modes;
    this.#steps = steps;
    this.#spans = spans;
  }

  begin(purpose: PickPurpose, query = ''): void {
    if (purpose !== 'go' && !this.#spans.takeNew()) return;
    const mention = purpose === 'go' ? null : this.#place.wanted();
    if (purpose !== 'go' && mention === null) return;
    if (purpose === 'merge' && this.#place.entity === null) {
      this.#voice.refuse('It is in no entity that could be merged.');
      return;
    }
    this.#voice.calm();
    const picking = new Picking(this.#pass, purpose, mention);
    picking.typed(query);
    this.#modes.now = { kind: 'picking', picking };
    this.#modes.panelOpen = false;
  }

  /** Answers with what was picked, or with what is marked. */
  confirm(): void {
    const { picking } = this.#modes;
    if (picking === null) return;
    const { purpose } = picking;
    const chosen =
      picking.chosen.length > 0 ? picking.chosen : picking.marked === null ? [] : [picking.marked];
    const [first] = chosen;
    if (first === undefined) return;
    this.#modes.read();
    if (purpose === 'go') this.goTo(first);
    else if (picking.mention !== null)
      answerWith(this.#pass, purpose, picking.mention, chosen, (operation) => this.#steps.do(operation));
  }

  goTo(candidate: Candidate): void {
    const [mention] =
      candidate.kind === 'mention' ? [candidate.id] : (this.#pass.entity(candidate.id)?.mentions ?? []);
    this.#modes.read();
    if (mention !== undefined) this.#place.select(mention);
  }

  /** A mention that was clicked while something is picked. */
  propose(id: MentionId): void {
    const { picking } = this.#modes;
    const mention = this.#pass.mention(id);
    if (picking === null || mention === null || id === picking.mention?.id) return;
    const wanted = this.#pass.entityOf(mention)?.id ?? mention.id;
    if (!picking.found.some((other) => other.id === wanted)) picking.typed('');
    const active = picking.found.findIndex((other) => other.id === wanted);
    if (active !== -1) picking.active = active;
  }
}
