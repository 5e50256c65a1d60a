import type { AddressInfo } from 'node:net';
import { startEmbeddedDatabase } from './database/embedded.ts';
import type { EmbeddedDatabase } from './database/embedded.ts';
import type { Environment } from './env.ts';
import { makeInstance } from './instance.ts';
import type { Instance } from './instance.ts';

/** An instance that listens. */
export interface RunningServer {
  /** Where a browser on this machine finds it, without a trailing slash. */
  readonly address: string;
  readonly instance: Instance;
  /** Stops the service first and its own database last. */
  stop(): Promise<void>;
}

export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/** Mounts something on the app before it listens: the web app, where one process serves both. */
export type Mount = (instance: Instance) => Promise<void>;

/**
 * Starts the database where none is named, then the API, and listens.
 *
 * @throws PortTaken, DatabaseStartError, MigrationError with one sentence for the person at the terminal.
 */
export async function startServer(environment: Environment, mount?: Mount): Promise<RunningServer> {
  const embedded: EmbeddedDatabase | undefined =
    environment.databaseUrl === undefined
      ? await startEmbeddedDatabase({ folder: environment.dataFolder })
      : undefined;
  let address = '';
  let instance: Instance | undefined;
  try {
    instance = await makeInstance(environment, environment.databaseUrl ?? embedded?.url ?? '', () => address);
    await mount?.(instance);
    const { app } = instance;
    await app.listen({ host: environment.host, port: environment.port }).catch((error: unknown) => {
      if (
        error instanceof Error &&
        'code' in error &&
        (error.code === 'EADDRINUSE' || error.code === 'EACCES')
      ) {
        throw new PortTaken(
          error.code === 'EACCES'
            ? `Port ${String(environment.port)} may not be opened by this user; set PORT to another.`
            : `Port ${String(environment.port)} is taken; set PORT to another.`,
        );
      }
      throw error;
    });
    const bound = app.server.address();
    const { port } =
      bound !== null && typeof bound === 'object'
        ? bound
        : ({ port: environment.port } satisfies Partial<AddressInfo>);
    address = `http://${environment.host === '0.0.0.0' ? '127.0.0.1' : environment.host}:${String(port)}`;
  } catch (error) {
    await instance?.close();
    await embedded?.stop();
    throw error;
  }
  const running = instance;
  return {
    address,
    instance: running,
    stop: async () => {
      await running.close();
      await embedded?.stop();
    },
  };
}
