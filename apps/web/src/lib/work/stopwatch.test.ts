import { describe, expect, it } from 'vitest';
import { Stopwatch } from './stopwatch.ts';

function stopwatch() {
  let clock = 5000.4;
  const watch = new Stopwatch(() => clock);
  return { watch, pass: (milliseconds: number) => (clock += milliseconds) };
}

describe('the time to answer', () => {
  it('runs from the question on', () => {
    const { watch, pass } = stopwatch();
    watch.restart(true);
    pass(1200.3);
    expect(watch.elapsed()).toBe(1200);
  });

  it('leaves out the time in which the page was hidden', () => {
    const { watch, pass } = stopwatch();
    watch.restart(true);
    pass(300);
    watch.visible(false);
    pass(60_000);
    watch.visible(true);
    watch.visible(true);
    pass(200);
    expect(watch.elapsed()).toBe(500);
  });

  it('does not run for a question that opened in a hidden page', () => {
    const { watch, pass } = stopwatch();
    watch.restart(false);
    pass(300);
    expect(watch.elapsed()).toBe(0);
    watch.visible(true);
    pass(40);
    expect(watch.elapsed()).toBe(40);
  });

  it('starts anew with each question, and never says more than a day', () => {
    const { watch, pass } = stopwatch();
    watch.restart(true);
    pass(9e9);
    expect(watch.elapsed()).toBe(86_400_000);
    watch.restart(true);
    expect(watch.elapsed()).toBe(0);
  });
});
