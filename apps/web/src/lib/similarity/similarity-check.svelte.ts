import type { ComparedModels, SanityPlan, SanityReport } from '@casebook/agreement';
import type {
  Asked,
  Got,
  NamedBlob,
  ReadModel,
  ReadReport,
  ReportOptions,
  Request,
  Response,
} from './requests.ts';

export interface Busy {
  readonly what: string;
  /** Between 0 and 1; null while nothing is known of it. */
  readonly share: number | null;
}

/** A dataset being checked: what was read, what came of it, and what is being done just now. */
export class SimilarityCheck {
  read: ReadReport | null = $state.raw(null);
  /** In the order in which they were read, the last one the one that is damaged. */
  models: readonly ReadModel[] = $state.raw([]);
  compared: ComparedModels | null = $state.raw(null);
  sanity: SanityReport | null = $state.raw(null);
  /** What the larger dataset was called that the last damage looked at. */
  larger: string | null = $state.raw(null);
  busy: Busy | null = $state.raw(null);
  /** Why the last thing asked for did not come about. */
  refusal: string | null = $state(null);
  readonly #make: () => Worker;
  #worker: Worker;
  #asked: Asked['kind'] | null = null;
  #last = 0;
  #settle: ((response: Response) => void) | null = null;

  /** `make` gives it a worker of its own, another where one has to be stopped; it ends with `close`. */
  constructor(make: () => Worker) {
    this.#make = make;
    this.#worker = this.#employ();
  }

  async readDataset(files: readonly NamedBlob[], options: ReportOptions): Promise<void> {
    const got = await this.#ask({ kind: 'report', files, options }, 'Computing intervals');
    if (got?.kind !== 'report') return;
    this.read = got.read;
    this.#forgetModels();
  }

  async readVectors(file: NamedBlob): Promise<void> {
    const got = await this.#ask({ kind: 'model', file }, `Reading ${file.name}`);
    if (got?.kind !== 'model') return;
    const { model } = got;
    this.models = [...this.models.filter(({ input }) => input.name !== model.input.name), model];
    this.sanity = null;
    this.compared = null;
  }

  /** Every two models that were read against each other. */
  async compare(resamples: number, seed: number): Promise<void> {
    const got = await this.#ask({ kind: 'compare', resamples, seed }, 'Comparing models');
    if (got?.kind === 'compare') this.compared = got.compared;
  }

  async damage(plan: SanityPlan, larger: NamedBlob | null): Promise<void> {
    const got = await this.#ask({ kind: 'sanity', plan, larger }, 'Damaging vectors');
    if (got?.kind !== 'sanity') return;
    this.sanity = got.sanity;
    this.larger = larger?.name ?? null;
  }

  /** Stops what is being done. A report is computed in one go, so its worker is let go; nothing is lost with it. */
  cancel(): void {
    if (this.#asked !== 'report') {
      this.#worker.postMessage({ id: this.#last, kind: 'cancel' } satisfies Request);
      return;
    }
    this.#worker.terminate();
    this.#worker = this.#employ();
    this.read = null;
    this.#forgetModels();
    this.#settle?.({ id: this.#last, kind: 'cancelled' });
  }

  close(): void {
    this.#worker.terminate();
  }

  /** Null where it was refused or stopped. One thing at a time: forms wait while this is busy. */
  async #ask(asked: Asked, what: string): Promise<Got | null> {
    this.refusal = null;
    this.busy = { what, share: null };
    this.#asked = asked.kind;
    this.#last += 1;
    const answered = new Promise<Response>((resolve) => (this.#settle = resolve));
    this.#worker.postMessage({ id: this.#last, kind: 'ask', asked } satisfies Request);
    const response = await answered;
    this.busy = null;
    if (response.kind === 'refused') this.refusal = response.reason;
    return response.kind === 'done' ? response.got : null;
  }

  #forgetModels(): void {
    this.models = [];
    this.compared = null;
    this.sanity = null;
  }

  #employ(): Worker {
    const worker = this.#make();
    worker.addEventListener('message', ({ data }: MessageEvent<Response>) => {
      this.#heard(data);
    });
    worker.addEventListener('error', () => {
      this.#heard({
        id: this.#last,
        kind: 'refused',
        reason: 'This could not be computed; the fault is ours.',
      });
    });
    return worker;
  }

  #heard(response: Response): void {
    if (response.id !== this.#last || this.busy === null) return;
    if (response.kind === 'progress') this.busy = { ...this.busy, share: response.share };
    else this.#settle?.(response);
  }
}
