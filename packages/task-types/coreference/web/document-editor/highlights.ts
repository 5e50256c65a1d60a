import type { Span } from '../../document-editor/contract.ts';
import type { ParagraphText } from '../../document-editor/paragraph-text.ts';

/** What is lit in the text, the loudest last. */
const LAYERS = ['echo', 'found', 'stretch', 'drafted', 'lamp', 'cursor'] as const;
type Layer = (typeof LAYERS)[number];

/** Lights stretches of the text without touching it (CSS Custom Highlight API). */
export class Highlights {
  readonly #own = new Map<Layer, { spans: string; ranges: readonly StaticRange[] }>();
  readonly #nodes: readonly (Text | undefined)[];
  readonly #paragraphs: readonly ParagraphText[];
  readonly #paragraphOf: (token: number) => number;

  constructor(
    nodes: readonly (Text | undefined)[],
    paragraphs: readonly ParagraphText[],
    paragraphOf: (token: number) => number,
  ) {
    this.#nodes = nodes;
    this.#paragraphs = paragraphs;
    this.#paragraphOf = paragraphOf;
  }

  light(layer: Layer, spans: readonly Span[]): void {
    const wanted = spans.join(';');
    const before = this.#own.get(layer);
    if ((before?.spans ?? '') === wanted) return;
    const highlight = highlightOf(layer);
    for (const range of before?.ranges ?? []) highlight.delete(range);
    const ranges = spans.flatMap((span) => this.#rangesOf(span));
    for (const range of ranges) highlight.add(range);
    this.#own.set(layer, { spans: wanted, ranges });
  }

  clear(): void {
    for (const layer of LAYERS) this.light(layer, []);
  }

  #rangesOf(span: Span): StaticRange[] {
    const ranges: StaticRange[] = [];
    for (let index = this.#paragraphOf(span[0]); index < this.#paragraphs.length; index += 1) {
      const paragraph = this.#paragraphs[index];
      const node = this.#nodes[index];
      if (paragraph === undefined || paragraph.range[0] >= span[1]) break;
      const offsets = paragraph.offsetsOf(span);
      if (node === undefined || offsets === null) continue;
      const [startOffset, endOffset] = offsets;
      ranges.push(new StaticRange({ startContainer: node, startOffset, endContainer: node, endOffset }));
    }
    return ranges;
  }
}

function highlightOf(layer: Layer): Highlight {
  const name = `editor-${layer}`;
  const known = CSS.highlights.get(name);
  if (known !== undefined) return known;
  const made = new Highlight();
  made.priority = LAYERS.indexOf(layer);
  CSS.highlights.set(name, made);
  return made;
}
