/** The service worker's cache of work pages. They say who was logged in, so it is emptied at log-out. */
export const PAGE_CACHE = 'casebook-pages';

/** Asks the service worker to keep this page, so that it opens without a network. */
export async function keepPage(pathname: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.ready;
  registration.active?.postMessage({ keep: pathname });
}
