import { finishedDocument } from '../assembly/finish.ts';
import type { ReadEvent } from '../events.ts';
import type { LineConsumer } from '../source/consumer.ts';
import type { SourceFault } from '../source/fault.ts';
import { faultOf, quoted, SourceFault as Fault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import type { Line } from '../source/lines.ts';
import type { EntityFields } from './entity.ts';
import { DEFAULT_FIELDS } from './entity.ts';
import { OpenDocument } from './open-document.ts';

interface Current {
  key: string;
  document: OpenDocument;
  fault: SourceFault | null;
}

const NEWDOC = /^#\s*newdoc(?:\s+id)?(?:\s*=\s*(.*?))?\s*$/u;
const NEWPAR = /^#\s*newpar(?:\s+id)?(?:\s*=.*)?\s*$/u;
const ENTITY = /^#\s*global\.Entity\s*=\s*(\S+)\s*$/u;
const SPEAKER = /^#\s*speaker\s*=\s*(.*?)\s*$/u;

/**
 * Reads CoNLL-U (universaldependencies.org/format.html) with the coreference of CorefUD 1.0 and of GUM in
 * `Entity=`, `Bridge=` and `SplitAnte=`. Documents begin at `# newdoc`; a file without it is one document.
 * `# newpar` begins a paragraph, `# speaker` names who says a sentence, `# global.Entity` names the fields of the
 * brackets and holds until the next one. Empty nodes (`3.1`) are tokens marked `empty`.
 */
export class ConllUReader implements LineConsumer<ReadEvent> {
  readonly #fileName: string;
  readonly #fallbackName: string;
  readonly #limits: Limits;
  readonly #keys = new Set<string>();
  #declared: EntityFields = DEFAULT_FIELDS;
  #current: Current | null = null;
  #unnamed = 0;
  #speaker: string | null = null;
  #inSentence = false;
  /** A fault above the first readable row of a sentence: whose document it is, is only known further down. */
  #waiting: SourceFault | null = null;

  constructor(fileName: string, fallbackName: string, limits: Limits) {
    this.#fileName = fileName;
    this.#fallbackName = fallbackName;
    this.#limits = limits;
  }

  *take(line: Line): Generator<ReadEvent> {
    if (line.kind === 'broken') {
      const fault = new Fault({ line: line.number, column: line.column }, line.reason, line.expected);
      if (this.#inSentence && this.#current !== null) this.#current.fault ??= fault;
      else this.#waiting ??= fault;
    } else if (line.text.trim() === '') {
      this.#endSentence();
      this.#blameCurrent();
    } else if (line.text.startsWith('#')) {
      yield* this.#comment(line.text, line.number);
    } else {
      this.#row(line.text, line.number);
    }
  }

  *end(): Generator<ReadEvent> {
    this.#endSentence();
    yield* this.#finish();
    if (this.#waiting !== null) yield { kind: 'refused', refusal: this.#waiting.in(this.#fileName) };
  }

  *#comment(text: string, line: number): Generator<ReadEvent> {
    const newdoc = NEWDOC.exec(text);
    if (newdoc !== null) {
      this.#endSentence();
      yield* this.#finish();
      this.#begin(newdoc[1] === undefined || newdoc[1] === '' ? null : newdoc[1], line);
      return;
    }
    const declared = ENTITY.exec(text)?.[1];
    if (declared !== undefined) this.#declared = declared.split('-');
    const speaker = SPEAKER.exec(text)?.[1];
    if (speaker !== undefined) this.#speaker = speaker === '' ? null : speaker;
    if (NEWPAR.test(text) && this.#current !== null) {
      this.#endSentence(false);
      this.#current.document.draft.endParagraph();
    }
  }

  #row(text: string, line: number): void {
    this.#inSentence = true;
    const current = this.#current ?? this.#begin(null, line);
    current.fault ??= this.#waiting;
    this.#waiting = null;
    current.fault ??= faultOf(() => {
      current.document.addRow(text, line, this.#declared);
    });
  }

  #endSentence(forgetsSpeaker = true): void {
    if (this.#inSentence) {
      this.#current?.document.endSentence(this.#speaker);
      if (forgetsSpeaker) this.#speaker = null;
    }
    this.#inSentence = false;
  }

  /** A fault in a block that had no readable row: the block was a sentence of the document at hand. */
  #blameCurrent(): void {
    if (this.#waiting === null || this.#current === null) return;
    this.#current.fault ??= this.#waiting;
    this.#waiting = null;
  }

  #begin(name: string | null, line: number): Current {
    if (name === null) this.#unnamed += 1;
    const key = name ?? (this.#unnamed === 1 ? this.#fallbackName : `${this.#fallbackName}-${this.#unnamed}`);
    const fault = this.#keys.has(key)
      ? new Fault(
          { line, column: 1 },
          `the document ${quoted(key)} was already in this file`,
          'every document once',
        )
      : null;
    this.#keys.add(key);
    const current = { key, document: new OpenDocument(line, this.#limits), fault };
    this.#current = current;
    return current;
  }

  *#finish(): Generator<ReadEvent> {
    const current = this.#current;
    this.#current = null;
    if (current === null) return;
    const { key, document, fault } = current;
    const { draft } = document;
    const close = (): void => {
      document.close();
    };
    yield finishedDocument({ file: this.#fileName, key, name: key, draft, fault, close });
  }
}
