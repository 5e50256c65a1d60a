import { describe, expect, it } from 'vitest';
import { receiptFor, submissionId } from './specimen.ts';
import { retryAfter, verdictOn } from './verdict.ts';

const mine = submissionId(1);
const reply = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  verdictOn(
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }),
    mine,
    0,
  );

describe('the server’s reply', () => {
  it('is a receipt only for this submission', async () => {
    const receipt = receiptFor({ submissionId: mine });
    expect(await reply(200, receipt)).toEqual({ kind: 'receipt', receipt });
    expect(await reply(200, receiptFor({ submissionId: submissionId(2) }))).toMatchObject({ kind: 'later' });
  });

  it('of a network that answers for the server is no receipt', async () => {
    expect(await reply(200, '<html>Welcome aboard</html>')).toEqual({
      kind: 'later',
      cause: 'no-network',
      afterMs: null,
    });
  });

  it.each([500, 502, 503, 504, 408, 425])('%i: try again', async (status) => {
    expect(await reply(status, '')).toEqual({ kind: 'later', cause: 'server', afterMs: null });
  });

  it('429: not before the time it names', async () => {
    expect(await reply(429, {}, { 'retry-after': '7' })).toMatchObject({ kind: 'later', afterMs: 7000 });
    expect(retryAfter('Thu, 01 Jan 1970 00:00:09 GMT', 4000)).toBe(5000);
    expect(retryAfter('soon', 0)).toBeNull();
  });

  it('401: log in', async () => {
    expect(await reply(401, {})).toEqual({ kind: 'log-in' });
  });

  it.each([400, 403, 404, 409, 413, 422])('%i: refused, with the server’s reason', async (status) => {
    const problem = { type: 'urn:casebook:x', title: 'No', status, detail: 'Because.', requestId: 'r' };
    expect(await reply(status, problem)).toEqual({
      kind: 'refused',
      refusal: { status, title: 'No', detail: 'Because.' },
    });
  });

  it.each([403, 404, 413])('%i of something between us and the API: try again', async (status) => {
    expect(await reply(status, '<html>Not here</html>')).toMatchObject({ kind: 'later', cause: 'server' });
  });
});
