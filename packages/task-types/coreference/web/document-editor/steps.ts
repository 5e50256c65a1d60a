import type { LogEntry, Operation } from '../../document-editor/contract.ts';
import type { Modes } from './modes.svelte.ts';
import type { Pass } from './pass.svelte.ts';
import type { Place } from './place.svelte.ts';
import type { Voice } from './voice.svelte.ts';
import { startOf } from '../../document-editor/annotation.ts';

/** Steps of the log: done, taken back, and done again, each said as it is. */
export class Steps {
  readonly #pass: Pass;
  readonly #voice: Voice;
  readonly #place: Place;
  readonly #modes: Modes;

  constructor(pass: Pass, voice: Voice, place: Place, modes: Modes) {
    this.#pass = pass;
    this.#voice = voice;
    this.#place = place;
    this.#modes = modes;
  }

  /** Does an operation, and says what it did or why it cannot be done. */
  do(operation: Operation): boolean {
    const refusal = this.#pass.do(operation);
    if (refusal !== null) {
      this.#voice.refuse(refusal.message);
      return false;
    }
    this.#voice.calm();
    this.#voice.say(`${this.#pass.inWords(operation)}.`);
    return true;
  }

  undo(): void {
    this.#back('undo', 'Undone');
  }

  redo(): void {
    this.#back('redo', 'Done again');
  }

  #back(kind: 'undo' | 'redo', word: string): void {
    const pass = this.#pass;
    const place = this.#place;
    const { done, undone } = pass.history;
    const operation = (kind === 'undo' ? done : undone)?.operation;
    // What is taken back is named as it stood.
    const before = operation === undefined ? '' : pass.inWords(operation);
    const refusal = pass.do({ kind } satisfies LogEntry);
    if (refusal !== null) {
      this.#voice.refuse(refusal.message);
      return;
    }
    this.#modes.read();
    this.#voice.calm();
    this.#voice.say(
      `${word}: ${kind === 'undo' || operation === undefined ? before : pass.inWords(operation)}.`,
    );
    if (place.selected === null) place.selectedId = null;
    const about = operation !== undefined && 'mention' in operation ? pass.mention(operation.mention) : null;
    if (about !== null) {
      place.selectedId = about.id;
      place.cursor = startOf(about);
      place.show(place.cursor);
    }
  }
}
