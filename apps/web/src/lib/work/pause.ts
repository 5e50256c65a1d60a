import type { Wake } from './sender.ts';

/** Waiting that can be cut short. A wake-up that comes just before the wait begins is not lost. */
export class Pause {
  #news = new Set<Wake>();
  #sleeper: { readonly until: Wake; readonly end: () => void } | null = null;

  /** Forgets wake-ups so far: call it before looking at what there is to do. */
  reset(): void {
    this.#news.clear();
  }

  wait(milliseconds: number, until: Wake): Promise<void> {
    if (this.#news.has(until)) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#sleeper = null;
        resolve();
      }, milliseconds);
      const end = (): void => {
        clearTimeout(timer);
        this.#sleeper = null;
        resolve();
      };
      this.#sleeper = { until, end };
    });
  }

  wake(by: 'entry' | 'change'): void {
    this.#news.add(by);
    if (this.#sleeper?.until === by) this.#sleeper.end();
  }

  /** Ends any wait. */
  end(): void {
    this.#sleeper?.end();
  }
}
