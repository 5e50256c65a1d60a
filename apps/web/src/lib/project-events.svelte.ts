import { streams } from '@casebook/contracts';
import { invalidate } from '$app/navigation';
import { addressOf } from './address.ts';

const QUIET_MS = 800;
const FALLBACK_MS = 60_000;

/**
 * Keeps a page of a project fresh while it is open: loads again what depends on `casebook:agreement` or
 * `casebook:progress` when the server says that it changed, at most about once a second; once more whenever the line
 * stands (again), because nobody tells what changed while it did not; and now and then without being told, because it
 * may be cut unnoticed. Null: nobody to follow for this person. Call it while a component is set up.
 */
export function followProject(projectId: () => string | null): void {
  $effect(() => {
    const followed = projectId();
    if (followed === null) return;
    const source = new EventSource(addressOf(streams.events, { projectId: followed }));
    const waiting: { [What in 'agreement' | 'progress']?: ReturnType<typeof setTimeout> | undefined } = {};
    const refresh = (what: 'agreement' | 'progress'): void => {
      waiting[what] ??= setTimeout(() => {
        waiting[what] = undefined;
        void invalidate(`casebook:${what}`);
      }, QUIET_MS);
    };
    source.addEventListener('agreement', () => {
      refresh('agreement');
    });
    source.addEventListener('progress', () => {
      refresh('progress');
    });
    source.addEventListener('watching', () => {
      refresh('agreement');
      refresh('progress');
    });
    const fallback = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      refresh('agreement');
      refresh('progress');
    }, FALLBACK_MS);
    return () => {
      source.close();
      clearInterval(fallback);
      clearTimeout(waiting.agreement);
      clearTimeout(waiting.progress);
    };
  });
}
