import { immutable } from '$app/manifest';
import { self } from '$app/service-worker';
import { PAGE_CACHE } from '../lib/work/page-cache.ts';
import { offlinePage } from './offline-page.ts';

/**
 * Opens the work page without a network: keeps the app's scripts and styles, and the work pages that asked for it.
 * Any other page says without a network that there is none. Nothing else is kept; judgements and leases are the page's own business, in IndexedDB.
 */
const APP_CACHE = 'casebook-app';
/** How long a network that is there but does not answer is waited for, in milliseconds. */
const PATIENCE = 4000;

const APP = new Set(immutable.map(({ path }) => new URL(path, self.location.origin).pathname));
/** Fonts come when a page needs them: there are many, for many scripts. */
const AHEAD = [...APP].filter((path) => /\.(?:js|css)$/.test(path));

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(APP_CACHE)
      .then((cache) => cache.addAll(AHEAD))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldFiles().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (APP.has(url.pathname)) event.respondWith(keptFile(request));
  else if (isWorkPage(url)) event.respondWith(orOffline(request, freshOrKept(request, url)));
  else if (request.mode === 'navigate' && !url.pathname.startsWith('/api/')) {
    event.respondWith(orOffline(request, fetch(request)));
  }
});

self.addEventListener('message', (event) => {
  const word: unknown = event.data;
  if (typeof word !== 'object' || word === null || !('keep' in word) || typeof word.keep !== 'string') return;
  const url = new URL(word.keep, self.location.origin);
  if (url.origin === self.location.origin && isWorkPage(url)) event.waitUntil(keepPage(url.pathname));
});

/** A page of work or of a conference itself, and what it asks the server for when it starts. */
function isWorkPage({ pathname }: URL): boolean {
  return /^\/(?:work|conference)\/[^/]+\/[^/]+(?:\/__data\.json)?$/.test(pathname);
}

async function keptFile(request: Request): Promise<Response> {
  const cache = await caches.open(APP_CACHE);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

async function freshOrKept(request: Request, { pathname }: URL): Promise<Response> {
  const pages = await caches.open(PAGE_CACHE);
  const known = await pages.match(pathname);
  try {
    const response = await fetch(
      request,
      known === undefined ? {} : { signal: AbortSignal.timeout(PATIENCE) },
    );
    if (known !== undefined && isWorthKeeping(response)) await pages.put(pathname, response.clone());
    return response;
  } catch (error) {
    const kept = known ?? (await sameKind(pages, pathname));
    if (kept === undefined) throw error;
    return kept;
  }
}

/** Stands in for a page that can't be fetched; anything else fails as it would without this worker. */
async function orOffline(request: Request, answer: Promise<Response>): Promise<Response> {
  try {
    return await answer;
  } catch (error) {
    if (request.mode !== 'navigate') throw error;
    const kept = await (await caches.open(PAGE_CACHE)).keys();
    const cases = kept.map(({ url }) => new URL(url).pathname).filter((path) => !path.endsWith('.json'));
    return offlinePage(cases);
  }
}

/** All pages of a kind start alike: the address says which task it is. */
async function sameKind(pages: Cache, pathname: string): Promise<Response | undefined> {
  const kind = pathname.split('/')[1];
  const isAnswer = pathname.endsWith('.json');
  const alike = (await pages.keys()).find(
    ({ url }) => url.endsWith('.json') === isAnswer && new URL(url).pathname.split('/')[1] === kind,
  );
  return alike === undefined ? undefined : pages.match(alike);
}

async function keepPage(pathname: string): Promise<void> {
  const pages = await caches.open(PAGE_CACHE);
  await Promise.all(
    [pathname, `${pathname}/__data.json`].map(async (path) => {
      const response = await fetch(path, { credentials: 'same-origin' });
      if (isWorthKeeping(response)) await pages.put(path, response);
    }),
  );
}

function isWorthKeeping(response: Response): boolean {
  return response.ok && !response.redirected;
}

async function forgetOldFiles(): Promise<void> {
  const cache = await caches.open(APP_CACHE);
  const kept = await cache.keys();
  await Promise.all(
    kept.filter(({ url }) => !APP.has(new URL(url).pathname)).map((request) => cache.delete(request)),
  );
}
