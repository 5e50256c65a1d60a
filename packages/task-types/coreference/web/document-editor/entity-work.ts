import type { MentionId } from '../../document-editor/contract.ts';
import type { Modes } from './modes.svelte.ts';
import type { Pass } from './pass.svelte.ts';
import type { Place } from './place.svelte.ts';
import type { Steps } from './steps.ts';
import type { Voice } from './voice.svelte.ts';

/** What is done to the entity of the mention that is selected: split, named, given a type. */
export class EntityWork {
  readonly #pass: Pass;
  readonly #voice: Voice;
  readonly #place: Place;
  readonly #modes: Modes;
  readonly #steps: Steps;

  constructor(pass: Pass, voice: Voice, place: Place, modes: Modes, steps: Steps) {
    this.#pass = pass;
    this.#voice = voice;
    this.#place = place;
    this.#modes = modes;
    this.#steps = steps;
  }

  beginSplit(): void {
    const { entity, selectedId } = this.#place;
    if (entity === null || selectedId === null) this.#voice.refuse('It is in no entity that could be split.');
    else if (entity.mentions.length < 2) this.#voice.refuse('Its entity has one mention only.');
    else {
      const from = entity.mentions.indexOf(selectedId);
      const leaving = from === 0 ? [selectedId] : entity.mentions.slice(from);
      this.#modes.now = { kind: 'splitting', entity: entity.id, leaving };
    }
  }

  toggleLeaving(id: MentionId): void {
    const { now } = this.#modes;
    if (now.kind !== 'splitting') return;
    const { leaving } = now;
    const staying = leaving.filter((other) => other !== id);
    this.#modes.now = { ...now, leaving: staying.length < leaving.length ? staying : [...leaving, id] };
  }

  split(): void {
    const { now } = this.#modes;
    if (now.kind !== 'splitting') return;
    const { entity, leaving } = now;
    const into = this.#pass.freshId();
    if (leaving.length === 0) this.#voice.refuse('Choose who leaves.');
    else if (this.#steps.do({ kind: 'split-entity', entity, mentions: [...leaving], into }))
      this.#modes.read();
  }

  describe(): void {
    const { entity } = this.#place;
    if (entity === null) this.#voice.refuse('It is in no entity that could be named.');
    else this.#modes.now = { kind: 'describing', entity: entity.id };
  }

  described(name: string, type: string): void {
    const { now } = this.#modes;
    if (now.kind !== 'describing') return;
    const entity = this.#pass.entity(now.entity);
    this.#modes.read();
    if (entity === null) return;
    const [newName, newType] = [name.trim() || null, type.trim() || null];
    if (newName !== entity.name) this.#steps.do({ kind: 'name-entity', entity: entity.id, name: newName });
    if (newType !== entity.type) this.#steps.do({ kind: 'set-type', entity: entity.id, type: newType });
  }
}
