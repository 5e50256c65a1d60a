import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ROOT } from './preparation.ts';

export type WebHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** The built web app as a handler of plain requests. Reads its settings from `process.env` when it is loaded. */
export async function loadWebApp(): Promise<WebHandler> {
  const built = (await import(pathToFileURL(join(ROOT, 'apps/web/build/handler.js')).href)) as {
    handler: WebHandler;
  };
  return built.handler;
}
