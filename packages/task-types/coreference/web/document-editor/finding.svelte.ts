import type { Span } from '../../document-editor/contract.ts';
import { TextSearch } from '../../document-editor/text-search.ts';
import type { Modes } from './modes.svelte.ts';
import type { Pass } from './pass.svelte.ts';
import type { Place } from './place.svelte.ts';
import type { Voice } from './voice.svelte.ts';

/** More finds than anybody goes through. */
export const MOST_HITS = 500;
const NO_HITS: readonly Span[] = [];

/** Finding words in the text. */
export class Finding {
  /** What is sought. */
  sought: string = $state('');
  readonly #pass: Pass;
  readonly #voice: Voice;
  readonly #place: Place;
  readonly #modes: Modes;
  readonly #search = $derived.by(() => new TextSearch(this.#pass.document.tokens));
  /** Where it stands. */
  readonly hits: readonly Span[] = $derived.by(() =>
    this.#modes.now.kind === 'finding' ? this.#search.find(this.sought, MOST_HITS) : NO_HITS,
  );

  constructor(pass: Pass, voice: Voice, place: Place, modes: Modes) {
    this.#pass = pass;
    this.#voice = voice;
    this.#place = place;
    this.#modes = modes;
  }

  begin(): void {
    this.#voice.calm();
    this.#modes.now = { kind: 'finding' };
  }

  /** Goes to the next find after the cursor, or before it; round the end of the text. */
  next(by: 1 | -1): void {
    const { hits } = this;
    const { cursor } = this.#place;
    const next =
      by > 0
        ? (hits.find(([start]) => start > cursor) ?? hits[0])
        : (hits.findLast(([start]) => start < cursor) ?? hits.at(-1));
    if (next === undefined) {
      this.#voice.say(`“${this.sought}” is not in the text.`);
      return;
    }
    this.#place.leaveFor(next[0]);
    this.#place.show(next[0]);
    const sentence = this.#pass.textOfSpans([this.#pass.sentenceOf(next[0])]);
    this.#voice.say(`${hits.indexOf(next) + 1} of ${hits.length}: ${sentence}`);
  }
}
