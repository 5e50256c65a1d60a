import type { Lease, ProjectId, TaskId, UserId, ValidationLease } from '@casebook/contracts';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Entry, Fate, NewEntry } from './entry.ts';

/** A lease as it was last fetched, so that its section can be worked on without a network. */
interface KeptLease<AnyLease extends { readonly id: string }> {
  readonly userId: UserId;
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly lease: AnyLease;
  /** The coder has handed the section in; the server is told as soon as it has every judgement. */
  readonly handingIn: boolean;
}

/** A judgement as it lies on the disk; `openFor` repeats its user until it is sent, so that those are found fast. */
type Row = NewEntry & Pick<Entry, 'fate'> & { seq?: number; openFor?: UserId };

/** Where the section in hand of each task is kept. */
export interface Shelf<AnyLease extends { readonly id: string }> {
  keep(kept: KeptLease<AnyLease>): Promise<void>;
  of(userId: UserId, taskId: TaskId): Promise<KeptLease<AnyLease> | null>;
  /** Forgets the lease of a task and everything under it that has reached the server. */
  drop(userId: UserId, taskId: TaskId, leaseId: string): Promise<void>;
}

interface WorkSchema extends DBSchema {
  queue: { key: number; value: Row; indexes: { user: string; open: string } };
  leases: { key: [UserId, TaskId]; value: KeptLease<Lease> };
  conferences: { key: [UserId, TaskId]; value: KeptLease<ValidationLease> };
}

/** Where a device keeps work: judgements and verdicts in the order of sending, and the leases in hand of each task. */
export interface WorkStore {
  /** False where nothing outlives the page: then the browser warns before leaving with unsent work. */
  readonly durable: boolean;
  /** Of sections to annotate. */
  readonly leases: Shelf<Lease>;
  /** Of sections of which others’ readings are validated. */
  readonly conferences: Shelf<ValidationLease>;
  /** Resolves when the judgement is on the disk; rejects where it could not be written. */
  add(entry: NewEntry): Promise<Entry>;
  entries(userId: UserId): Promise<readonly Entry[]>;
  /** Those that the server has not taken: waiting, refused or moot. */
  unsentEntries(userId: UserId): Promise<readonly Entry[]>;
  settle(entry: Entry, fate: Fate): Promise<void>;
  remove(seqs: readonly number[]): Promise<void>;
  /** How many judgements of anybody wait here or were refused. */
  unsent(): Promise<number>;
  /** Forgets everything of everybody. */
  wipe(): Promise<void>;
}

const DATABASE = 'casebook-work';

/** Opens the store of this browser; one that only lives in memory where IndexedDB is denied. */
export async function openStore(name: string = DATABASE): Promise<WorkStore> {
  try {
    return new IndexedDbStore(
      await openDB<WorkSchema>(name, 2, {
        upgrade(database, before) {
          database.createObjectStore('conferences', { keyPath: ['userId', 'taskId'] });
          if (before === 1) return;
          const queue = database.createObjectStore('queue', { keyPath: 'seq', autoIncrement: true });
          queue.createIndex('user', 'userId');
          queue.createIndex('open', 'openFor');
          database.createObjectStore('leases', { keyPath: ['userId', 'taskId'] });
        },
        blocking(_current, _blocked, event) {
          if (event.target instanceof IDBDatabase) event.target.close();
        },
      }),
    );
  } catch {
    return new MemoryStore();
  }
}

class IndexedDbStore implements WorkStore {
  readonly durable = true;
  readonly leases: Shelf<Lease>;
  readonly conferences: Shelf<ValidationLease>;
  readonly #database: IDBPDatabase<WorkSchema>;

  constructor(database: IDBPDatabase<WorkSchema>) {
    this.#database = database;
    this.leases = this.#shelf<Lease>({
      put: (kept) => database.put('leases', kept),
      get: (key) => database.get('leases', key),
      delete: (key) => database.delete('leases', key),
    });
    this.conferences = this.#shelf<ValidationLease>({
      put: (kept) => database.put('conferences', kept),
      get: (key) => database.get('conferences', key),
      delete: (key) => database.delete('conferences', key),
    });
  }

  async add(entry: NewEntry): Promise<Entry> {
    // Strict: the promise is kept only when the judgement would survive a loss of power.
    const transaction = this.#database.transaction('queue', 'readwrite', { durability: 'strict' });
    const fate = { kind: 'waiting' } as const;
    const seq = await transaction.store.add({ ...entry, fate, openFor: entry.userId });
    await transaction.done;
    return { ...entry, fate, seq };
  }

  async entries(userId: UserId): Promise<readonly Entry[]> {
    return entriesOf(await this.#database.getAllFromIndex('queue', 'user', userId));
  }

  async unsentEntries(userId: UserId): Promise<readonly Entry[]> {
    return entriesOf(await this.#database.getAllFromIndex('queue', 'open', userId));
  }

  async settle(entry: Entry, fate: Fate): Promise<void> {
    const transaction = this.#database.transaction('queue', 'readwrite');
    const row = await transaction.store.get(entry.seq);
    // Wiped meanwhile: it must not come back.
    if (row !== undefined) {
      const { openFor: _, ...rest } = row;
      await transaction.store.put(
        fate.kind === 'sent' ? { ...rest, fate } : { ...rest, fate, openFor: row.userId },
      );
    }
    await transaction.done;
  }

  async remove(seqs: readonly number[]): Promise<void> {
    const transaction = this.#database.transaction('queue', 'readwrite');
    await Promise.all([...seqs.map((seq) => transaction.store.delete(seq)), transaction.done]);
  }

  async unsent(): Promise<number> {
    return (await this.#database.getAll('queue')).filter(({ fate }) => isUnsent(fate)).length;
  }

  async wipe(): Promise<void> {
    const transaction = this.#database.transaction(['queue', 'leases', 'conferences'], 'readwrite');
    await Promise.all([
      transaction.objectStore('queue').clear(),
      transaction.objectStore('leases').clear(),
      transaction.objectStore('conferences').clear(),
      transaction.done,
    ]);
  }

  #shelf<AnyLease extends { readonly id: string }>(table: {
    put(kept: KeptLease<AnyLease>): Promise<unknown>;
    get(key: [UserId, TaskId]): Promise<KeptLease<AnyLease> | undefined>;
    delete(key: [UserId, TaskId]): Promise<void>;
  }): Shelf<AnyLease> {
    return {
      keep: async (kept) => {
        await table.put(kept);
      },
      of: async (userId, taskId) => (await table.get([userId, taskId])) ?? null,
      drop: async (userId, taskId, leaseId) => {
        const kept = await table.get([userId, taskId]);
        if (kept?.lease.id === leaseId) await table.delete([userId, taskId]);
        const settled = (await this.entries(userId)).filter((entry) => isSettledUnder(entry, leaseId));
        await this.remove(settled.map(({ seq }) => seq));
      },
    };
  }
}

function entriesOf(rows: readonly Row[]): readonly Entry[] {
  return rows.flatMap(({ seq, openFor: _, ...entry }) => (seq === undefined ? [] : [{ ...entry, seq }]));
}

/** Keeps work as long as the page lives. */
export class MemoryStore implements WorkStore {
  readonly durable = false;
  readonly #forgets: (() => void)[] = [];
  readonly leases: Shelf<Lease> = this.#shelf();
  readonly conferences: Shelf<ValidationLease> = this.#shelf();
  #entries: Entry[] = [];
  #seq = 0;

  add(entry: NewEntry): Promise<Entry> {
    this.#seq += 1;
    const added: Entry = { ...entry, seq: this.#seq, fate: { kind: 'waiting' } };
    this.#entries.push(added);
    return Promise.resolve(added);
  }

  entries(userId: UserId): Promise<readonly Entry[]> {
    return Promise.resolve(this.#entries.filter((entry) => entry.userId === userId));
  }

  async unsentEntries(userId: UserId): Promise<readonly Entry[]> {
    return (await this.entries(userId)).filter(({ fate }) => fate.kind !== 'sent');
  }

  settle({ seq }: Entry, fate: Fate): Promise<void> {
    this.#entries = this.#entries.map((entry) => (entry.seq === seq ? { ...entry, fate } : entry));
    return Promise.resolve();
  }

  remove(seqs: readonly number[]): Promise<void> {
    this.#entries = this.#entries.filter(({ seq }) => !seqs.includes(seq));
    return Promise.resolve();
  }

  unsent(): Promise<number> {
    return Promise.resolve(this.#entries.filter(({ fate }) => isUnsent(fate)).length);
  }

  wipe(): Promise<void> {
    this.#entries = [];
    for (const forget of this.#forgets) forget();
    return Promise.resolve();
  }

  #shelf<AnyLease extends { readonly id: string }>(): Shelf<AnyLease> {
    const kept = new Map<string, KeptLease<AnyLease>>();
    this.#forgets.push(() => {
      kept.clear();
    });
    return {
      keep: (lease) => {
        kept.set(placeOf(lease.userId, lease.taskId), lease);
        return Promise.resolve();
      },
      of: (userId, taskId) => Promise.resolve(kept.get(placeOf(userId, taskId)) ?? null),
      drop: (userId, taskId, leaseId) => {
        const place = placeOf(userId, taskId);
        if (kept.get(place)?.lease.id === leaseId) kept.delete(place);
        this.#entries = this.#entries.filter((entry) => !isSettledUnder(entry, leaseId));
        return Promise.resolve();
      },
    };
  }
}

function placeOf(userId: UserId, taskId: TaskId): string {
  return `${userId} ${taskId}`;
}

function isUnsent(fate: Fate): boolean {
  return fate.kind === 'waiting' || fate.kind === 'parked';
}

function isSettledUnder({ fate, leaseId }: Entry, lease: string): boolean {
  return leaseId === lease && (fate.kind === 'sent' || fate.kind === 'moot');
}
