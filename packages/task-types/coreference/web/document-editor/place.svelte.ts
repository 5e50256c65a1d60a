import {
  endOf,
  startOf,
  type AnnotatedEntity,
  type AnnotatedMention,
} from '../../document-editor/annotation.ts';
import type { MentionId } from '../../document-editor/contract.ts';
import type { Pass } from './pass.svelte.ts';
import type { Voice } from './voice.svelte.ts';

/** Where the annotator stands in the text: the mention that is selected, else a token. */
export class Place {
  selectedId: MentionId | null = $state(null);
  /** The token where the keyboard stands. */
  cursor: number = $state(0);
  /** The token to be brought into sight; a new object each time. */
  inSight: { readonly token: number } | null = $state.raw(null);
  readonly #pass: Pass;
  readonly #voice: Voice;

  readonly selected: AnnotatedMention | null = $derived.by(() => this.#pass.mention(this.selectedId));
  readonly entity: AnnotatedEntity | null = $derived.by(() => this.#pass.entityOf(this.selected));

  constructor(pass: Pass, voice: Voice) {
    this.#pass = pass;
    this.#voice = voice;
  }

  select(id: MentionId | null, show = true): void {
    this.#voice.calm();
    this.selectedId = id;
    const mention = this.#pass.mention(id);
    if (mention === null) return;
    this.cursor = startOf(mention);
    if (show) this.show(this.cursor);
    this.#voice.say(this.#inWords(mention));
  }

  /** Stands at a token, with no mention selected. */
  leaveFor(token: number): void {
    this.selectedId = null;
    this.cursor = token;
  }

  show(token: number): void {
    this.inSight = { token };
  }

  /** The mention that is selected; where there is none, says how to select one. */
  wanted(): AnnotatedMention | null {
    if (this.selected === null)
      this.#voice.refuse('Select a mention first: J goes to the next, Enter takes the one at the cursor.');
    return this.selected;
  }

  moveCursor(by: number): void {
    const last = this.#pass.document.tokens.length - 1;
    const from = this.selected === null || by < 0 ? this.cursor : endOf(this.selected) - 1;
    this.#stand(Math.min(Math.max(from + by, 0), last));
  }

  moveSentence(by: 1 | -1): void {
    const { sentences } = this.#pass.document;
    const here = sentences.findLastIndex(([start]) => start <= this.cursor);
    const inside = by < 0 && this.cursor > (sentences[here]?.[0] ?? 0);
    const to = sentences[inside ? here : Math.min(Math.max(here + by, 0), sentences.length - 1)];
    if (to === undefined) return;
    this.#stand(to[0]);
    this.#voice.say(this.#pass.textOfSpans([to]));
  }

  nextMention(by: 1 | -1): void {
    const { mentions } = this.#pass;
    const here = this.selectedId === null ? -1 : this.#pass.placeOf(this.selectedId);
    const next =
      here !== -1
        ? mentions[here + by]
        : by > 0
          ? mentions.find((mention) => startOf(mention) >= this.cursor)
          : mentions.findLast((mention) => startOf(mention) < this.cursor);
    if (next === undefined) this.#voice.say(by > 0 ? 'No mention after this.' : 'No mention before this.');
    else this.select(next.id);
  }

  nextOfEntity(by: 1 | -1): void {
    const { entity, selectedId } = this;
    if (entity === null || selectedId === null) {
      this.#voice.refuse('Select a mention of an entity first.');
      return;
    }
    const { mentions } = entity;
    const next = mentions[(mentions.indexOf(selectedId) + by + mentions.length) % mentions.length];
    if (next !== undefined) this.select(next);
  }

  #stand(token: number): void {
    this.#voice.calm();
    this.leaveFor(token);
    this.show(token);
    const mentions = this.#pass.at(token).length;
    const inside = mentions === 0 ? '' : `, in ${mentions} ${mentions === 1 ? 'mention' : 'mentions'}`;
    this.#voice.say(`${this.#pass.textOfSpans([[token, token + 1]])}${inside}`);
  }

  #inWords(mention: AnnotatedMention): string {
    const pass = this.#pass;
    const text = pass.textOf(mention);
    const entity = pass.entityOf(mention);
    switch (mention.standing.kind) {
      case 'open':
        return `${text}: nothing said yet`;
      case 'non-referring':
        return `${text}: does not refer`;
      case 'property': {
        const of = mention.standing.of
          .map((id) => pass.mention(id))
          .filter((described) => described !== null);
        return `${text}: describes ${of.map((described) => pass.textOf(described)).join(' and ')}`;
      }
      case 'entity': {
        if (entity === null) return text;
        const place = entity.mentions.indexOf(mention.id) + 1;
        return `${text}: entity ${entity.number}, ${pass.nameOf(entity)}, mention ${place} of ${entity.mentions.length}`;
      }
    }
  }
}
