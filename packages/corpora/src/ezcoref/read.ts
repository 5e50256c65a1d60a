import type { CoderAnswer, TokenRange } from '@casebook/contracts';
import type { DraftMention } from '../assembly/document-draft.ts';
import { DocumentDraft } from '../assembly/document-draft.ts';
import { finishedDocument } from '../assembly/finish.ts';
import type { ReadEvent } from '../events.ts';
import { quoted, SourceFault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import { DEFAULT_LIMITS } from '../source/limits.ts';
import { wholeText } from '../source/whole-text.ts';
import { chunkOf } from './chunk.ts';
import { align } from './alignment.ts';
import type { CoderSpan, CoderSpans } from './coder-spans.ts';
import { coderSpansOf } from './coder-spans.ts';

export interface EzCorefSource {
  /** Named in refusals. */
  fileName: string;
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Reads one chunk of an ezCoref corpus (Gupta et al. 2023): the file with its sentences and gold mentions, and,
 * where it was annotated, the file with every coder's clusters. The gold clusters become chains; a coder's clusters
 * become one answer for each span that he saw: old, with the nearest earlier mention of each of its clusters, or
 * new. Spans that no gold chain holds are mentions in no chain.
 */
export async function* readEzCoref(
  gold: EzCorefSource,
  annotations: EzCorefSource | null,
  options: { key: string; limits?: Partial<Limits> },
): AsyncGenerator<ReadEvent> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  yield { kind: 'understood', format: 'ezcoref' };
  let file = gold.fileName;
  try {
    const draft = new DocumentDraft(1, limits);
    const sentences = addChunk(draft, jsonOf(await wholeText(gold.bytes, limits.documentLineBytes)));
    file = annotations?.fileName ?? file;
    const coders =
      annotations === null
        ? []
        : coderSpansOf(jsonOf(await wholeText(annotations.bytes, limits.documentLineBytes)), sentences);
    remarkOnWordless(draft, sentences, coders);
    const mentions = addSpans(
      draft,
      coders.flatMap(({ spans }) => spans),
    );
    const event = finishedDocument({ file, key: options.key, name: options.key, draft, fault: null });
    if (event.kind !== 'document') yield event;
    else {
      const idOf = idsBySpan(event.document.content.mentions);
      const answers = coders.flatMap(({ coder, spans }) => answersOf(coder, spans, idOf));
      yield {
        kind: 'document',
        document: { ...event.document, ...(mentions === 0 && answers.length === 0 ? {} : { answers }) },
      };
    }
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    yield { kind: 'refused', refusal: error.in(file) };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SourceFault({ line: 1, column: 1 }, 'the file is no JSON', 'one JSON document');
  }
}

/** Adds sentences and gold mentions; returns the tokens of each sentence that the coders' offsets count. */
function addChunk(draft: DocumentDraft, json: unknown): TokenRange[][] {
  return chunkOf(json).map(({ tokens, mentions }) => {
    const first = draft.tokens.length;
    const { words, gold, coders } = align(tokens);
    for (const { text, spaceAfter } of words) draft.addToken(spaceAfter ? { text } : { text, spaceAfter }, 1);
    for (const { chain, start, end } of mentions) {
      draft.addMention({ ranges: [[first + (gold[start] ?? 0), first + (gold[end] ?? 0)]], chain, line: 1 });
    }
    draft.endSentence();
    return coders.map(([start, end]): TokenRange => [first + start, first + end]);
  });
}

/** Says in which sentences the coders marked what holds no word: there their tokens were probably cut otherwise than we know. */
function remarkOnWordless(
  draft: DocumentDraft,
  sentences: readonly TokenRange[][],
  coders: readonly CoderSpans[],
): void {
  const spans = new Set(coders.flatMap((coder) => coder.spans.map(({ start, end }) => `${start},${end}`)));
  for (const [index, tokens] of sentences.entries()) {
    const [first, last] = [tokens[0]?.[0] ?? 0, tokens.at(-1)?.[1] ?? 0];
    const inside = [...spans]
      .map((span) => span.split(',').map(Number))
      .filter(([start = 0]) => start >= first && start < last);
    const wordless = inside.filter(
      ([start, end]) => !draft.tokens.slice(start, end).some(({ text }) => /[\p{L}\p{N}]/u.test(text)),
    );
    if (wordless.length > 0)
      draft.remark(
        1,
        `in sentence ${index} coders marked ${wordless.length} of ${inside.length} spans that hold no word; their offsets may count other tokens`,
      );
  }
}

/** Adds the spans that the gold lacks, once each; returns how many spans the coders saw. */
function addSpans(draft: DocumentDraft, spans: readonly CoderSpan[]): number {
  const known = new Set(draft.mentions.map(({ ranges }) => String(ranges[0])));
  for (const { start, end } of spans) {
    const mention: DraftMention = { ranges: [[start, end]], chain: null, line: 1 };
    if (known.has(String(mention.ranges[0]))) continue;
    known.add(String(mention.ranges[0]));
    draft.addMention(mention);
  }
  return spans.length;
}

function idsBySpan(mentions: readonly { id: string; ranges: [number, number][] }[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { id, ranges } of mentions) if (!ids.has(String(ranges[0]))) ids.set(String(ranges[0]), id);
  return ids;
}

function answersOf(
  coder: string,
  spans: readonly CoderSpan[],
  idOf: ReadonlyMap<string, string>,
): CoderAnswer[] {
  const ordered = [...spans].sort((one, other) => one.start - other.start || other.end - one.end);
  const latest = new Map<string, string>();
  return ordered.map(({ start, end, clusters }) => {
    const mention = idOf.get(`${start},${end}`);
    if (mention === undefined)
      throw new SourceFault(
        { line: 1, column: 1 },
        `the span ${quoted(`${start},${end}`)} is no mention`,
        'spans of the chunk',
      );
    const antecedents = [...new Set(clusters.flatMap((cluster) => latest.get(cluster) ?? []))];
    for (const cluster of clusters) latest.set(cluster, mention);
    return {
      coder,
      mention,
      answer: antecedents.length === 0 ? { kind: 'new' } : { kind: 'old', antecedents },
    };
  });
}
