import { forgetDrafts } from './drafts.ts';
import { PAGE_CACHE } from './page-cache.ts';
import { openStore } from './store.ts';
import { Tabs } from './tabs.ts';

/** Judgements on this device that the server has not taken: log-out warns of them. */
export async function unsentCount(): Promise<number> {
  return (await openStore()).unsent();
}

/** Forgets everything that anyone's work left on this device, unsent judgements too. For log-out. */
export async function wipe(): Promise<void> {
  const store = await openStore();
  const tabs = new Tabs();
  // Told first, so that no tab sends or writes in between.
  tabs.say({ kind: 'wiped' });
  await store.wipe();
  forgetDrafts();
  if ('caches' in globalThis) await caches.delete(PAGE_CACHE);
  tabs.close();
}
