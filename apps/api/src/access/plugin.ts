import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Database } from '../database/client.ts';
import type { Environment } from '../env.ts';
import { Forbidden, Unauthenticated, WrongMediaType } from '../errors.ts';
import type { Principal } from './principal.ts';
import { findPerson, findTokenBearer } from './repository.ts';
import { hashOfSecret, sameTag, tagOf } from './secrets.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks. @throws Unauthenticated */
    principal(): Promise<Principal>;
    /** The hash of the session cookie, looked up by nobody yet; undefined without one. */
    sessionHash(): Uint8Array<ArrayBuffer> | undefined;
    /** The address of the person's device, which the web app passes on under its seal. */
    device(): string;
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const SEAL_SECONDS = 60;

/** Browsers refuse the `__Host-` prefix without Secure, and Secure without https. */
export function sessionCookieName(origin: string | undefined): string {
  return origin?.startsWith('https://') === true ? '__Host-casebook' : 'casebook';
}

/** Addresses under which the product may be called from a browser. */
function ownOrigins(request: FastifyRequest, environment: Environment): readonly string[] {
  if (environment.origin !== undefined) return [environment.origin];
  const port = request.socket.localPort ?? environment.port;
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${String(port)}`);
}

/**
 * A browser says where a request comes from; a write from elsewhere is refused. A program that says nothing has no
 * cookies that somebody could borrow.
 */
function refuseForeignWrites(request: FastifyRequest, environment: Environment): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new Forbidden('This came from another site.');
  }
  if (origin !== undefined && !ownOrigins(request, environment).includes(origin)) {
    throw new Forbidden('This came from another site.');
  }
}

/** `address;milliseconds;tag`, made by the web app with the secret that both know. */
function sealedDevice(header: string | string[] | undefined, secret: string): string | undefined {
  if (typeof header !== 'string') return undefined;
  const [address, time, tag] = header.split(';');
  if (address === undefined || time === undefined || tag === undefined) return undefined;
  if (Math.abs(Date.now() - Number(time)) > SEAL_SECONDS * 1000) return undefined;
  return sameTag(tag, tagOf(secret, `${address};${time}`)) ? address : undefined;
}

/** Gives every request its principal, lazily: what needs nobody asks the database nothing. */
export function recognisePrincipals(
  app: FastifyInstance,
  database: Database,
  environment: Environment,
): void {
  const cookieName = sessionCookieName(environment.origin);

  app.decorateRequest('sessionHash', function (this: FastifyRequest) {
    const cookie = this.cookies[cookieName];
    return cookie === undefined || cookie === '' ? undefined : hashOfSecret(cookie);
  });

  app.decorateRequest('device', function (this: FastifyRequest) {
    return sealedDevice(this.headers['x-casebook-client'], environment.secret) ?? this.ip;
  });

  app.decorateRequest('principal', async function (this: FastifyRequest): Promise<Principal> {
    const authorization = this.headers.authorization;
    if (authorization !== undefined) {
      const [scheme, secret] = authorization.split(' ');
      if (scheme?.toLowerCase() !== 'bearer' || secret === undefined) throw new Unauthenticated();
      const bearer = await findTokenBearer(database.prisma, hashOfSecret(secret));
      if (bearer === undefined) throw new Unauthenticated();
      return bearer;
    }
    const hash = this.sessionHash();
    if (hash === undefined) throw new Unauthenticated();
    const person = await findPerson(database.prisma, hash);
    if (person === undefined) throw new Unauthenticated();
    return person;
  });

  app.addHook('onRequest', async (request) => {
    await Promise.resolve();
    refuseForeignWrites(request, environment);
    const query = request.query;
    if (typeof query === 'object' && query !== null && ('token' in query || 'access_token' in query)) {
      throw new Unauthenticated('A token belongs in the Authorization header, never in an address.');
    }
    for (const [name, values] of Object.entries(request.headers)) {
      if (name === 'content-type' && typeof values === 'string' && values.includes('\t')) {
        throw new WrongMediaType('The content type is not well formed.');
      }
    }
  });
}
