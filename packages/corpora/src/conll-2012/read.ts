import { finishedDocument } from '../assembly/finish.ts';
import type { ReadEvent } from '../events.ts';
import type { LineConsumer } from '../source/consumer.ts';
import type { SourceFault } from '../source/fault.ts';
import { faultOf, quoted, SourceFault as Fault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import type { Line } from '../source/lines.ts';
import { isBlank, parseBrackets } from './brackets.ts';
import { cellsOf } from './columns.ts';
import { frameOf, keyOf } from './frame.ts';
import { OpenDocument } from './open-document.ts';

interface Current {
  key: string;
  document: OpenDocument;
  framed: boolean;
  /** Why the document is lost; its remaining rows are passed over. */
  fault: SourceFault | null;
}

/**
 * Reads CoNLL-2012 (Pradhan et al. 2012, section 3; the reference scorers' README) and the layouts in use beside
 * it. Documents stand in `#begin document` frames, one a part; without frames a document is the run of rows with
 * the same first two columns where there are five or more columns, else the whole file. A blank line ends a
 * sentence. Brackets of one chain that are open at the same time close innermost first; brackets of different
 * chains may cross.
 */
export class Conll2012Reader implements LineConsumer<ReadEvent> {
  readonly #fileName: string;
  readonly #limits: Limits;
  readonly #fallbackName: string;
  readonly #keys = new Set<string>();
  #current: Current | null = null;

  constructor(fileName: string, fallbackName: string, limits: Limits) {
    this.#fileName = fileName;
    this.#fallbackName = fallbackName;
    this.#limits = limits;
  }

  *take(line: Line): Generator<ReadEvent> {
    if (line.kind === 'broken') {
      this.#fail(new Fault({ line: line.number, column: line.column }, line.reason, line.expected));
      return;
    }
    const frame = frameOf(line.text);
    if (frame !== null) {
      yield* this.#finish(frame.kind === 'end');
      if (frame.kind === 'begin') {
        const named = line.text.startsWith('# ');
        this.#begin(keyOf(frame.name, frame.part), frame.name, line.number, true, named);
      }
      return;
    }
    if (line.text.trim() === '') this.#current?.document.endSentence();
    else if (!isComment(line.text, this.#current?.document)) yield* this.#row(line.text, line.number);
  }

  *end(): Generator<ReadEvent> {
    yield* this.#finish(false);
  }

  *#row(text: string, number: number): Generator<ReadEvent> {
    const cells = cellsOf(text, this.#limits.columns);
    if (cells === null) {
      this.#fail(
        new Fault(
          { line: number, column: 1 },
          `the row has more than ${this.#limits.columns} columns`,
          'fewer columns',
        ),
      );
      return;
    }
    if (this.#current?.framed !== true) {
      const part = Number(cells[1]?.text ?? '');
      const self = cells.length >= 5 && Number.isInteger(part) ? { name: cells[0]?.text ?? '', part } : null;
      const name = self === null || self.name === '' ? this.#fallbackName : self.name;
      const key = self === null ? name : keyOf(name, self.part);
      if (this.#current === null) this.#begin(key, name, number, false, false);
      else if (self !== null && this.#current.key !== key) {
        yield* this.#finish(false);
        this.#begin(key, name, number, false, false);
      }
    }
    const current = this.#current;
    if (current === null || current.fault !== null) return;
    current.fault = faultOf(() => {
      current.document.addRow(cells, text, number);
    });
  }

  #begin(key: string, name: string, line: number, framed: boolean, named: boolean): Current {
    const fault = this.#keys.has(key)
      ? new Fault(
          { line, column: 1 },
          `the document ${quoted(key)} was already in this file`,
          'every document once',
        )
      : null;
    this.#keys.add(key);
    const current = { key, document: new OpenDocument(name, line, named, this.#limits), framed, fault };
    this.#current = current;
    return current;
  }

  #fail(fault: SourceFault): void {
    const current =
      this.#current ?? this.#begin(this.#fallbackName, this.#fallbackName, fault.line, false, false);
    current.fault ??= fault;
  }

  *#finish(ended: boolean): Generator<ReadEvent> {
    const current = this.#current;
    this.#current = null;
    if (current === null) return;
    const { key, document, fault } = current;
    const { draft } = document;
    if (current.framed && !ended) {
      draft.remark(draft.line, 'the document has no "#end document"; the file may be cut off');
    }
    const close = (): void => {
      document.close();
    };
    yield finishedDocument({ file: this.#fileName, key, name: key, draft, fault, close });
  }
}

/**
 * Whether a line is a remark: it begins with `#` and has not the shape of the rows before it. Before the first row
 * only a line with tabs that ends in a coreference column is none.
 */
function isComment(text: string, document: OpenDocument | undefined): boolean {
  if (!text.startsWith('#')) return false;
  const fits = document?.hasRowShape(cellsOf(text, 64) ?? [], text) ?? null;
  if (fits !== null) return !fits;
  if (!text.includes('\t')) return true;
  const last = text.slice(text.lastIndexOf('\t') + 1);
  return !isBlank(last) && (!/[()]/u.test(last) || parseBrackets(last).kind === 'fault');
}
