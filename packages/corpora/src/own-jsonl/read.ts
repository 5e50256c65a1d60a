import type { CoderAnswer, DocumentContent } from '@casebook/contracts';
import { coderAnswerSchema, documentContentSchema } from '@casebook/contracts';
import type { ReadEvent } from '../events.ts';
import type { LineConsumer } from '../source/consumer.ts';
import { quoted, SourceFault } from '../source/fault.ts';
import { objectOf } from '../source/json.ts';
import type { Limits } from '../source/limits.ts';
import type { Line } from '../source/lines.ts';
import { VERSION } from './format.ts';
import { inconsistencyOf } from './consistency.ts';

/** Reads our own JSONL, one document a line, each checked against its contract and for references that lead nowhere. */
export class OwnJsonlReader implements LineConsumer<ReadEvent> {
  readonly #file: string;
  readonly #limits: Limits;
  readonly #keys = new Set<string>();

  constructor(file: string, limits: Limits) {
    this.#file = file;
    this.#limits = limits;
  }

  *take(line: Line): Generator<ReadEvent> {
    if (line.kind === 'line' && line.text.trim() === '') return;
    try {
      yield this.#document(line);
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      yield { kind: 'refused', refusal: error.in(this.#file) };
    }
  }

  /** Nothing is left: every line was a whole document. */
  *end(): Generator<ReadEvent> {}

  #document(line: Line): ReadEvent {
    if (line.kind === 'broken')
      throw new SourceFault({ line: line.number, column: line.column }, line.reason, line.expected);
    const place = { line: line.number, column: 1 };
    const object = objectOf(line);
    const { casebook, key, name } = object;
    if (casebook !== VERSION)
      throw new SourceFault(
        place,
        `the line is of version ${quoted(casebook === undefined ? 'none' : JSON.stringify(casebook))}`,
        `"casebook": ${VERSION}`,
      );
    if (typeof key !== 'string' || key === '')
      throw new SourceFault(place, 'the line has no "key"', 'a name for the document');
    if (this.#keys.has(key))
      throw new SourceFault(
        place,
        `the document ${quoted(key)} was already in this file`,
        'every document once',
      );
    const content = this.#content(object['content'], place);
    const answers = object['answers'] === undefined ? undefined : answersOf(object['answers'], place);
    const inconsistency = inconsistencyOf(content, answers ?? []);
    if (inconsistency !== null)
      throw new SourceFault(place, inconsistency, 'ranges within the text and names of mentions that it has');
    this.#keys.add(key);
    const document = {
      key,
      name: typeof name === 'string' && name !== '' ? name : key,
      content,
      line: line.number,
      remarks: [],
    };
    return { kind: 'document', document: { ...document, ...(answers === undefined ? {} : { answers }) } };
  }

  #content(value: unknown, place: { line: number; column: number }): DocumentContent {
    const parsed = documentContentSchema.safeParse(value);
    if (!parsed.success) throw shapeFault(parsed.error.issues[0], 'content', place);
    if (parsed.data.tokens.length > this.#limits.tokensPerDocument) {
      throw new SourceFault(
        place,
        `the document has more than ${this.#limits.tokensPerDocument} tokens`,
        'shorter documents',
      );
    }
    return parsed.data;
  }
}

function answersOf(value: unknown, place: { line: number; column: number }): CoderAnswer[] {
  const parsed = coderAnswerSchema.array().safeParse(value);
  if (!parsed.success) throw shapeFault(parsed.error.issues[0], 'answers', place);
  return parsed.data;
}

function shapeFault(
  issue: { path: readonly PropertyKey[]; message: string } | undefined,
  root: string,
  place: { line: number; column: number },
): SourceFault {
  const path = [root, ...(issue?.path ?? [])].map(String).join('.');
  return new SourceFault(
    place,
    `"${path}" can't be read: ${issue?.message ?? 'it has another shape'}`,
    'a line as Casebook writes it',
  );
}
