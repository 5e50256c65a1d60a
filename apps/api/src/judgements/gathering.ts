/** The most that go into one statement: enough for a burst, few enough that nobody waits long for the others. */
const MOST = 32;
/** Statements under way at once, at most. */
const AT_ONCE = 4;
/** A statement under way for longer than this waits for somebody's lock; the others don't wait with it. */
const SLOW_MS = 25;

interface Waiting<Row, Outcome> {
  readonly row: Row;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts what arrives while the database is busy into one statement and one commit. Nobody waits for company: a row
 * that arrives alone goes alone, at once. Where a statement of several rows fails, each row is tried by itself, so
 * that a row which can't be stored keeps no other from its place.
 */
export class Gathering<Row, Outcome> {
  readonly #store: (rows: readonly Row[]) => Promise<readonly Outcome[]>;
  readonly #onIdle: () => void;
  #waiting: Waiting<Row, Outcome>[] = [];
  /** When each statement under way began. */
  readonly #underWay = new Set<number>();
  #look: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param store stores rows together and answers with one outcome for each, in their order; fails for all or none.
   * @param onIdle called whenever nothing waits and nothing is under way any more.
   */
  constructor(
    store: (rows: readonly Row[]) => Promise<readonly Outcome[]>,
    onIdle: () => void = () => undefined,
  ) {
    this.#store = store;
    this.#onIdle = onIdle;
  }

  /** Resolves when the row's own statement is committed. */
  add(row: Row): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    while (this.#waiting.length > 0) {
      const wait = this.#waitForPrompt();
      if (wait > 0) {
        this.#look ??= setTimeout(() => {
          this.#look = undefined;
          this.#next();
        }, wait);
        return;
      }
      const batch = this.#waiting.slice(0, MOST);
      this.#waiting = this.#waiting.slice(MOST);
      const began = performance.now();
      this.#underWay.add(began);
      void this.#run(batch).finally(() => {
        this.#underWay.delete(began);
        clearTimeout(this.#look);
        this.#look = undefined;
        this.#next();
        if (this.#waiting.length === 0 && this.#underWay.size === 0) this.#onIdle();
      });
    }
  }

  /** Milliseconds until another statement may start beside those under way. */
  #waitForPrompt(): number {
    if (this.#underWay.size === 0) return 0;
    if (this.#underWay.size >= AT_ONCE) return SLOW_MS;
    return Math.max(0, Math.max(...this.#underWay) + SLOW_MS - performance.now());
  }

  async #run(batch: readonly Waiting<Row, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#store(batch.map((waiting) => waiting.row));
      for (const [index, waiting] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined)
          waiting.reject(new Error('the database answered for fewer rows than it was given'));
        else waiting.resolve(outcome);
      }
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const waiting of batch) await this.#run([waiting]);
    }
  }
}
