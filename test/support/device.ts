import { createHmac, randomInt } from 'node:crypto';

/** A header with which a request counts as coming from a device of its own, sealed as the web app seals it. */
export function fromAnotherDevice(secret: string): Record<string, string> {
  const address = `2001:db8::${randomInt(2 ** 32).toString(16)}:${randomInt(2 ** 16).toString(16)}`;
  const sealed = `${address};${String(Date.now())}`;
  const tag = createHmac('sha256', secret).update(sealed).digest('hex');
  return { 'x-casebook-client': `${sealed};${tag}` };
}
