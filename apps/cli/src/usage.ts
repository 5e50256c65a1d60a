import type { Readable, Writable } from 'node:stream';

/** The call's words, or what they name, are off: told in a sentence, exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Where a command reads and writes; tests give their own. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** 0 done, 1 a check failed, 2 bad usage or input. */
export type ExitCode = 0 | 1 | 2;

export interface CommandModule {
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}
