import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

/**
 * A free port below those that outgoing connections are given: while a killed server is away, a client that keeps
 * trying could be given the very port it tries and would then be talking to itself.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => {
        resolve(false);
      });
      probe.listen(port, '127.0.0.1', () => {
        resolve(true);
      });
    });
    if (!free) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}

/** The API in a process of its own, that can be killed and started again on the same port. */
export class ApiProcess {
  readonly address: string;
  readonly #port: number;
  readonly #databaseUrl: string;
  readonly #program: readonly string[];
  readonly #settings: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;

  private constructor(
    port: number,
    databaseUrl: string,
    program: readonly string[],
    settings: Readonly<Record<string, string>>,
  ) {
    this.#port = port;
    this.#databaseUrl = databaseUrl;
    this.#program = program;
    this.#settings = settings;
    this.address = `http://127.0.0.1:${String(port)}`;
  }

  /**
   * @param program what is run instead of the product, for negative controls.
   * @param settings variables of the environment beside those of every test.
   */
  static async start(
    databaseUrl: string,
    program: readonly string[] = [MAIN, 'serve', '--api-only'],
    settings: Readonly<Record<string, string>> = {},
  ): Promise<ApiProcess> {
    const process = new ApiProcess(await freePort(), databaseUrl, program, settings);
    await process.restart();
    return process;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts it and waits until it is ready. */
  async restart(): Promise<void> {
    this.#child = spawn(process.execPath, [...this.#program], {
      env: {
        ...process.env,
        PORT: String(this.#port),
        DATABASE_URL: this.#databaseUrl,
        CASEBOOK_DATA: join(tmpdir(), 'casebook-faults'),
        CASEBOOK_SECRET: 'a secret that only the tests know',
        CASEBOOK_WORKER: 'no',
        CASEBOOK_LOG: 'silent',
        ...this.#settings,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (let tried = 0; tried < 1_500; tried += 1) {
      const ready = await fetch(`${this.address}/readyz`).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return;
      if (this.#child.exitCode !== null) throw new Error('the API ended before it was ready');
      await sleep(20);
    }
    throw new Error('the API did not become ready');
  }

  /** As a power cut would end it. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'close');
  }
}
