import { DocumentDraft } from '../assembly/document-draft.ts';
import { finishedDocument } from '../assembly/finish.ts';
import type { ReadEvent } from '../events.ts';
import type { LineConsumer } from './consumer.ts';
import { quoted, SourceFault } from './fault.ts';
import type { JsonObject } from './json.ts';
import { objectOf } from './json.ts';
import type { Limits } from './limits.ts';
import type { Line } from './lines.ts';

/** Makes a document of one line's object; throws SourceFault where it can't. */
export type FillDraft = (object: JsonObject, draft: DocumentDraft) => { key: string; name?: string };

/** Reads a format with one JSON object, and so one document, a line. */
export class JsonLinesReader implements LineConsumer<ReadEvent> {
  readonly #file: string;
  readonly #limits: Limits;
  readonly #fill: FillDraft;
  readonly #keys = new Set<string>();

  constructor(file: string, limits: Limits, fill: FillDraft) {
    this.#file = file;
    this.#limits = limits;
    this.#fill = fill;
  }

  *take(line: Line): Generator<ReadEvent> {
    if (line.kind === 'line' && line.text.trim() === '') return;
    try {
      if (line.kind === 'broken')
        throw new SourceFault({ line: line.number, column: line.column }, line.reason, line.expected);
      const draft = new DocumentDraft(line.number, this.#limits);
      const { key, name } = this.#fill(objectOf(line), draft);
      if (this.#keys.has(key))
        throw new SourceFault(
          { line: line.number, column: 1 },
          `the document ${quoted(key)} was already in this file`,
          'every document once',
        );
      this.#keys.add(key);
      yield finishedDocument({ file: this.#file, key, name: name ?? key, draft, fault: null });
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      yield { kind: 'refused', refusal: error.in(this.#file) };
    }
  }

  /** Nothing is left: every line was a whole document. */
  *end(): Generator<ReadEvent> {}
}
