import type { CoderAnswer } from '@casebook/contracts';
import { DocumentDraft } from '../assembly/document-draft.ts';
import { finishedDocument } from '../assembly/finish.ts';
import type { ReadEvent } from '../events.ts';
import { quoted, SourceFault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import type { RawJudgement } from './judgement.ts';
import { answerOf } from './judgement.ts';
import type { XmlEvent } from './xml.ts';

interface OpenMarkable {
  id: string;
  start: number;
  attributes: Readonly<Record<string, string>>;
  line: number;
  opened: number;
}

/** The document at hand: words, markables by nesting, and the judgements found inside them. */
export class OpenDocument {
  readonly key: string;
  readonly #draft: DocumentDraft;
  readonly #open: OpenMarkable[] = [];
  readonly #ids = new Set<string>();
  readonly #judgements: RawJudgement[] = [];
  #word: { text: string; attributes: Readonly<Record<string, string>>; line: number } | null = null;
  #opened = 0;

  constructor(key: string, line: number, limits: Limits) {
    this.key = key;
    this.#draft = new DocumentDraft(line, limits);
  }

  /** @throws SourceFault where a word is empty or a markable's id is missing or repeated. */
  take(event: XmlEvent): void {
    if (event.kind === 'text') {
      if (this.#word !== null) this.#word.text += event.text;
      return;
    }
    const name = event.name.toLowerCase();
    if (event.kind === 'open') this.#start(name, event.attributes, event);
    else this.#end(name, event);
  }

  finished(file: string): ReadEvent {
    const event = finishedDocument({ file, key: this.key, name: this.key, draft: this.#draft, fault: null });
    if (event.kind !== 'document') return event;
    const answers: CoderAnswer[] = [];
    for (const judgement of this.#judgements) {
      const answer = answerOf(judgement, this.#ids);
      if (typeof answer === 'string')
        event.document.remarks.push({ line: judgement.line, reason: `${answer}; it is passed over` });
      else answers.push(answer);
    }
    return answers.length === 0 ? event : { kind: 'document', document: { ...event.document, answers } };
  }

  #start(
    name: string,
    attributes: Readonly<Record<string, string>>,
    place: { line: number; column: number },
  ): void {
    if (name === 'w') this.#word = { text: '', attributes, line: place.line };
    else if (name === 'ne') {
      const id = attributes['id'];
      if (id === undefined || id === '') throw new SourceFault(place, 'a markable has no id', '<ne id="…">');
      if (this.#ids.has(id))
        throw new SourceFault(place, `two markables have the id ${quoted(id)}`, 'ids that occur once');
      this.#ids.add(id);
      this.#opened += 1;
      this.#open.push({
        id,
        start: this.#draft.tokens.length,
        attributes,
        line: place.line,
        opened: this.#opened,
      });
    } else if (name === 'anchor' || name === 'comment') {
      const markable = this.#open.at(-1);
      if (markable !== undefined)
        this.#judgements.push({ mention: markable.id, attributes, element: name, line: place.line });
    }
  }

  #end(name: string, place: { line: number; column: number }): void {
    if (name === 'w') this.#endWord(place);
    else if (name === 's') this.#draft.endSentence();
    else if (name === 'p') this.#draft.endParagraph();
    else if (name === 'ne') this.#endMarkable();
  }

  #endWord(place: { line: number; column: number }): void {
    const word = this.#word;
    this.#word = null;
    if (word === null) return;
    const text = word.text.trim();
    if (text === '') throw new SourceFault(place, 'a word is empty', 'text in every <W>');
    const tag = word.attributes['pos'] ?? word.attributes['Pos'];
    const lemma = word.attributes['lemma'];
    this.#draft.addToken(
      {
        text,
        ...(lemma === undefined || lemma === '' ? {} : { lemma }),
        ...(tag === undefined || tag === '' ? {} : { attributes: { xpos: tag } }),
      },
      word.line,
    );
  }

  #endMarkable(): void {
    const markable = this.#open.pop();
    if (markable === undefined) return;
    const { id, start, attributes, line, opened } = markable;
    const end = this.#draft.tokens.length;
    if (end === start)
      throw new SourceFault(
        { line, column: 1 },
        `the markable ${quoted(id)} has no words`,
        'words inside every <ne>',
      );
    this.#draft.addMention({ id, ranges: [[start, end]], chain: attributes['chain'] ?? null, line, opened });
  }
}
