import type { Comparison, DocumentContent, SideMark } from '@casebook/contracts';
import { displayParagraphs } from '../../display-paragraphs.ts';
import type { Span } from '../../document-editor/contract.ts';
import { isRightToLeft } from '../../document-editor/direction.ts';
import { byParagraph, lanesOf, type Mark } from '../../document-editor/marks.ts';
import { paragraphAt, ParagraphText } from '../../document-editor/paragraph-text.ts';

/** One text with the marks of two sides. */
export class TwinText {
  readonly paragraphs: readonly ParagraphText[];
  readonly rightToLeft: boolean;
  readonly a: SideOfText;
  readonly b: SideOfText;

  constructor(document: DocumentContent, { marks }: Pick<Comparison, 'marks'>) {
    this.paragraphs = displayParagraphs(document).map((range) => new ParagraphText(document.tokens, range));
    this.rightToLeft = isRightToLeft(this.paragraphs.map(({ text }) => text).join(' '));
    this.a = new SideOfText(marks.a, this.paragraphs);
    this.b = new SideOfText(marks.b, this.paragraphs);
  }

  readonly paragraphOf = (token: number): number => paragraphAt(this.paragraphs, token);
}

/** The marks of one side, paragraph by paragraph as these are drawn. */
export class SideOfText {
  readonly #byParagraph: readonly (readonly SideMark[])[];
  readonly #ranges: ReadonlyMap<string, readonly Span[]>;
  readonly #drawn: (readonly Mark[] | undefined)[] = [];

  constructor(marks: readonly SideMark[], paragraphs: readonly ParagraphText[]) {
    this.#byParagraph = byParagraph(
      paragraphs.map(({ range }) => range),
      marks,
    );
    this.#ranges = new Map(marks.map(({ id, ranges }) => [id, ranges]));
  }

  /** The very same list each time, so that nothing is drawn anew. */
  readonly marksIn = (index: number): readonly Mark[] => {
    const known = this.#drawn[index];
    if (known !== undefined) return known;
    const marks = this.#byParagraph[index] ?? [];
    const lanes = lanesOf(marks);
    const drawn = marks.map((mark) => ({ ...mark, lane: lanes.get(mark.id) ?? 0 }));
    this.#drawn[index] = drawn;
    return drawn;
  };

  rangesOf(ids: readonly string[]): readonly Span[] {
    return ids.flatMap((id) => this.#ranges.get(id) ?? []);
  }
}
