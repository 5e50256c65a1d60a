const DAY = 86_400_000;

/** Counts the time in which a question could be seen: it stands still while the page is hidden. */
export class Stopwatch {
  readonly #now: () => number;
  #counted = 0;
  #since: number | null = null;

  /** `now` in milliseconds, from a clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Starts anew from zero, running if the question can be seen. */
  restart(visible: boolean): void {
    this.#counted = 0;
    this.#since = visible ? this.#now() : null;
  }

  /** The page was hidden or came back. */
  visible(visible: boolean): void {
    if (visible === (this.#since !== null)) return;
    this.#counted = this.elapsed();
    this.#since = visible ? this.#now() : null;
  }

  /** Whole milliseconds counted so far, at most a day. */
  elapsed(): number {
    const running = this.#since === null ? 0 : this.#now() - this.#since;
    return Math.min(DAY, Math.max(0, Math.round(this.#counted + running)));
  }
}
