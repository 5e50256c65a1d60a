import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

export interface LedgerEntry {
  readonly kind: 'sent' | 'acknowledged';
  readonly submissionId: string;
}

/** What was sent and what was acknowledged, on disk before anything else goes on: it outlives every process. */
export class Ledger {
  readonly #path: string;
  readonly #descriptor: number;
  /** Acknowledged so far, by this process's own count. */
  acknowledged = 0;

  constructor(path: string) {
    this.#path = path;
    this.#descriptor = openSync(path, 'a');
  }

  write(entry: LedgerEntry): void {
    writeSync(this.#descriptor, `${entry.kind} ${entry.submissionId}\n`);
    fsyncSync(this.#descriptor);
    if (entry.kind === 'acknowledged') this.acknowledged += 1;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  read(): { readonly sent: ReadonlySet<string>; readonly acknowledged: ReadonlySet<string> } {
    const sent = new Set<string>();
    const acknowledged = new Set<string>();
    for (const line of readFileSync(this.#path, 'utf8').split('\n')) {
      const [kind, id] = line.split(' ');
      if (id === undefined) continue;
      (kind === 'sent' ? sent : acknowledged).add(id);
    }
    return { sent, acknowledged };
  }
}
