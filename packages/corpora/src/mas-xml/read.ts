import type { ReadEvent } from '../events.ts';
import { quoted, SourceFault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import { LineSplitter } from '../source/lines.ts';
import { OpenDocument } from './open-document.ts';
import type { XmlEvent } from './xml.ts';
import { XmlScanner } from './xml.ts';

/**
 * Reads MAS-XML, the inline XML of Phrase Detectives (Poesio et al. 2019), with the judgements of single players
 * as answers. `<doc>` elements are documents, else the root is one; `<p>`, `<s>`, `<W>` hold paragraphs, sentences
 * and words, `<ne id>` markables. `<anchor type="DN|DO|NR|PR">` is an answer (mode `v` one of validation), `SE`
 * and `<comment>` are skips with their reason; `annotation_time` is read as seconds. A fault of a document's
 * content costs that document; malformed XML costs the rest of the file.
 */
export async function* readMasXml(
  source: AsyncIterable<Uint8Array>,
  file: string,
  fallbackName: string,
  limits: Limits,
): AsyncGenerator<ReadEvent> {
  const splitter = new LineSplitter(limits.documentLineBytes);
  const scanner = new XmlScanner();
  const documents = new Documents(file, fallbackName, limits);
  try {
    for await (const chunk of source) {
      for (const line of splitter.push(chunk)) {
        if (line.kind === 'broken')
          throw new SourceFault({ line: line.number, column: line.column }, line.reason, line.expected);
        for (const event of scanner.take(line)) yield* documents.take(event);
      }
    }
    for (const line of splitter.end()) {
      if (line.kind === 'broken')
        throw new SourceFault({ line: line.number, column: line.column }, line.reason, line.expected);
      for (const event of scanner.take(line)) yield* documents.take(event);
    }
    scanner.end();
    yield* documents.end();
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    yield { kind: 'refused', refusal: error.in(file) };
  }
}

const CONTENT = new Set(['p', 's', 'ne', 'w']);

/** Deals the events of one file out to its documents. */
class Documents {
  readonly #file: string;
  readonly #fallbackName: string;
  readonly #limits: Limits;
  readonly #keys = new Set<string>();
  #current: OpenDocument | null = null;
  #fault: SourceFault | null = null;
  #depth = 0;
  #documentDepth = 0;
  #sawDocument = false;
  /** The key of the document that the root is, where there are no documents in it. */
  #root = '';

  constructor(file: string, fallbackName: string, limits: Limits) {
    this.#file = file;
    this.#fallbackName = fallbackName;
    this.#limits = limits;
  }

  *take(event: XmlEvent): Generator<ReadEvent> {
    if (event.kind === 'open') {
      this.#depth += 1;
      if (event.name.toLowerCase() === 'doc') {
        this.#sawDocument = true;
        yield* this.#finish();
        this.#begin(event.attributes['id'] ?? event.attributes['name'] ?? this.#fallbackName, event);
      }
    }
    this.#feed(event);
    if (event.kind === 'close') {
      if (this.#current !== null && this.#depth === this.#documentDepth) yield* this.#finish();
      this.#depth -= 1;
    }
  }

  *end(): Generator<ReadEvent> {
    if (this.#current !== null) yield* this.#finish();
    else if (this.#keys.size === 0) {
      yield {
        kind: 'refused',
        refusal: new SourceFault({ line: 1, column: 1 }, 'the document has no tokens', '<W> elements').in(
          this.#file,
        ),
      };
    }
  }

  #feed(event: XmlEvent): void {
    if (event.kind === 'open' && this.#depth === 1)
      this.#root = event.attributes['name'] ?? event.attributes['id'] ?? this.#fallbackName;
    if (
      this.#current === null &&
      !this.#sawDocument &&
      event.kind === 'open' &&
      CONTENT.has(event.name.toLowerCase())
    ) {
      this.#begin(this.#root, event);
      this.#documentDepth = 1;
    }
    if (this.#fault !== null || this.#current === null) return;
    try {
      this.#current.take(event);
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      this.#fault = error;
    }
  }

  #begin(key: string, place: { line: number; column: number }): void {
    this.#current = new OpenDocument(key, place.line, this.#limits);
    this.#documentDepth = this.#depth;
    this.#fault = this.#keys.has(key)
      ? new SourceFault(place, `the document ${quoted(key)} was already in this file`, 'every document once')
      : null;
    this.#keys.add(key);
  }

  *#finish(): Generator<ReadEvent> {
    const document = this.#current;
    const fault = this.#fault;
    this.#current = null;
    this.#fault = null;
    if (document === null) return;
    yield fault === null ? document.finished(this.#file) : { kind: 'refused', refusal: fault.in(this.#file) };
  }
}
