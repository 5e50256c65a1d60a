import { addText } from '../assembly/add-text.ts';
import { DocumentDraft } from '../assembly/document-draft.ts';
import { finishedDocument } from '../assembly/finish.ts';
import type { ReadEvent } from '../events.ts';
import type { LineConsumer } from '../source/consumer.ts';
import { faultOf, SourceFault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import type { Line } from '../source/lines.ts';
import { Tokeniser } from '../text/tokenise.ts';

/** Reads running text as one document: blank lines separate paragraphs, lines within a paragraph are joined. */
export class PlainTextReader implements LineConsumer<ReadEvent> {
  readonly #file: string;
  readonly #name: string;
  readonly #draft: DocumentDraft;
  readonly #tokeniser: Tokeniser;
  readonly #maxLength: number;
  #paragraph = '';
  #paragraphLine = 1;
  #fault: SourceFault | null = null;

  constructor(file: string, name: string, limits: Limits, language?: string) {
    this.#file = file;
    this.#name = name;
    this.#draft = new DocumentDraft(1, limits);
    if (language !== undefined) this.#draft.language = language;
    this.#tokeniser = new Tokeniser(language);
    this.#maxLength = limits.documentLineBytes;
  }

  take(line: Line): Iterable<ReadEvent> {
    this.#takeLine(line);
    return [];
  }

  #takeLine(line: Line): void {
    if (this.#fault !== null) return;
    if (line.kind === 'broken') {
      this.#fault = new SourceFault({ line: line.number, column: line.column }, line.reason, line.expected);
    } else if (line.text.trim() === '') {
      this.#endParagraph();
    } else {
      if (this.#paragraph === '') this.#paragraphLine = line.number;
      this.#paragraph += (this.#paragraph === '' ? '' : ' ') + line.text;
      if (this.#paragraph.length > this.#maxLength) {
        this.#fault = new SourceFault(
          { line: this.#paragraphLine, column: 1 },
          `the paragraph is longer than ${this.#maxLength} characters`,
          'blank lines between paragraphs',
        );
      }
    }
  }

  *end(): Generator<ReadEvent> {
    this.#endParagraph();
    yield finishedDocument({
      file: this.#file,
      key: this.#name,
      name: this.#name,
      draft: this.#draft,
      fault: this.#fault,
    });
  }

  #endParagraph(): void {
    const text = this.#paragraph;
    this.#paragraph = '';
    if (text === '' || this.#fault !== null) return;
    this.#fault = faultOf(() => {
      addText(this.#draft, text, this.#paragraphLine, this.#tokeniser);
      this.#draft.endParagraph();
    });
  }
}
