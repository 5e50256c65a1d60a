import type { Span } from '../../document-editor/contract.ts';
import type { ParagraphText } from '../../document-editor/paragraph-text.ts';

/** What is lit in the text, the loudest last. */
const LAYERS = ['echo', 'found', 'stretch', 'drafted', 'lamp', 'cursor'] as const;
type Layer = (typeof LAYERS)[number];

/** Lights stretches of the text without touching it (CSS Custom Highlight API). */
export class Highlights {
  readonly #own = new Map<Layer, ReadonlyMap<string, readonly StaticRange[]>>();
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

  /** Lights just these of a layer; what was lit already is left as it is. */
  light(layer: Layer, spans: readonly Span[]): void {
    const before = this.#own.get(layer);
    if (spans.length === 0 && (before === undefined || before.size === 0)) return;
    const highlight = highlightOf(layer);
    const now = new Map<string, readonly StaticRange[]>();
    for (const span of spans) {
      const key = String(span);
      if (now.has(key)) continue;
      const known = before?.get(key);
      const ranges = known ?? this.#rangesOf(span);
      now.set(key, ranges);
      if (known === undefined) for (const range of ranges) highlight.add(range);
    }
    for (const [key, ranges] of before ?? []) {
      if (!now.has(key)) for (const range of ranges) highlight.delete(range);
    }
    this.#own.set(layer, now);
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
