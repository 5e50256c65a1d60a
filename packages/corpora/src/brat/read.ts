import { addText } from '../assembly/add-text.ts';
import type { DraftMention } from '../assembly/document-draft.ts';
import { DocumentDraft } from '../assembly/document-draft.ts';
import { finishedDocument } from '../assembly/finish.ts';
import { joinedRanges } from '../assembly/ranges.ts';
import type { ReadEvent } from '../events.ts';
import { quoted, SourceFault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import { DEFAULT_LIMITS } from '../source/limits.ts';
import { wholeText } from '../source/whole-text.ts';
import { CodePointIndex } from '../text/code-points.ts';
import { rangeOf } from '../text/range-of.ts';
import type { PlacedToken } from '../text/tokenise.ts';
import { Tokeniser } from '../text/tokenise.ts';
import type { Annotation } from './annotation.ts';
import { annotationOf } from './annotation.ts';
import { attach } from './attach.ts';
import { DEFAULT_TYPE } from './relations.ts';

export interface BratSource {
  /** Named in refusals, and the document's name without its extension. */
  fileName: string;
  bytes: AsyncIterable<Uint8Array>;
}

type Span = Extract<Annotation, { kind: 'span' }>;

/**
 * Reads a text and its brat annotation as one document: every line of the text is cut into sentences of its own,
 * blank lines separate paragraphs, and tokens end where a span does. Spans in an equivalence or relation of
 * coreference are one chain; other spans are mentions in none. Span ids stay as mention ids.
 */
export async function* readBrat(
  text: BratSource,
  annotations: BratSource,
  options: { language?: string; limits?: Partial<Limits> } = {},
): AsyncGenerator<ReadEvent> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const name = (text.fileName.split(/[\\/]/u).at(-1) ?? text.fileName).replace(/\.txt$/iu, '');
  yield { kind: 'understood', format: 'brat' };
  let file = text.fileName;
  try {
    const content = await wholeText(text.bytes, limits.documentLineBytes);
    file = annotations.fileName;
    const lines = (await wholeText(annotations.bytes, limits.documentLineBytes)).split(/\r?\n/u);
    const known = lines.flatMap((line, index) => (line.trim() === '' ? [] : [annotationOf(line, index + 1)]));
    const draft = new DocumentDraft(1, limits);
    if (options.language !== undefined) draft.language = options.language;
    assemble(draft, content, known, new Tokeniser(options.language));
    yield finishedDocument({ file, key: name, name, draft, fault: null });
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    yield { kind: 'refused', refusal: error.in(file) };
  }
}

function assemble(
  draft: DocumentDraft,
  text: string,
  annotations: readonly Annotation[],
  tokeniser: Tokeniser,
): void {
  const points = new CodePointIndex(text);
  const spans = annotations.filter((annotation) => annotation.kind === 'span');
  const units = new Map(spans.map((span) => [span.id, unitsOf(span, text, points)]));
  const placed = addLines(draft, text, new Set([...units.values()].flat(2)), tokeniser);
  const mentions = new Map<string, DraftMention>();
  for (const span of spans) {
    if (mentions.has(span.id))
      throw new SourceFault(
        { line: span.line, column: 1 },
        `two spans are named ${quoted(span.id)}`,
        'ids that occur once',
      );
    const ranges = (units.get(span.id) ?? [])
      .map(([start, end]) => rangeOf(placed, start, end))
      .filter((range) => range !== null);
    if (ranges.length === 0)
      throw new SourceFault(
        { line: span.line, column: 1 },
        `the span ${quoted(span.id)} falls on white space`,
        'a span with a word in it',
      );
    const mention: DraftMention = {
      id: span.id,
      ranges: joinedRanges(ranges),
      chain: null,
      line: span.line,
      attributes: {},
    };
    if (span.type !== DEFAULT_TYPE) mention.attributes = { etype: span.type };
    mentions.set(span.id, mention);
    draft.addMention(mention);
  }
  attach(draft, mentions, annotations);
}

/** The fragments of a span in UTF-16 units; checks that the text there is the span's. */
function unitsOf(span: Span, text: string, points: CodePointIndex): [number, number][] {
  const units = span.fragments.map(([start, end]): [number, number] => {
    const [from, to] = [points.unit(start), points.unit(end)];
    if (from === null || to === null) {
      throw new SourceFault(
        { line: span.line, column: 1 },
        `the span ${quoted(span.id)} reaches to ${end}, but the text has ${points.length} characters`,
        'offsets in code points within the text',
      );
    }
    return [from, to];
  });
  const found = units.map(([from, to]) => text.slice(from, to)).join(' ');
  const same = (one: string): string => one.replace(/\s+/gu, '');
  if (span.text !== '' && same(found) !== same(span.text)) {
    throw new SourceFault(
      { line: span.line, column: 1 },
      `the text of the span ${quoted(span.id)} is ${quoted(span.text)}, but at its offsets stands ${quoted(found)}`,
      'offsets in code points that fit the text',
    );
  }
  return units;
}

function addLines(
  draft: DocumentDraft,
  text: string,
  cuts: ReadonlySet<number>,
  tokeniser: Tokeniser,
): PlacedToken[] {
  const placed: PlacedToken[] = [];
  let offset = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') draft.endParagraph();
    const shifted = new Set<number>();
    for (let at = 1; at < line.length; at += 1) if (cuts.has(offset + at)) shifted.add(at);
    for (const token of addText(draft, line, index + 1, tokeniser, shifted))
      placed.push({ ...token, start: token.start + offset, end: token.end + offset });
    offset += line.length + 1;
  }
  return placed;
}
