import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pause } from './pause.ts';

describe('a pause', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const state = (waiting: Promise<void>) =>
    Promise.race([waiting.then(() => 'over'), Promise.resolve().then(() => 'waiting')]);

  it('lasts as long as it was told', async () => {
    const waiting = new Pause().wait(1000, 'entry');
    await vi.advanceTimersByTimeAsync(999);
    expect(await state(waiting)).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
  });

  it('is cut short by what it waits for, and by nothing else', async () => {
    const pause = new Pause();
    const waiting = pause.wait(1000, 'change');
    pause.wake('entry');
    expect(await state(waiting)).toBe('waiting');
    pause.wake('change');
    await waiting;
  });

  it('does not lose a wake-up that came while its user was looking', async () => {
    const pause = new Pause();
    pause.reset();
    pause.wake('entry');
    await pause.wait(1000, 'entry');
  });

  it('ends when all ends', async () => {
    const pause = new Pause();
    const waiting = pause.wait(1000, 'nothing');
    pause.end();
    await waiting;
  });
});
