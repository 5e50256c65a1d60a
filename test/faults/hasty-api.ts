/**
 * The negative control of the killed API: the product, but for one thing. It acknowledges a judgement at once and
 * stores it a moment later, as tools do that keep answers in memory.
 */
import { request as forward } from 'node:http';
import { createServer } from 'node:http';
import { uuidv7 } from 'uuidv7';
import { readEnvironment } from '../../apps/api/src/env.ts';
import { startServer } from '../../apps/api/src/server.ts';

const environment = await readEnvironment(process.env);
const server = await startServer({ ...environment, port: 0 });
const behind = new URL(server.address);

createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const body = Buffer.concat(chunks);
    const pass = (answer: boolean) => {
      const inner = forward(
        {
          host: behind.hostname,
          port: behind.port,
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
        },
        (response) => {
          if (!answer) {
            response.resume();
            return;
          }
          outgoing.writeHead(response.statusCode ?? 500, response.headers);
          response.pipe(outgoing);
        },
      );
      inner.on('error', () => undefined);
      inner.end(body);
    };
    if (incoming.method === 'POST' && incoming.url?.endsWith('/judgements') === true) {
      const { submissionId } = JSON.parse(body.toString()) as { submissionId: string };
      outgoing.writeHead(200, { 'content-type': 'application/json' });
      outgoing.end(
        JSON.stringify({
          submissionId,
          judgementId: uuidv7(),
          receivedAt: new Date().toISOString(),
          extra: false,
        }),
      );
      setTimeout(() => {
        pass(false);
      }, 100);
      return;
    }
    pass(true);
  });
}).listen(environment.port, environment.host);
