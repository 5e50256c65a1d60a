import { z } from 'zod';
import { consumeLines } from '../source/consumer.ts';
import type { LineConsumer } from '../source/consumer.ts';
import { SourceFault } from '../source/fault.ts';
import { DEFAULT_LIMITS } from '../source/limits.ts';
import type { Line } from '../source/lines.ts';
import type { Refusal } from '../events.ts';
import { unguarded } from '../word-pairs/formula-guard.ts';
import { RecordReader } from '../word-pairs/records.ts';
import type { RecordEvent } from '../word-pairs/records.ts';

/** Of an exported judgement, what is needed to take it in again. Further columns are passed over. */
const rowSchema = z.object({
  taskId: z.string(),
  itemId: z.string(),
  itemName: z.string().optional(),
  unitKey: z.string(),
  coder: z.string(),
  coderName: z.string().min(1),
  stage: z.string(),
  act: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('answer'), answer: z.json() }),
    z.object({ kind: z.literal('skip') }),
    z.object({ kind: z.literal('withdrawal') }),
  ]),
  comment: z.string().nullable(),
  coderRating: z.number().nullable(),
  elapsedMs: z.number().nonnegative().nullable(),
  informed: z.boolean(),
  extra: z.boolean(),
  superseded: z.boolean(),
  receivedAt: z.string(),
});
export type ReadJudgement = z.infer<typeof rowSchema>;

export type JudgementRowEvent =
  { kind: 'judgement'; judgement: ReadJudgement; line: number } | { kind: 'refused'; refusal: Refusal };

/** What the beginning of a file of exported judgements looks like; null for any other file. */
export function judgementRowFormat(head: Uint8Array): 'jsonl' | 'csv' | null {
  const first =
    new TextDecoder()
      .decode(head)
      .replace(/^\uFEFF/u, '')
      .trimStart()
      .split('\n', 1)[0] ?? '';
  if (!first.includes('submissionId') || !first.includes('unitKey')) return null;
  return first.startsWith('{') ? 'jsonl' : 'csv';
}

/** Reads judgements as they are exported, as JSON lines or as CSV. Bad rows come as refusals; the rest goes on. */
export function readJudgementRows(
  source: AsyncIterable<Uint8Array>,
  options: { fileName: string; format: 'jsonl' | 'csv' },
): AsyncGenerator<JudgementRowEvent> {
  const { fileName, format } = options;
  const consumer = format === 'jsonl' ? new LineRows(fileName) : new TableRows(fileName);
  return consumeLines(source, consumer, DEFAULT_LIMITS.documentLineBytes);
}

function eventOf(candidate: unknown, line: number, file: string): JudgementRowEvent {
  const parsed = rowSchema.safeParse(candidate);
  if (parsed.success) return { kind: 'judgement', judgement: parsed.data, line };
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'the row' : `“${issue.path.join('.')}”`;
  return refusedAt(file, line, `${where} is not as judgements are exported`);
}

function refusedAt(file: string, line: number, reason: string): JudgementRowEvent {
  const refusal = { file, line, column: 1, reason, expected: 'a judgement as this service exports it' };
  return { kind: 'refused', refusal };
}

class LineRows implements LineConsumer<JudgementRowEvent> {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  *take(line: Line): Generator<JudgementRowEvent> {
    if (line.kind === 'broken') {
      const { number, column, reason, expected } = line;
      yield { kind: 'refused', refusal: { file: this.#file, line: number, column, reason, expected } };
    } else if (line.text.trim() !== '') {
      const json = jsonOf(line.text);
      yield json === undefined
        ? refusedAt(this.#file, line.number, 'the line is no JSON')
        : eventOf(json, line.number, this.#file);
    }
  }

  *end(): Generator<JudgementRowEvent> {}
}

const COLUMNS = 200;
const NUMBERS = new Set(['coderRating', 'elapsedMs']);
const TRUTHS = new Set(['informed', 'extra', 'superseded']);
const OPTIONAL = new Set(['comment', 'coderRating', 'elapsedMs']);

class TableRows implements LineConsumer<JudgementRowEvent> {
  readonly #file: string;
  readonly #records = new RecordReader(',', COLUMNS);
  #names: readonly string[] | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  *take(line: Line): Generator<JudgementRowEvent> {
    for (const event of this.#records.take(line)) yield* this.#row(event);
  }

  *end(): Generator<JudgementRowEvent> {
    for (const event of this.#records.end()) yield* this.#row(event);
  }

  *#row(event: RecordEvent): Generator<JudgementRowEvent> {
    if (event.kind === 'fault') {
      yield { kind: 'refused', refusal: event.fault.in(this.#file) };
    } else if (this.#names === null) {
      this.#names = event.cells.map(({ text }) => text);
    } else if (event.cells.length !== this.#names.length) {
      const fault = new SourceFault(
        { line: event.line, column: 1 },
        `the row has ${event.cells.length} cells`,
        `${this.#names.length} cells, as the header has`,
      );
      yield { kind: 'refused', refusal: fault.in(this.#file) };
    } else {
      const cells = new Map(this.#names.map((name, at) => [name, event.cells[at]?.text ?? '']));
      yield eventOf(rowOf(cells), event.line, this.#file);
    }
  }
}

function rowOf(cells: ReadonlyMap<string, string>): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [name, cell] of cells) {
    if (cell === '' && OPTIONAL.has(name)) row[name] = null;
    else if (NUMBERS.has(name)) row[name] = Number(cell);
    else if (TRUTHS.has(name)) row[name] = cell === 'true' ? true : cell === 'false' ? false : cell;
    else row[name] = unguarded(cell);
  }
  const kind = cells.get('act');
  row['act'] = kind === 'answer' ? { kind, answer: jsonOf(cells.get('answer') ?? '') } : { kind };
  return row;
}

/** Undefined where the text is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
