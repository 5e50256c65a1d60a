import type { Terminal } from './usage.ts';

const PATIENCE_MS = 1000;

/** Says on stderr how far long work is, from its first second on, and wipes the line at the end. */
export class Progress {
  private readonly terminal: Terminal;
  private readonly what: string;
  private readonly of: string;
  private readonly since = Date.now();
  private last = 0;
  private said = false;

  /** @param of what the share is of */
  constructor(terminal: Terminal, what: string, of: string) {
    this.terminal = terminal;
    this.what = what;
    this.of = of;
  }

  readonly report = (share: number): void => {
    const now = Date.now();
    if (now - this.since < PATIENCE_MS || now - this.last < PATIENCE_MS / 4) return;
    this.last = now;
    this.said = true;
    this.terminal.stderr.write(`\r${this.what}: ${Math.floor(share * 100)} % of ${this.of}`);
  };

  end(): void {
    if (this.said) this.terminal.stderr.write('\r\u001b[K');
  }
}
