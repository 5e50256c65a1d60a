import type { ParagraphText } from '../../document-editor/paragraph-text.ts';

/** A text as it is drawn, paragraph by paragraph. */
interface Drawn {
  readonly paragraphs: readonly ParagraphText[];
  readonly paragraphOf: (token: number) => number;
}

interface Place {
  readonly node: Text;
  readonly start: number;
  readonly end: number;
}

type Nodes = readonly (Text | undefined)[];

/** Where a token stands on the page. */
export function placeAt(pass: Drawn, nodes: Nodes, token: number): Place | null {
  const index = pass.paragraphOf(token);
  const node = nodes[index];
  const offsets = pass.paragraphs[index]?.offsetsOf([token, token + 1]);
  return node === undefined || offsets === null || offsets === undefined
    ? null
    : { node, start: offsets[0], end: offsets[1] };
}

/** One for the whole page: every live range is told of every change to it. */
let shared: Range | undefined;

/**
 * Scrolls so that a place stands in the calm middle of the scroller; as long as it does already, nothing moves. A
 * paragraph that was far off is only guessed at before it is drawn, so a second look follows.
 */
export function bringIntoSight(scroller: HTMLElement, place: Place, again = true): void {
  const range = (shared ??= document.createRange());
  range.setStart(place.node, place.start);
  range.setEnd(place.node, place.end);
  const { top, bottom } = range.getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  const isCalm = top >= frame.top + frame.height * 0.08 && bottom <= frame.top + frame.height * 0.82;
  if (isCalm) return;
  scroller.scrollTop += top - (frame.top + frame.height * 0.35);
  if (again) {
    requestAnimationFrame(() => {
      bringIntoSight(scroller, place, false);
    });
  }
}

/** The token under a point of the page; null where no text is. */
export function tokenAt(pass: Drawn, x: number, y: number): number | null {
  const caret = document.caretPositionFromPoint(x, y);
  return caret === null ? null : tokenOf(pass, caret.offsetNode, caret.offset);
}

/** The first and the last token that the page's own selection touches; null where it is empty or elsewhere. */
export function selectedTokens(pass: Drawn, nodes: Nodes): readonly [number, number] | null {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  if (!nodes.some((node) => node === startContainer)) return null;
  // A drag often begins on the space before a word, and ends beyond the paragraph.
  const onSpace = startContainer.textContent?.[startOffset] === ' ';
  const first = tokenOf(pass, startContainer, onSpace ? startOffset + 1 : startOffset);
  if (first === null) return null;
  const ownEnd = (pass.paragraphs[pass.paragraphOf(first)]?.range[1] ?? first + 1) - 1;
  const last = nodes.some((node) => node === endContainer)
    ? tokenOf(pass, endContainer, Math.max(0, endOffset - 1))
    : ownEnd;
  return last === null ? null : [first, Math.max(first, last)];
}

function tokenOf(pass: Drawn, node: Node, offset: number): number | null {
  const element = node.parentElement?.closest('[data-paragraph]');
  const text: ParagraphText | undefined = pass.paragraphs[Number(element?.getAttribute('data-paragraph'))];
  return element === null || element === undefined || text === undefined ? null : text.tokenAt(offset);
}
