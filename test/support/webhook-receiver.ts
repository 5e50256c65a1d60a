import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}

/** What a receiver answers: a status, with a place to go where it redirects; or nothing, for ever. */
type Reply = { readonly status: number; readonly location?: string } | 'hang';

/** A real HTTP server that keeps what it is sent. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  reply: Reply;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body, path: request.url ?? '' });
      const { reply } = receiver;
      if (reply === 'hang') return;
      response.writeHead(reply.status, reply.location === undefined ? {} : { location: reply.location });
      response.end('what a receiver says is nobody’s to read');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${String(address.port)}/hook`,
    received,
    reply: { status: 204 },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return receiver;
}
