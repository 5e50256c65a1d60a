import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream';

/**
 * The only way from a browser to the network: an HTTP proxy that can be cut.
 * A browser's own "offline" setting does not reach the requests of every service worker; a cut wire does.
 */
export class Wire {
  readonly #server = createServer((incoming, outgoing) => {
    forward(incoming, outgoing);
  });
  readonly #open = new Set<Socket>();
  #isCut = false;

  private constructor() {
    this.#server.on('connection', (socket) => {
      if (this.#isCut) {
        socket.destroy();
        return;
      }
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
    });
  }

  static async lay(): Promise<Wire> {
    const wire = new Wire();
    wire.#server.listen(0, '127.0.0.1');
    await once(wire.#server, 'listening');
    return wire;
  }

  /** What a browser is started with so that all it asks for goes through here. */
  get browserOptions(): readonly string[] {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the wire is not laid');
    return [`--proxy-server=http://127.0.0.1:${String(address.port)}`, '--proxy-bypass-list=<-loopback>'];
  }

  /** Ends what is under way, and lets nothing through until mended. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#open) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  async remove(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (incoming.url?.startsWith('http://') !== true) {
    outgoing.writeHead(400).end();
    return;
  }
  const asked = request(incoming.url, { method: incoming.method, headers: incoming.headers }, (answer) => {
    // The wire may have been cut while the answer was on its way.
    if (outgoing.destroyed) {
      answer.destroy();
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    pipeline(answer, outgoing, () => undefined);
  });
  asked.on('error', () => {
    outgoing.destroy();
  });
  pipeline(incoming, asked, () => undefined);
}
