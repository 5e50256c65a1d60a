import type { Span } from '../../document-editor/contract.ts';
import type { Mark } from '../../document-editor/marks.ts';
import type { ParagraphText } from '../../document-editor/paragraph-text.ts';

/** A piece of a rule, or a label, in pixels from the paragraph's corner. */
interface Rule {
  readonly key: string;
  readonly mark: Mark;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

interface Label {
  readonly key: string;
  readonly mark: Mark;
  readonly left: number;
  readonly top: number;
}

export interface Drawing {
  readonly rules: readonly Rule[];
  readonly labels: readonly Label[];
}

export const NOTHING_DRAWN: Drawing = { rules: [], labels: [] };

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Between one rule and the one below it. */
const LANE = 4;
/** From the last rule to the label. */
const LABEL_GAP = 3;
const FIGURE = 5.6;

/** One for the whole page: every live range is told of every change to it. */
let shared: Range | undefined;

/** Where spans of a paragraph stand on the page. Measures each span once, until it is told to forget. */
export class Measure {
  #known = new Map<readonly Span[], readonly Box[]>();
  readonly #paragraph: Element;
  readonly #node: Text;
  readonly #text: ParagraphText;

  constructor(paragraph: Element, node: Text, text: ParagraphText) {
    this.#paragraph = paragraph;
    this.#node = node;
    this.#text = text;
  }

  forget(): void {
    this.#known = new Map();
  }

  /** Measures all that is not known, before anything is written to the page. */
  take(marks: readonly Mark[]): void {
    const unknown = marks.filter(({ ranges }) => !this.#known.has(ranges));
    if (unknown.length === 0) return;
    const corner = this.#paragraph.getBoundingClientRect();
    for (const { ranges } of unknown) this.#known.set(ranges, this.#measured(ranges, corner));
  }

  /** One box for each line that the spans touch, from the paragraph's corner. */
  boxesOf({ ranges }: Mark): readonly Box[] {
    return this.#known.get(ranges) ?? [];
  }

  #measured(ranges: readonly Span[], { left, top }: DOMRect): readonly Box[] {
    const range = (shared ??= document.createRange());
    const boxes: Box[] = [];
    for (const span of ranges) {
      const offsets = this.#text.offsetsOf(span);
      if (offsets === null) continue;
      range.setStart(this.#node, offsets[0]);
      range.setEnd(this.#node, offsets[1]);
      for (const rect of range.getClientRects()) {
        if (rect.width === 0) continue;
        const box = {
          left: rect.left - left,
          top: rect.top - top,
          right: rect.right - left,
          bottom: rect.bottom - top,
        };
        const last = boxes.at(-1);
        const goesOn = last !== undefined && Math.abs(last.top - box.top) < 2 && touches(last, box);
        if (goesOn) boxes[boxes.length - 1] = joined(last, box);
        else boxes.push(box);
      }
    }
    return boxes;
  }
}

function touches(one: Box, other: Box): boolean {
  return one.left <= other.right + 1 && other.left <= one.right + 1;
}

function joined(one: Box, other: Box): Box {
  return {
    left: Math.min(one.left, other.left),
    right: Math.max(one.right, other.right),
    top: one.top,
    bottom: one.bottom,
  };
}

/** The rules and labels of a paragraph. Labels of one line stand side by side, below the lowest rule near them. */
export function drawingOf(
  marks: readonly Mark[],
  boxesOf: (mark: Mark) => readonly Box[],
  rightToLeft: boolean,
): Drawing {
  const rules: Rule[] = [];
  const begun: { mark: Mark; box: Box }[] = [];
  const lowest = new Map<number, number>();
  for (const mark of marks) {
    for (const [index, box] of boxesOf(mark).entries()) {
      if (index === 0 && mark.label !== '') begun.push({ mark, box });
      const line = Math.round(box.bottom);
      lowest.set(line, Math.max(lowest.get(line) ?? 0, mark.lane));
      rules.push({
        key: `${mark.id} ${index}`,
        mark,
        left: box.left,
        top: box.bottom + mark.lane * LANE,
        width: box.right - box.left,
      });
    }
  }
  const ends = new Map<number, number>();
  const labels = begun
    .sort((one, other) => (rightToLeft ? other.box.right - one.box.right : one.box.left - other.box.left))
    .map(({ mark, box }): Label => {
      const line = Math.round(box.bottom);
      const width = mark.label.length * FIGURE + 4;
      const left = rightToLeft
        ? Math.min(box.right - width, (ends.get(line) ?? Infinity) - width)
        : Math.max(box.left, ends.get(line) ?? -Infinity);
      ends.set(line, rightToLeft ? left : left + width);
      return { key: mark.id, mark, left, top: box.bottom + (lowest.get(line) ?? 0) * LANE + LABEL_GAP };
    });
  return { rules, labels };
}
