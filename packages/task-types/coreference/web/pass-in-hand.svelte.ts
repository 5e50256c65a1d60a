import type { SubmissionId } from '@casebook/contracts';
import { SvelteSet } from 'svelte/reactivity';
import type { SectionWork, WorkUnit } from '../../section-work.ts';
import type {
  CoreferenceProtocol,
  DocumentAnswer,
  DocumentUnit,
  EitherAnswer,
  EitherUnit,
} from '../contract.ts';
import type { LogEntry } from '../document-editor/contract.ts';
import { isTooLong } from '../misfit.ts';

/** How long a coder rests before what was done is saved. */
const REST_MS = 2000;

/** One coder’s log of a document, and how much of it was given to the page to be kept. */
export class PassInHand {
  readonly unit: WorkUnit<DocumentUnit>;
  entries: readonly LogEntry[] = $state.raw([]);
  /** Raised when the log becomes another one, so that it is opened anew. */
  edition: number = $state(0);
  /** The log is too long to be kept: nothing more is saved. */
  tooLong: boolean = $state(false);
  /** The whole log, where it was too long to be handed in: the coder may take it along. */
  leftBehind: readonly LogEntry[] | null = $state.raw(null);
  #saved: number = $state(0);
  readonly #work: SectionWork<EitherUnit, EitherAnswer, CoreferenceProtocol>;
  /** What was given here, or was begun from; any other judgement comes from another window or device. */
  readonly #own = new SvelteSet<SubmissionId>();
  #closed = false;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(
    work: SectionWork<EitherUnit, EitherAnswer, CoreferenceProtocol>,
    unit: WorkUnit<DocumentUnit>,
  ) {
    this.#work = work;
    this.unit = unit;
    this.adopt();
    // A document that is saved is not yet handed in.
    work.goTo(unit.id);
  }

  get isOpen(): boolean {
    return this.#work.current?.id === this.unit.id;
  }

  get unsaved(): number {
    return this.entries.length - this.#saved;
  }

  /** Whether the latest judgement was given elsewhere, in another window or on another device. */
  get isElsewhere(): boolean {
    const judgement = this.#work.judgementOf(this.unit.id);
    return judgement !== null && !this.#own.has(judgement.submissionId);
  }

  /** Takes the latest judgement for the log, in the place of what is here. */
  adopt(): void {
    clearTimeout(this.#rest);
    const judgement = this.#work.judgementOf(this.unit.id);
    const act = judgement?.act;
    if (judgement !== null) this.#own.add(judgement.submissionId);
    this.entries = act?.kind === 'answer' && act.answer.kind === 'document' ? act.answer.entries : [];
    this.#saved = this.entries.length;
    this.edition += 1;
  }

  /** Keeps what is here over what was given elsewhere. */
  prefer(): void {
    const judgement = this.#work.judgementOf(this.unit.id);
    if (judgement !== null) this.#own.add(judgement.submissionId);
    this.#give();
    this.#work.goTo(this.unit.id);
  }

  add(entry: LogEntry): void {
    this.entries = [...this.entries, entry];
    this.#saveSoon();
  }

  /** Saves what is not saved yet; the document stays open. */
  save(): void {
    if (this.unsaved === 0 || this.isElsewhere || !this.#give()) return;
    this.#work.goTo(this.unit.id);
  }

  /** Saves all and lets go of the document; whether it could be done. */
  handIn(): boolean {
    if (this.isElsewhere) return false;
    this.#work.goTo(this.unit.id);
    if (this.#give()) this.#closed = true;
    else {
      // What is too long to be kept is left behind; the coder has been told so, and may take it along.
      this.leftBehind = this.entries;
      this.#closed = this.#give(this.entries.slice(0, this.#saved));
    }
    return this.#closed;
  }

  /** The document was opened again. Where that took the judgement back, the log is given again. */
  reopened(): void {
    if (!this.#closed) return;
    this.#closed = false;
    if (this.#work.judgementOf(this.unit.id) !== null) return;
    this.#saved = 0;
    this.#saveSoon();
  }

  #saveSoon(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.save();
    }, REST_MS);
  }

  #give(entries: readonly LogEntry[] = this.entries): boolean {
    clearTimeout(this.#rest);
    const { start } = this.unit.content;
    const answer: DocumentAnswer = { kind: 'document', start, entries: [...entries] };
    this.tooLong ||= isTooLong(answer);
    if (isTooLong(answer)) return false;
    this.#work.answer(answer);
    const judgement = this.#work.judgementOf(this.unit.id);
    if (judgement !== null) this.#own.add(judgement.submissionId);
    this.entries = entries;
    this.#saved = entries.length;
    return true;
  }
}
