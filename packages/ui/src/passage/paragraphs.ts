import { outerFirst, sameMark, type PassageMark, type PassageRange } from './marks.ts';

/**
 * Deals marks out to paragraphs, and hands back the very same array for a paragraph whose marks did not change,
 * so that an answer redraws the paragraph it stands in and not the whole document.
 */
export class MarksByParagraph {
  private dealt: readonly (readonly PassageMark[])[] = [];
  private paragraphs: readonly PassageRange[] = [];

  deal(
    paragraphs: readonly PassageRange[],
    marks: readonly PassageMark[],
  ): readonly (readonly PassageMark[])[] {
    const fresh: PassageMark[][] = paragraphs.map(() => []);
    for (const mark of [...marks].sort(outerFirst)) {
      const met = new Set<number>();
      for (const range of mark.ranges) {
        for (
          let index = paragraphAt(paragraphs, range[0]);
          index < paragraphs.length && (paragraphs[index]?.[0] ?? Infinity) < range[1];
          index += 1
        ) {
          if (!met.has(index)) fresh[index]?.push(mark);
          met.add(index);
        }
      }
    }
    const before = this.paragraphs === paragraphs ? this.dealt : [];
    this.paragraphs = paragraphs;
    this.dealt = fresh.map((now, index) => {
      const then = before[index];
      return then !== undefined && sameMarks(then, now) ? then : now;
    });
    return this.dealt;
  }
}

/** The index of the paragraph that holds a token: the last one that begins at or before it. */
function paragraphAt(paragraphs: readonly PassageRange[], token: number): number {
  let low = 0;
  let high = paragraphs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((paragraphs[middle]?.[0] ?? Infinity) <= token) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

function sameMarks(one: readonly PassageMark[], other: readonly PassageMark[]): boolean {
  return (
    one.length === other.length &&
    one.every((mark, index) => {
      const counterpart = other[index];
      return counterpart !== undefined && sameMark(mark, counterpart);
    })
  );
}
