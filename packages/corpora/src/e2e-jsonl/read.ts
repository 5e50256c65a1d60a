import type { DocumentDraft } from '../assembly/document-draft.ts';
import { quoted, SourceFault } from '../source/fault.ts';
import type { JsonObject } from '../source/json.ts';

/**
 * Reads one line as end-to-end coreference systems write it (Lee et al. 2017): `sentences` of words, `clusters` of
 * `[first, last]` word indices over the whole document, both inclusive; `speakers` by word and `paragraphs` as
 * `[first, last]` where present. `tokens` may stand for a single sentence.
 *
 * @throws SourceFault where the object has another shape.
 */
export function fillFromE2e(object: JsonObject, draft: DocumentDraft): { key: string } {
  const place = { line: draft.line, column: 1 };
  const key = object['doc_key'] ?? object['doc_id'] ?? object['id'];
  if (typeof key !== 'string' || key === '')
    throw new SourceFault(place, 'the object has no "doc_key"', 'a name for the document');
  const sentences = object['sentences'] ?? (Array.isArray(object['tokens']) ? [object['tokens']] : undefined);
  if (!isArrayOf(sentences, isWords))
    throw new SourceFault(
      place,
      '"sentences" is no list of lists of words',
      'a list of sentences, each a list of words',
    );
  const speakers = isArrayOf(object['speakers'], Array.isArray) ? object['speakers'] : [];
  const ends = paragraphEnds(object['paragraphs'], place);
  for (const [index, words] of sentences.entries()) {
    for (const word of words) {
      if (word === '')
        throw new SourceFault(
          place,
          `sentence ${index} holds an empty word`,
          'words of at least one character',
        );
      draft.addToken({ text: word }, draft.line);
    }
    const said: unknown = speakers[index]?.[0];
    draft.endSentence(typeof said === 'string' && !['', '_', '-'].includes(said) ? said : null);
    if (ends.has(draft.tokens.length)) draft.endParagraph();
  }
  addClusters(object['clusters'] ?? object['predicted_clusters'], draft, place);
  return { key };
}

function addClusters(clusters: unknown, draft: DocumentDraft, place: { line: number; column: number }): void {
  if (clusters === undefined) {
    draft.remark(draft.line, 'the object has no "clusters"; the document is read without mentions');
    return;
  }
  if (!Array.isArray(clusters)) throw new SourceFault(place, '"clusters" is no list', 'a list of clusters');
  for (const [index, cluster] of (clusters as unknown[]).entries()) {
    if (!Array.isArray(cluster))
      throw new SourceFault(place, `cluster ${index} is no list`, 'a list of [first, last] pairs');
    for (const span of cluster as unknown[]) {
      if (!isSpan(span) || span[1] < span[0] || span[1] >= draft.tokens.length) {
        throw new SourceFault(
          place,
          `cluster ${index} holds ${quoted(JSON.stringify(span))}`,
          `[first, last] word indices from 0 to ${draft.tokens.length - 1}`,
        );
      }
      draft.addMention({ ranges: [[span[0], span[1] + 1]], chain: String(index), line: draft.line });
    }
  }
}

function paragraphEnds(paragraphs: unknown, place: { line: number; column: number }): Set<number> {
  if (paragraphs === undefined) return new Set();
  if (!isArrayOf(paragraphs, isSpan))
    throw new SourceFault(
      place,
      '"paragraphs" is no list of [first, last] pairs',
      '[first, last] word indices',
    );
  return new Set(paragraphs.map(([, last]) => last + 1));
}

const isWords = (value: unknown): value is string[] =>
  isArrayOf(value, (item): item is string => typeof item === 'string');

function isSpan(value: unknown): value is [number, number] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((item) => Number.isInteger(item) && (item as number) >= 0)
  );
}

function isArrayOf<Item>(value: unknown, is: (item: unknown) => item is Item): value is Item[] {
  return Array.isArray(value) && value.every(is);
}
