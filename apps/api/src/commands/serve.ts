import type { IncomingMessage, ServerResponse } from 'node:http';
import closeWithGrace from 'close-with-grace';
import { readEnvironment } from '../env.ts';
import { mountWeb } from '../http/mount-web.ts';
import { startServer } from '../server.ts';
import type { RunningServer } from '../server.ts';
import { makeSetupLink, waitsForAdmin } from '../session/service.ts';
import { seedSample } from '../sample/seed.ts';
import { sentenceFor } from './failure.ts';

type WebHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

export interface ServeOptions {
  /** Loads the web app, once settings are known; undefined for the API alone. */
  readonly web?: (settings: { readonly port: number; readonly secret: string }) => Promise<WebHandler>;
  readonly say: (line: string) => void;
}

/**
 * Runs the service until it is told to stop. Resolves when it listens.
 *
 * @returns the running server, or the sentence that says why there is none.
 */
export async function serve(options: ServeOptions): Promise<RunningServer | string> {
  let server: RunningServer;
  try {
    const environment = await readEnvironment(process.env);
    const { web } = options;
    server = await startServer(
      environment,
      web === undefined
        ? undefined
        : async (instance) => {
            await mountWeb(instance.app, await web({ port: environment.port, secret: environment.secret }));
          },
    );
  } catch (error) {
    const sentence = sentenceFor(error);
    if (sentence === undefined) throw error;
    return sentence;
  }
  closeWithGrace({ delay: 15_000, logger: false }, async () => {
    await server.stop();
  });
  const { services } = server.instance;
  if (await seedSample(services)) options.say('The sample project is in its drawer.');
  options.say(`Casebook is open at ${services.origin()}`);
  // The link asks for a password.
  const link = services.environment.passwords ? await makeSetupLink(services) : undefined;
  if (!services.environment.passwords && (await waitsForAdmin(services))) {
    options.say('There is no admin yet. Make one: casebook admin create EMAIL');
  }
  if (link !== undefined) options.say(`There is no admin yet. Make yourself one, once, here:\n  ${link}`);
  return server;
}
