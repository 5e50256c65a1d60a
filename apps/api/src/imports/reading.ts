import type { CollectionKind, ProjectId, Refusal } from '@casebook/contracts';
import { readDocuments, readWordPairs } from '@casebook/corpora';
import type { PairTable } from '@casebook/corpora';
import type { Connection } from '../database/client.ts';
import { BATCH_BYTES, BATCH_ITEMS, KEPT_REFUSALS, KEPT_REMARKS } from './limits.ts';
import * as repository from './repository.ts';
import * as staging from './staging/repository.ts';
import { storableDocument, storablePair } from './understood-item.ts';
import type { Storable } from './understood-item.ts';

/** What reading a file came to, beside the rows that were staged. */
export interface ReadingResult {
  /** In words; null where the file was refused before a format was recognised. */
  readonly format: string | null;
  readonly items: number;
  readonly refused: number;
  readonly firstRefusal: Refusal | undefined;
  readonly remarks: readonly string[];
}

/** What a file says, item by item, whichever kind it is. */
type Event =
  | Storable
  | { readonly kind: 'format'; readonly format: string; readonly findings: readonly string[] }
  /** About one line of the file; there may be many. */
  | { readonly kind: 'remark'; readonly remark: string }
  /** About the whole file. */
  | { readonly kind: 'finding'; readonly finding: string };

const FORMATS: ReadonlyMap<string, string> = new Map([
  ['conll-2012', 'CoNLL-2012'],
  ['conll-u', 'CoNLL-U'],
]);
const SEPARATORS = { '\t': 'tabs', ',': 'commas', ';': 'semicolons', '|': 'bars', ' ': 'spaces' } as const;

/**
 * Reads a file to its end and stages what it holds, batch by batch, so that memory is bounded by the largest
 * document and not by the file. Rejects only where the source or the database does.
 */
export async function stageFile(
  connection: Connection,
  upload: { projectId: ProjectId; importId: string; kind: CollectionKind; fileName: string },
  source: AsyncIterable<Uint8Array>,
  shareRead: () => number,
): Promise<ReadingResult> {
  const events =
    upload.kind === 'documents'
      ? documentEvents(source, upload.fileName)
      : pairEvents(source, upload.fileName);
  const findings: string[] = [];
  const remarks: string[] = [];
  const refusals: Refusal[] = [];
  const batch: staging.StagedRow[] = [];
  let [format, firstRefusal]: [string | null, Refusal | undefined] = [null, undefined];
  let [items, refused, further, batchBytes, kept] = [0, 0, 0, 0, 0];
  let position = 0;

  const flush = async () => {
    await staging.stageItems(connection, upload, batch);
    await repository.insertRefusals(connection, upload, refusals, kept - refusals.length);
    await repository.updateProgress(connection, upload, shareRead());
    batch.length = 0;
    refusals.length = 0;
    batchBytes = 0;
  };
  for await (const event of events) {
    if (event.kind === 'format') {
      format = event.format;
      findings.push(...event.findings);
    } else if (event.kind === 'remark') {
      if (remarks.length < KEPT_REMARKS) remarks.push(event.remark);
      else further += 1;
    } else if (event.kind === 'finding') {
      findings.push(event.finding);
    } else if (event.kind === 'refused') {
      firstRefusal ??= event.refusal;
      refused += 1;
      if (kept < KEPT_REFUSALS) {
        refusals.push(event.refusal);
        kept += 1;
      }
    } else {
      // The line, so that a row can be found again in its file; raised where several items begin on one.
      position = Math.max(position + 1, event.item.line);
      batch.push({ ...event.item, position });
      batchBytes += event.item.content.length;
      items += 1;
    }
    if (batch.length >= BATCH_ITEMS || refusals.length >= BATCH_ITEMS || batchBytes >= BATCH_BYTES)
      await flush();
  }
  await flush();
  if (further > 0) remarks.push(`${further.toLocaleString('en')} further remarks are not shown.`);
  if (refused > kept)
    findings.push(`Only the first ${KEPT_REFUSALS.toLocaleString('en')} refusals are listed.`);
  return { format, items, refused, firstRefusal, remarks: [...findings, ...remarks] };
}

async function* documentEvents(source: AsyncIterable<Uint8Array>, fileName: string): AsyncGenerator<Event> {
  let withoutMentions = 0;
  let withAnswers = 0;
  for await (const event of readDocuments(source, { fileName })) {
    if (event.kind === 'understood') {
      yield { kind: 'format', format: FORMATS.get(event.format) ?? event.format, findings: [] };
    } else if (event.kind === 'refused') {
      yield event;
    } else {
      const { document } = event;
      if (document.content.mentions.length === 0) withoutMentions += 1;
      if (document.answers !== undefined && document.answers.length > 0) withAnswers += 1;
      for (const { line, reason } of document.remarks)
        yield { kind: 'remark', remark: `Line ${line}: ${reason}.` };
      yield storableDocument(fileName, document);
    }
  }
  if (withoutMentions > 0) {
    const which = withoutMentions === 1 ? '1 document holds' : `${withoutMentions} documents hold`;
    yield {
      kind: 'finding',
      finding: `${which} no markables: stored, but there is nothing to judge in them.`,
    };
  }
  if (withAnswers > 0) {
    const which = withAnswers === 1 ? '1 document brings' : `${withAnswers} documents bring`;
    yield { kind: 'finding', finding: `${which} answers of single coders, which are not taken in.` };
  }
}

async function* pairEvents(source: AsyncIterable<Uint8Array>, fileName: string): AsyncGenerator<Event> {
  for await (const event of readWordPairs(source, { fileName })) {
    if (event.kind === 'understood') {
      yield {
        kind: 'format',
        format: `Word pairs, separated by ${SEPARATORS[event.table.separator]}`,
        findings: [columnsOf(event.table)],
      };
    } else if (event.kind === 'refused') {
      yield event;
    } else {
      yield storablePair(fileName, event.line, event.pair);
    }
  }
}

/** Which column was taken for what, in a sentence. */
function columnsOf({ columns, header }: PairTable): string {
  const named = (role: PairTable['columns'][number]['role']) =>
    columns.filter((column) => column.role === role).map(({ name }) => `“${name}”`);
  const ratings = named('rating');
  const parts = [
    `words in ${named('word1').join()} and ${named('word2').join()}`,
    ...named('part-of-speech').map((name) => `part of speech in ${name}`),
    ...named('gold').map((name) => `gold score in ${name}`),
    ...(ratings.length === 0 ? [] : [`${ratings.length} columns of ratings (${shortened(ratings)})`]),
    ...(named('ignored').length === 0 ? [] : [`left out: ${shortened(named('ignored'))}`]),
  ];
  return `Columns${header ? '' : ' (the table has no header)'}: ${parts.join('; ')}.`;
}

function shortened(names: readonly string[]): string {
  return names.length <= 6 ? names.join(', ') : `${names.slice(0, 5).join(', ')} … ${names.at(-1) ?? ''}`;
}
