import { finishedDocument } from '../assembly/finish.ts';
import { cellsOf } from '../conll-2012/columns.ts';
import type { ReadEvent } from '../events.ts';
import type { LineConsumer } from '../source/consumer.ts';
import type { SourceFault } from '../source/fault.ts';
import { faultOf, quoted, SourceFault as Fault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import type { Line } from '../source/lines.ts';
import { OpenDocument } from './open-document.ts';

interface Current {
  key: string;
  document: OpenDocument;
  fault: SourceFault | null;
}

const DEFAULT_COLUMNS =
  'ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC IDENTITY BRIDGING DISCOURSE_DEIXIS REFERENCE NOM_SEM'.split(
    ' ',
  );

/**
 * Reads the CoNLL-UA of the Universal Anaphora scorer (Yu et al. 2023) as far as identity and split antecedents
 * go; bridging and discourse deixis in it are not read, and that is said.
 */
export class ConllUaReader implements LineConsumer<ReadEvent> {
  readonly #file: string;
  readonly #fallbackName: string;
  readonly #limits: Limits;
  readonly #keys = new Set<string>();
  #columns: readonly string[] = DEFAULT_COLUMNS;
  #current: Current | null = null;

  constructor(file: string, fallbackName: string, limits: Limits) {
    this.#file = file;
    this.#fallbackName = fallbackName;
    this.#limits = limits;
  }

  *take(line: Line): Generator<ReadEvent> {
    if (line.kind === 'broken') {
      const current = this.#current ?? this.#begin(this.#fallbackName, line.number);
      current.fault ??= new Fault({ line: line.number, column: line.column }, line.reason, line.expected);
    } else if (line.text.trim() === '') {
      this.#current?.document.draft.endSentence();
    } else if (line.text.startsWith('#')) {
      const columns = /^#\s*global\.columns\s*=\s*(.+?)\s*$/u.exec(line.text)?.[1];
      if (columns !== undefined) this.#columns = columns.split(/\s+/u);
      const newdoc = /^#\s*newdoc(?:\s+id)?\s*=?\s*(.*?)\s*$/u.exec(line.text)?.[1];
      if (newdoc === undefined) return;
      yield* this.#finish();
      this.#begin(newdoc === '' ? this.#fallbackName : newdoc, line.number);
    } else {
      this.#row(line.text, line.number);
    }
  }

  *end(): Generator<ReadEvent> {
    yield* this.#finish();
  }

  #row(text: string, line: number): void {
    const current = this.#current ?? this.#begin(this.#fallbackName, line);
    current.fault ??= faultOf(() => {
      const cells = cellsOf(text, this.#limits.columns);
      if (cells === null)
        throw new Fault(
          { line, column: 1 },
          `the row has more than ${this.#limits.columns} columns`,
          'fewer columns',
        );
      current.document.addRow(cells, this.#columns, text, line);
      const unread = ['BRIDGING', 'DISCOURSE_DEIXIS'].filter(
        (name) => (cells[this.#columns.indexOf(name)]?.text ?? '_') !== '_',
      );
      for (const name of unread) current.document.draft.remark(line, `what stands in ${name} is not read`);
    });
  }

  #begin(key: string, line: number): Current {
    const fault = this.#keys.has(key)
      ? new Fault(
          { line, column: 1 },
          `the document ${quoted(key)} was already in this file`,
          'every document once',
        )
      : null;
    this.#keys.add(key);
    this.#current = { key, document: new OpenDocument(line, this.#limits), fault };
    return this.#current;
  }

  *#finish(): Generator<ReadEvent> {
    const current = this.#current;
    this.#current = null;
    if (current === null) return;
    const { key, document, fault } = current;
    const close = (): void => {
      document.close();
    };
    yield finishedDocument({ file: this.#file, key, name: key, draft: document.draft, fault, close });
  }
}
