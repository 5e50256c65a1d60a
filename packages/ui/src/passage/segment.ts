import { outerFirst, type PassageMark, type PassageRange, type PassageToken } from './marks.ts';

/** A run of plain text that is read or yet to be read. */
interface TextRun {
  readonly kind: 'text';
  readonly text: string;
  /** Whether the reader has not come here yet. */
  readonly ahead: boolean;
}

/**
 * A piece of a mark with what stands inside it. A mark is in one piece unless it is discontinuous, leaves the
 * paragraph, or crosses another mark: then each piece says whether the mark begins or ends with it.
 */
export interface MarkRun {
  readonly kind: 'mark';
  readonly mark: PassageMark;
  readonly begins: boolean;
  readonly ends: boolean;
  /** How many marks are nested below this piece: its underline is drawn that many lanes lower. */
  readonly height: number;
  readonly children: readonly Run[];
}

export type Run = TextRun | MarkRun;

interface Piece {
  readonly mark: PassageMark;
  readonly start: number;
  readonly end: number;
}

interface OpenMark {
  readonly piece: Piece;
  readonly begins: boolean;
  readonly children: Run[];
  height: number;
}

/**
 * Cuts a paragraph into nested runs. Where two marks cross, the one that began first is cut at the place where
 * the other begins to stick out, so that the result is always a tree and every token stands in it once. The space
 * between two phrases belongs to what holds them both.
 *
 * `readUntil` is the first token that the reader has not come to; the text from there on is `ahead`.
 */
export function segmentParagraph(
  tokens: readonly PassageToken[],
  paragraph: PassageRange,
  marks: readonly PassageMark[],
  readUntil: number = Number.POSITIVE_INFINITY,
): readonly Run[] {
  const pieces = piecesWithin(paragraph, marks);
  const cuts = cutsOf(paragraph, pieces, readUntil);
  const tree = new RunTree();
  let next = 0;
  for (const [index, from] of cuts.entries()) {
    tree.closeAt(from);
    const to = cuts[index + 1];
    if (to === undefined) break;
    const ahead = from >= readUntil;
    if (from > paragraph[0] && tokens[from - 1]?.spaceAfter !== false) tree.addText(' ', ahead);
    for (let piece = pieces[next]; piece !== undefined && piece.start <= from; piece = pieces[next]) {
      tree.open(piece, from);
      next += 1;
    }
    tree.addText(textBetween(tokens, from, to), ahead);
  }
  return tree.root;
}

/** Grows from left to right; what is open is a path from the root to where text is added. */
class RunTree {
  readonly root: Run[] = [];
  private readonly path: OpenMark[] = [];

  open(piece: Piece, from: number): void {
    this.path.push({ piece, begins: piece.mark.ranges[0]?.[0] === from, children: [], height: 0 });
  }

  /** Closes what ends here; a mark that crosses it is closed along and opened again as another piece. */
  closeAt(position: number): void {
    const crossing: Piece[] = [];
    while (this.path.some(({ piece }) => piece.end <= position)) {
      const top = this.path.pop();
      if (top === undefined) return;
      if (top.piece.end > position) crossing.unshift(top.piece);
      this.hang(top, position);
    }
    for (const piece of crossing) this.open(piece, position);
  }

  addText(text: string, ahead: boolean): void {
    const siblings = this.path.at(-1)?.children ?? this.root;
    const last = siblings.at(-1);
    if (last?.kind === 'text' && last.ahead === ahead) {
      siblings[siblings.length - 1] = { kind: 'text', text: last.text + text, ahead };
    } else if (text !== '') siblings.push({ kind: 'text', text, ahead });
  }

  private hang({ piece, begins, children, height }: OpenMark, position: number): void {
    // A piece without text comes from a mark that was opened again only to be closed at once.
    if (children.length === 0) return;
    const ends = piece.mark.ranges.at(-1)?.[1] === position;
    const parent = this.path.at(-1);
    (parent?.children ?? this.root).push({ kind: 'mark', mark: piece.mark, begins, ends, height, children });
    if (parent !== undefined) parent.height = Math.max(parent.height, height + 1);
  }
}

function piecesWithin(paragraph: PassageRange, marks: readonly PassageMark[]): Piece[] {
  return [...marks]
    .sort(outerFirst)
    .flatMap((mark) =>
      mark.ranges.map(([start, end]) => ({
        mark,
        start: Math.max(start, paragraph[0]),
        end: Math.min(end, paragraph[1]),
      })),
    )
    .filter(({ start, end }) => start < end)
    .sort((one, other) => one.start - other.start || other.end - one.end);
}

function cutsOf(paragraph: PassageRange, pieces: readonly Piece[], readUntil: number): number[] {
  const cuts = new Set<number>(paragraph);
  for (const { start, end } of pieces) cuts.add(start).add(end);
  if (readUntil > paragraph[0] && readUntil < paragraph[1]) cuts.add(readUntil);
  return [...cuts].sort((one, other) => one - other);
}

function textBetween(tokens: readonly PassageToken[], from: number, to: number): string {
  let text = '';
  for (let index = from; index < to; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    text += token.empty === true ? '∅' : token.text;
    if (index + 1 < to && token.spaceAfter !== false) text += ' ';
  }
  return text;
}
