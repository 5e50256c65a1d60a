import { describe, expect, it } from 'vitest';
import { savedState } from './saved-state.ts';

const calm = {
  writing: 0,
  waiting: 0,
  sender: 'idle',
  online: true,
  durable: true,
  writeFailure: null,
} as const;

describe('what the page says of the coder’s work', () => {
  it.each([
    ['everything has its receipt', {}, 'Saved'],
    ['an answer is on its way to the disk', { writing: 1, waiting: 1 }, 'Saving …'],
    ['an answer is on its way to the server', { waiting: 2, sender: 'sending' }, 'Sending 2 …'],
    ['there is no network', { waiting: 3, online: false, sender: 'sending' }, 'Offline · 3 kept here'],
    ['there is no network and nothing to send', { online: false }, 'Offline'],
    ['the network leads nowhere', { waiting: 3, sender: 'no-network' }, 'Offline · 3 kept here'],
    ['the server fails', { waiting: 1, sender: 'server-trouble' }, 'Server away · 1 kept here'],
    ['the session ended', { waiting: 4, sender: 'logged-out' }, 'Log in again to send 4'],
    [
      'nothing is kept by this browser',
      { waiting: 1, durable: false, sender: 'no-network' },
      '1 not sent: keep this page open',
    ],
    [
      'the disk is full',
      { waiting: 1, writeFailure: 'QuotaExceededError' },
      '1 not sent: keep this page open',
    ],
  ] as const)('when %s', (_, circumstances, words) => {
    expect(savedState({ ...calm, ...circumstances }).words).toBe(words);
  });
});
