import { openStore } from './store.ts';
import { Tabs } from './tabs.ts';

/** The service worker's cache of pages that were visited while logged in. */
export const PAGE_CACHE = 'casebook-pages';

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
  if ('caches' in globalThis) await caches.delete(PAGE_CACHE);
  tabs.close();
}
