import { Conll2012Reader } from './conll-2012/read.ts';
import { ConllUReader } from './conll-u/read.ts';
import { ConllUaReader } from './conll-ua/read.ts';
import { detectFormat, HEAD_BYTES } from './detection/detect-format.ts';
import type { StreamFormat } from './detection/formats.ts';
import { fillFromE2e } from './e2e-jsonl/read.ts';
import type { ReadEvent } from './events.ts';
import { GapReader } from './gap/read.ts';
import { MarkdownReader } from './markdown/read.ts';
import { readMasXml } from './mas-xml/read.ts';
import { OwnJsonlReader } from './own-jsonl/read.ts';
import { PlainTextReader } from './plain-text/read.ts';
import { SacrReader } from './sacr/read.ts';
import type { LineConsumer } from './source/consumer.ts';
import { consumeLines } from './source/consumer.ts';
import { peek } from './source/head.ts';
import { JsonLinesReader } from './source/json-lines.ts';
import type { Limits } from './source/limits.ts';
import { DEFAULT_LIMITS } from './source/limits.ts';

export interface ReadOptions {
  /** Named in refusals; its extension helps to tell the format. */
  fileName: string;
  /** Skips detection. */
  format?: StreamFormat;
  /** BCP 47: whose rules cut running text into sentences and tokens, where a format brings none. English where absent. */
  language?: string;
  limits?: Partial<Limits>;
}

/**
 * Reads documents from a stream of bytes, one at a time: memory is bounded by the largest document and by
 * {@link Limits}. Bad input never throws: it comes as `refused` events, and what can be read goes on. Rejects only
 * where the source itself does.
 */
export async function* readDocuments(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<ReadEvent> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { head, whole } = await peek(source, HEAD_BYTES);
  const recognised = recognise(options, head);
  if (recognised.kind === 'refused') {
    yield { kind: 'refused', refusal: { file: options.fileName, line: 1, column: 1, ...recognised.why } };
    await whole.return(undefined);
    return;
  }
  const { format } = recognised;
  yield { kind: 'understood', format };
  if (format === 'mas-xml') {
    yield* readMasXml(whole, options.fileName, nameOf(options.fileName), limits);
    return;
  }
  const { consumer, lineBytes } = readerOf(format, options, limits);
  yield* consumeLines(whole, consumer, lineBytes);
}

type Recognised =
  { kind: 'format'; format: StreamFormat } | { kind: 'refused'; why: { reason: string; expected: string } };

function recognise({ fileName, format, language }: ReadOptions, head: Uint8Array): Recognised {
  if (language !== undefined && !isLanguage(language)) {
    return {
      kind: 'refused',
      why: { reason: `"${language}" is no language tag`, expected: 'a tag such as "en" or "pt-BR"' },
    };
  }
  if (format !== undefined) return { kind: 'format', format };
  const detected = detectFormat(fileName, head);
  if (detected.kind === 'documents') return { kind: 'format', format: detected.format };
  const reason = detected.kind === 'pairs' ? 'the file is a table, not a text' : detected.reason;
  return {
    kind: 'refused',
    why: { reason, expected: 'CoNLL-2012, CoNLL-U, JSONL, GAP, SACR, MAS-XML, plain text or Markdown' },
  };
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** A document's name where the file gives none. */
function nameOf(fileName: string): string {
  const base = fileName.split(/[\\/]/u).at(-1) ?? fileName;
  const name = base.replace(/\.[A-Za-z0-9]{1,10}$/u, '');
  return name === '' ? 'document' : name;
}

function readerOf(
  format: Exclude<StreamFormat, 'mas-xml'>,
  { fileName, language }: ReadOptions,
  limits: Limits,
): { consumer: LineConsumer<ReadEvent>; lineBytes: number } {
  const name = nameOf(fileName);
  const { lineBytes, documentLineBytes } = limits;
  switch (format) {
    case 'conll-2012':
      return { consumer: new Conll2012Reader(fileName, name, limits), lineBytes };
    case 'conll-u':
      return { consumer: new ConllUReader(fileName, name, limits), lineBytes };
    case 'conll-ua':
      return { consumer: new ConllUaReader(fileName, name, limits), lineBytes };
    case 'gap':
      return { consumer: new GapReader(fileName, limits), lineBytes };
    case 'e2e-jsonl':
      return { consumer: new JsonLinesReader(fileName, limits, fillFromE2e), lineBytes: documentLineBytes };
    case 'casebook-jsonl':
      return { consumer: new OwnJsonlReader(fileName, limits), lineBytes: documentLineBytes };
    case 'sacr':
      return { consumer: new SacrReader(fileName, name, limits, language), lineBytes: documentLineBytes };
    case 'plain-text':
      return {
        consumer: new PlainTextReader(fileName, name, limits, language),
        lineBytes: documentLineBytes,
      };
    case 'markdown':
      return { consumer: new MarkdownReader(fileName, name, limits, language), lineBytes: documentLineBytes };
  }
}
