import type { TokenRange } from '@casebook/contracts';
import { quoted, SourceFault } from '../source/fault.ts';
import { isObject } from '../source/json.ts';

/** A span that a coder put into clusters: half open, in tokens of the document. */
export interface CoderSpan {
  start: number;
  end: number;
  clusters: string[];
}

export interface CoderSpans {
  coder: string;
  /** Every span once, its clusters without repetition. */
  spans: CoderSpan[];
}

/**
 * The clusters of every coder of a chunk. A span is listed once per link in the file; here once, with all its
 * clusters.
 *
 * @param sentences the tokens of each sentence that the offsets count, as ranges in the document.
 * @throws SourceFault where the JSON has another shape.
 */
export function coderSpansOf(json: unknown, sentences: readonly TokenRange[][]): CoderSpans[] {
  if (!Array.isArray(json))
    throw fault('the file is no list of coders', 'a list of {annotations, annotator_id}');
  return (json as unknown[]).map((entry) => {
    const annotations: unknown = isObject(entry) ? entry['annotations'] : null;
    const coder: unknown = isObject(entry) ? entry['annotator_id'] : null;
    if (!isObject(annotations) || (typeof coder !== 'number' && typeof coder !== 'string'))
      throw fault('an entry lacks "annotations" or "annotator_id"', 'a list of {annotations, annotator_id}');
    const spans = new Map<string, CoderSpan>();
    for (const [sentence, marked] of Object.entries(annotations)) {
      if (!isObject(marked))
        throw fault(`sentence ${quoted(sentence)} holds no spans`, '{"id,start,end": [clusters]}');
      for (const [key, clusters] of Object.entries(marked))
        addSpan(spans, rangeOf(sentence, key, sentences), clustersOf(key, clusters));
    }
    return { coder: String(coder), spans: [...spans.values()] };
  });
}

function addSpan(spans: Map<string, CoderSpan>, [start, end]: TokenRange, clusters: readonly string[]): void {
  const known = spans.get(`${start},${end}`);
  if (known === undefined) spans.set(`${start},${end}`, { start, end, clusters: [...new Set(clusters)] });
  else known.clusters = [...new Set([...known.clusters, ...clusters])];
}

function rangeOf(sentence: string, key: string, sentences: readonly TokenRange[][]): TokenRange {
  const tokens = sentences[Number(sentence)] ?? [];
  const match = /^[^,]*,(\d+),(\d+)$/u.exec(key);
  const start = tokens[Number(match?.[1] ?? -1)]?.[0];
  const end = tokens[Number(match?.[2] ?? 0) - 1]?.[1];
  if (start === undefined || end === undefined || start >= end) {
    throw fault(
      `${quoted(key)} is no span of sentence ${quoted(sentence)}`,
      '"id,start,end" within the sentence, the end exclusive',
    );
  }
  return [start, end];
}

function clustersOf(key: string, value: unknown): string[] {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'number' || typeof item === 'string'))
    throw fault(`the span ${quoted(key)} has no list of clusters`, 'a list of cluster ids');
  return value.map(String);
}

function fault(reason: string, expected: string): SourceFault {
  return new SourceFault({ line: 1, column: 1 }, reason, expected);
}
