import { routes, type Import } from '@casebook/contracts';
import { SvelteMap } from 'svelte/reactivity';
import { ask } from '../api.ts';
import { ProblemError } from '../problem.ts';
import { upload } from './upload.ts';

/** A file on its way to the service. */
export interface Sending {
  readonly key: number;
  readonly file: File;
  readonly sent: number;
  readonly failure: string | null;
}

const POLL_MS = 700;

/** States in which the service is still at work. */
function isUnderWay(one: Import): boolean {
  return one.state === 'reading' || one.state === 'committing';
}

/** The uploads into one collection: what is being sent, what is being read, what waits for a decision. */
export class Uploads {
  sending = $state.raw<readonly Sending[]>([]);
  /** Newest first. */
  imports = $state.raw<readonly Import[]>([]);
  /** What went wrong with a decision, by import. */
  readonly failures = new SvelteMap<string, string>();
  readonly #into: { projectId: string; collectionId: string };
  readonly #oncommitted: () => void;
  /** Ids of the imports that are being followed. */
  #watched: readonly string[] = [];
  #count = 0;
  #closed = false;

  constructor(
    into: { projectId: string; collectionId: string },
    known: readonly Import[],
    oncommitted: () => void,
  ) {
    this.#into = into;
    this.#oncommitted = oncommitted;
    this.imports = known;
  }

  /** Follows what is under way until it is not; call it in the browser only. */
  watch(): () => void {
    this.#closed = false;
    for (const one of this.imports) if (isUnderWay(one)) void this.#follow(one);
    return () => {
      this.#closed = true;
      this.#watched = [];
    };
  }

  /** One after another, so that each is read in the order it was given. */
  async add(files: Iterable<File>): Promise<void> {
    const added = [...files].map((file) => ({ key: (this.#count += 1), file, sent: 0, failure: null }));
    this.sending = [...this.sending, ...added];
    for (const { key, file } of added) {
      try {
        const made = await upload(this.#into, file, (sent) => {
          this.#change(key, { sent });
        });
        this.dismiss(key);
        this.#put(made);
        if (isUnderWay(made)) void this.#follow(made);
      } catch (thrown) {
        this.#change(key, { failure: whyNot(thrown) });
      }
    }
  }

  /** Forgets a file that could not be sent. */
  dismiss(key: number): void {
    this.sending = this.sending.filter((one) => one.key !== key);
  }

  async commit(one: Import): Promise<void> {
    await this.#decide(one, async (params) => {
      const committing = await ask(routes.commitImport, { params });
      this.#put(committing);
      if (isUnderWay(committing)) void this.#follow(committing);
      else this.#oncommitted();
    });
  }

  async discard(one: Import): Promise<void> {
    await this.#decide(one, async (params) => {
      await ask(routes.discardImport, { params });
      this.imports = this.imports.filter(({ id }) => id !== one.id);
    });
  }

  async #decide(
    one: Import,
    act: (params: { projectId: string; collectionId: string; importId: string }) => Promise<void>,
  ): Promise<void> {
    this.#fail(one.id, null);
    try {
      await act({ ...this.#into, importId: one.id });
    } catch (thrown) {
      this.#fail(one.id, whyNot(thrown));
    }
  }

  async #follow(one: Import): Promise<void> {
    if (this.#watched.includes(one.id)) return;
    this.#watched = [...this.#watched, one.id];
    let latest = one;
    while (isUnderWay(latest) && !this.#closed) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      try {
        const next = await ask(routes.import, { params: { ...this.#into, importId: one.id } });
        if (latest.state === 'committing' && next.state === 'committed') this.#oncommitted();
        latest = next;
        this.#put(next);
      } catch (thrown) {
        // Out of reach for a moment is no reason to stop looking.
        if (thrown instanceof ProblemError && thrown.problem.status < 500) break;
      }
    }
    this.#watched = this.#watched.filter((id) => id !== one.id);
  }

  #put(one: Import): void {
    this.imports = this.imports.some(({ id }) => id === one.id)
      ? this.imports.map((known) => (known.id === one.id ? one : known))
      : [one, ...this.imports];
  }

  #change(key: number, change: Partial<Sending>): void {
    this.sending = this.sending.map((one) => (one.key === key ? { ...one, ...change } : one));
  }

  #fail(id: string, failure: string | null): void {
    if (failure === null) this.failures.delete(id);
    else this.failures.set(id, failure);
  }
}

function whyNot(thrown: unknown): string {
  if (thrown instanceof ProblemError) return thrown.problem.detail;
  return thrown instanceof TypeError ? `${thrown.message} Try again.` : 'This did not work; try again.';
}
