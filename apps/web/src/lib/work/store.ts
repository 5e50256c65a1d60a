import type { Lease, LeaseId, ProjectId, TaskId, UserId } from '@casebook/contracts';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Entry, Fate, NewEntry } from './entry.ts';

/** A lease as it was last fetched, so that its section can be worked on without a network. */
export interface KeptLease {
  readonly userId: UserId;
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly lease: Lease;
  /** The coder has handed the section in; the server is told as soon as it has every judgement. */
  readonly handingIn: boolean;
}

/** A judgement as it lies on the disk; `openFor` repeats its user until it is sent, so that those are found fast. */
type Row = Omit<Entry, 'seq'> & { seq?: number; openFor?: UserId };

interface WorkSchema extends DBSchema {
  queue: { key: number; value: Row; indexes: { user: string; open: string } };
  leases: { key: [UserId, TaskId]; value: KeptLease };
}

/** Where a device keeps work: judgements in the order of sending, and the lease in hand of each task. */
export interface WorkStore {
  /** False where nothing outlives the page: then the browser warns before leaving with unsent work. */
  readonly durable: boolean;
  /** Resolves when the judgement is on the disk; rejects where it could not be written. */
  add(entry: NewEntry): Promise<Entry>;
  entries(userId: UserId): Promise<readonly Entry[]>;
  /** Those that the server has not taken: waiting, refused or moot. */
  unsentEntries(userId: UserId): Promise<readonly Entry[]>;
  settle(entry: Entry, fate: Fate): Promise<void>;
  remove(seqs: readonly number[]): Promise<void>;
  keepLease(kept: KeptLease): Promise<void>;
  lease(userId: UserId, taskId: TaskId): Promise<KeptLease | null>;
  /** Forgets the lease of a task and every judgement under it that has reached the server. */
  dropLease(userId: UserId, taskId: TaskId, leaseId: LeaseId): Promise<void>;
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
      await openDB<WorkSchema>(name, 1, {
        upgrade(database) {
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
  readonly #database: IDBPDatabase<WorkSchema>;

  constructor(database: IDBPDatabase<WorkSchema>) {
    this.#database = database;
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

  async keepLease(kept: KeptLease): Promise<void> {
    await this.#database.put('leases', kept);
  }

  async lease(userId: UserId, taskId: TaskId): Promise<KeptLease | null> {
    return (await this.#database.get('leases', [userId, taskId])) ?? null;
  }

  async dropLease(userId: UserId, taskId: TaskId, leaseId: LeaseId): Promise<void> {
    const kept = await this.lease(userId, taskId);
    if (kept?.lease.id === leaseId) await this.#database.delete('leases', [userId, taskId]);
    const settled = (await this.entries(userId)).filter((entry) => isSettledUnder(entry, leaseId));
    await this.remove(settled.map(({ seq }) => seq));
  }

  async unsent(): Promise<number> {
    return (await this.#database.getAll('queue')).filter(({ fate }) => isUnsent(fate)).length;
  }

  async wipe(): Promise<void> {
    const transaction = this.#database.transaction(['queue', 'leases'], 'readwrite');
    await Promise.all([
      transaction.objectStore('queue').clear(),
      transaction.objectStore('leases').clear(),
      transaction.done,
    ]);
  }
}

function entriesOf(rows: readonly Row[]): readonly Entry[] {
  return rows.flatMap(({ seq, openFor: _, ...entry }) => (seq === undefined ? [] : [{ ...entry, seq }]));
}

/** Keeps work as long as the page lives. */
export class MemoryStore implements WorkStore {
  readonly durable = false;
  #entries: Entry[] = [];
  #leases: KeptLease[] = [];
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

  keepLease(kept: KeptLease): Promise<void> {
    this.#leases = [...this.#leases.filter((other) => !sameTask(other, kept)), kept];
    return Promise.resolve();
  }

  lease(userId: UserId, taskId: TaskId): Promise<KeptLease | null> {
    return Promise.resolve(this.#leases.find((kept) => sameTask(kept, { userId, taskId })) ?? null);
  }

  dropLease(userId: UserId, taskId: TaskId, leaseId: LeaseId): Promise<void> {
    this.#leases = this.#leases.filter(
      (kept) => !(sameTask(kept, { userId, taskId }) && kept.lease.id === leaseId),
    );
    this.#entries = this.#entries.filter((entry) => !isSettledUnder(entry, leaseId));
    return Promise.resolve();
  }

  unsent(): Promise<number> {
    return Promise.resolve(this.#entries.filter(({ fate }) => isUnsent(fate)).length);
  }

  wipe(): Promise<void> {
    this.#entries = [];
    this.#leases = [];
    return Promise.resolve();
  }
}

function sameTask(one: Pick<KeptLease, 'userId' | 'taskId'>, other: Pick<KeptLease, 'userId' | 'taskId'>) {
  return one.userId === other.userId && one.taskId === other.taskId;
}

function isUnsent(fate: Fate): boolean {
  return fate.kind === 'waiting' || fate.kind === 'parked';
}

function isSettledUnder({ fate, leaseId }: Entry, lease: LeaseId): boolean {
  return leaseId === lease && (fate.kind === 'sent' || fate.kind === 'moot');
}
