import type { Comparison, SideDifference } from '@casebook/contracts';

/** As many differences as are listed at once. */
const PAGE = 50;

/** Going through what two annotations differ in. */
export class Reading {
  readonly #comparison: Comparison;
  readonly #names: { readonly a: string; readonly b: string };
  /** The kinds that are left out. */
  hidden: readonly string[] = $state.raw([]);
  current: SideDifference | null = $state.raw(null);
  /** What a screen reader is told. */
  said: string = $state('');
  /** The difference to be brought into sight; a new object each time. */
  inSight: { readonly token: number } | null = $state.raw(null);

  readonly shown: readonly SideDifference[] = $derived.by(() =>
    this.#comparison.differences.filter(({ kind }) => !this.hidden.includes(kind)),
  );
  /** The place of the current one among those shown; −1 where there is none. */
  readonly place: number = $derived.by(() => (this.current === null ? -1 : this.shown.indexOf(this.current)));
  #page: number = $state(0);
  readonly pages: number = $derived.by(() => Math.max(1, Math.ceil(this.shown.length / PAGE)));
  readonly page: number = $derived.by(() => Math.min(this.#page, this.pages - 1));
  readonly listed: readonly SideDifference[] = $derived.by(() =>
    this.shown.slice(this.page * PAGE, (this.page + 1) * PAGE),
  );

  constructor(comparison: Comparison, names: { readonly a: string; readonly b: string }) {
    this.#comparison = comparison;
    this.#names = names;
  }

  /** The place of the first one listed. */
  get first(): number {
    return this.page * PAGE;
  }

  /** Words of the comparison, with the sides' names in them. */
  named(words: string): string {
    return words.replaceAll('{a}', this.#names.a).replaceAll('{b}', this.#names.b);
  }

  titleOf(kind: string): string {
    return this.named(this.#comparison.kinds.find(({ id }) => id === kind)?.title ?? kind);
  }

  turn(by: 1 | -1): void {
    this.#page = Math.min(Math.max(this.page + by, 0), this.pages - 1);
  }

  /** Shows a kind, or leaves it out. */
  toggle(kind: string): void {
    const others = this.hidden.filter((other) => other !== kind);
    this.hidden = others.length < this.hidden.length ? others : [...others, kind];
    if (this.current !== null && this.hidden.includes(this.current.kind)) this.current = null;
    this.said = `${this.shown.length} of ${this.#comparison.differences.length} differences listed.`;
  }

  /** Goes to the next one, or the one before; from nowhere to the first or the last. */
  step(by: 1 | -1): void {
    const to = this.place === -1 ? (by > 0 ? 0 : this.shown.length - 1) : this.place + by;
    const next = this.shown[to];
    if (next !== undefined) this.look(next);
    else if (this.shown.length === 0) this.said = 'No difference is listed.';
    else this.said = by > 0 ? 'That was the last difference.' : 'That was the first difference.';
  }

  look(difference: SideDifference): void {
    this.current = difference;
    this.#page = Math.floor(this.shown.indexOf(difference) / PAGE);
    this.inSight = { token: difference.at };
    const { a, b } = this.#names;
    this.said = `${this.shown.indexOf(difference) + 1} of ${this.shown.length}. ${this.titleOf(difference.kind)}: “${difference.phrase}”. ${a}: ${difference.words.a}. ${b}: ${difference.words.b}.`;
  }
}
