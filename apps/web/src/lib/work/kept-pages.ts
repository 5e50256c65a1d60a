import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/**
 * The work pages that open without a network, on this device. In IndexedDB and not in the browser’s cache storage,
 * which writes behind: a browser that was killed within seconds of keeping a page had lost it, and with it the way
 * to the judgements that lay safe on the disk. Pages say who was logged in, so all are forgotten at log-out.
 */
const DATABASE = 'casebook-pages';

interface KeptPage {
  readonly pathname: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

interface PagesSchema extends DBSchema {
  pages: { key: string; value: KeptPage };
}

/** Of the way, not of the page: what is kept is unpacked already. */
const OF_THE_WAY = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

/** Keeps an answer as what its path gives without a network. Resolves when it is on the disk. */
export async function putPage(pathname: string, response: Response): Promise<void> {
  const body = await response.text();
  const headers = [...response.headers].filter(([name]) => !OF_THE_WAY.has(name));
  await inPages(async (database) => {
    const transaction = database.transaction('pages', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put({ pathname, headers, body }), transaction.done]);
  });
}

/** What was kept for a path, or `undefined`; also where this browser keeps nothing. */
export async function keptPage(pathname: string): Promise<Response | undefined> {
  const kept = await inPages((database) => database.get('pages', pathname));
  if (kept === undefined) return undefined;
  return new Response(kept.body, { headers: kept.headers.map(([name, value]) => [name, value]) });
}

/** The paths that something is kept for. */
export async function keptPaths(): Promise<readonly string[]> {
  return (await inPages((database) => database.getAllKeys('pages'))) ?? [];
}

export async function forgetPages(): Promise<void> {
  await inPages((database) => database.clear('pages'));
}

/** Asks the service worker to keep this page, so that it opens without a network. */
export async function keepPage(pathname: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.ready;
  registration.active?.postMessage({ keep: pathname });
}

/** Each use opens and closes: the page and its service worker share the database, and neither may block the other. */
async function inPages<Result>(
  use: (database: IDBPDatabase<PagesSchema>) => Promise<Result>,
): Promise<Result | undefined> {
  let database: IDBPDatabase<PagesSchema>;
  try {
    database = await openDB<PagesSchema>(DATABASE, 1, {
      upgrade(made) {
        made.createObjectStore('pages', { keyPath: 'pathname' });
      },
    });
  } catch {
    // Denied, as in some private windows: then nothing is kept, and a page without a network is not there.
    return undefined;
  }
  try {
    return await use(database);
  } finally {
    database.close();
  }
}
