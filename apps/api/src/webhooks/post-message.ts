import { lookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import type { WebhookFailure } from '@casebook/contracts';
import { mayReach } from './reachable.ts';

const TIMEOUT_MS = 10_000;

/** What came of one try. The receiver's answer is never read beyond its status. */
export interface Outcome {
  /** Null where it was taken. */
  readonly failure: WebhookFailure | null;
  readonly status: number | null;
  readonly durationMs: number;
}

class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** Looks a name up and gives the connection only what it may reach: what is checked is what is connected to. */
function lookupWithin(privateToo: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      // One that is refused among several is reason enough: nobody serves both the public and this network by one name.
      const first = found[0];
      if (first === undefined || !found.every(({ address }) => mayReach(address, privateToo))) {
        callback(new AddressRefused(hostname), []);
        return;
      }
      if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

function failureOf(status: number): WebhookFailure | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirected' : 'refused';
}

function failureOfError(error: Error): WebhookFailure {
  if (error instanceof AddressRefused) return 'address-refused';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'timeout';
  return 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    ? 'not-found'
    : 'no-answer';
}

/**
 * Posts a signed body once. Follows no redirect, reads nothing of the answer but its status, and leads to no address
 * that `mayReach` refuses, whatever the name resolves to by now.
 */
export function postMessage(
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  privateToo: boolean,
): Promise<Outcome> {
  const began = performance.now();
  const outcome = (failure: WebhookFailure | null, status: number | null): Outcome => ({
    failure,
    status,
    durationMs: Math.round(performance.now() - began),
  });
  const url = new URL(address);
  if (url.protocol !== 'https:' && !privateToo) return Promise.resolve(outcome('insecure', null));
  // An address in place of a name is connected to without being looked up.
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  if (isIP(host) !== 0 && !mayReach(host, privateToo)) {
    return Promise.resolve(outcome('address-refused', null));
  }
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, {
      method: 'POST',
      agent: false,
      lookup: lookupWithin(privateToo),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Casebook',
        connection: 'close',
        ...headers,
      },
    });
    request.once('response', (response) => {
      const status = response.statusCode ?? 0;
      resolve(outcome(failureOf(status), status));
      response.destroy();
    });
    request.on('error', (error) => {
      resolve(outcome(failureOfError(error), null));
    });
    request.end(body);
  });
}
