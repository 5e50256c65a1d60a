import type { SubmissionId, UserId } from '@casebook/contracts';
import { Post } from './api.ts';
import {
  isJudgement,
  isVerdict,
  subjectOf,
  withUnwritten,
  type Entry,
  type Fate,
  type JudgementEntry,
  type NewEntry,
  type VerdictEntry,
} from './entry.ts';
import { Pause } from './pause.ts';
import { send, type SenderState } from './sender.ts';
import type { WorkStore } from './store.ts';
import { submissionIds } from './submission-id.ts';
import { inOneTab, Tabs, type TabWord } from './tabs.ts';

/**
 * The judgements and verdicts of one user on this device, on their way to the server. A judgement shows at once, is written to
 * the disk, and is then sent in order by whichever tab does the sending. Every tab sees the same.
 */
export class Outbox {
  readonly userId: UserId;
  readonly store: WorkStore;
  readonly nextSubmissionId = submissionIds();
  /** In the order of sending; those not yet on the disk come last. */
  entries: readonly Entry[] = $state.raw([]);
  /** Judgements that are not on the disk yet. */
  writing: number = $state(0);
  sender: SenderState = $state('idle');
  online: boolean = $state(navigator.onLine);
  /** Why a judgement could not be written to the disk; it is lost when the page goes. */
  writeFailure: string | null = $state(null);
  /** Someone logged out in another tab; nothing more may be done here. */
  wiped: boolean = $state(false);

  /** Judgements that the disk would not take: they are sent from memory, after all others. */
  readonly #unwritable: SubmissionId[] = [];
  readonly #tabs = new Tabs();
  readonly #post: Post;
  readonly #pause = new Pause();
  readonly #end = new AbortController();

  private constructor(userId: UserId, store: WorkStore, entries: readonly Entry[]) {
    this.userId = userId;
    this.store = store;
    this.entries = entries;
    this.#post = new Post(userId);
  }

  /** Opens a user's queue and begins to send what waits in it. */
  static async open(userId: UserId, store: WorkStore): Promise<Outbox> {
    const outbox = new Outbox(userId, store, await store.entries(userId));
    outbox.#begin();
    return outbox;
  }

  get waiting(): number {
    return this.entries.filter(({ fate }) => fate.kind === 'waiting').length;
  }

  get judgements(): readonly JudgementEntry[] {
    return this.entries.filter(isJudgement);
  }

  get verdicts(): readonly VerdictEntry[] {
    return this.entries.filter(isVerdict);
  }

  /** What was refused, for each unit the last of it: an answer speaks for the undoing that went before it. */
  get parked(): readonly Entry[] {
    const parked = this.entries.filter(({ fate }) => fate.kind === 'parked');
    return parked.filter((entry) => !parked.some((other) => follows(other, entry)));
  }

  add(entry: NewEntry): void {
    const seq = (this.entries.at(-1)?.seq ?? 0) + 1;
    this.entries = [...this.entries, { ...entry, seq, fate: { kind: 'waiting' } }];
    this.writing += 1;
    this.store
      .add(entry)
      .then((added) => {
        this.#replace(added);
        this.#tell();
      })
      .catch((error: unknown) => {
        this.writeFailure = error instanceof Error ? error.message : String(error);
        this.#unwritable.push(entry.submission.submissionId);
        this.#pause.wake('entry');
      })
      .finally(() => {
        this.writing -= 1;
      });
  }

  /** Sends a refused judgement again. */
  async retry(entry: Entry): Promise<void> {
    await this.#settle(entry, { kind: 'waiting' });
    this.#pause.wake('entry');
  }

  /** Reads the queue anew after something else has changed the store. */
  async refresh(): Promise<void> {
    await this.#reload();
    this.#tell();
  }

  /** Puts a refused judgement in the place of the one that stands instead of it. */
  async prefer(entry: JudgementEntry, over: SubmissionId): Promise<void> {
    const { userId, projectId, taskId, leaseId } = entry;
    const submission = { ...entry.submission, submissionId: this.nextSubmissionId(), supersedes: over };
    this.add({ userId, projectId, taskId, leaseId, submission });
    await this.discard(entry);
  }

  /** Forgets a refused judgement, and what was refused of the same unit before it. */
  async discard(entry: Entry): Promise<void> {
    const before = this.entries
      .filter(({ fate }) => fate.kind === 'parked')
      .filter((other) => follows(entry, other));
    await this.store.remove([entry.seq, ...before.map(({ seq }) => seq)]);
    await this.refresh();
  }

  close(): void {
    this.#end.abort();
    this.#pause.end();
    this.#tabs.close();
  }

  #begin(): void {
    const { signal } = this.#end;
    this.#tabs.listen((word) => {
      void this.#hear(word);
    });
    this.#tabs.say({ kind: 'sender?', userId: this.userId });
    const circumstances = (): void => {
      this.online = navigator.onLine;
      if (document.visibilityState === 'visible') this.#post.doubt();
      if (this.online) this.#pause.wake('change');
    };
    window.addEventListener('online', circumstances, { signal });
    window.addEventListener('offline', circumstances, { signal });
    document.addEventListener('visibilitychange', circumstances, { signal });
    void inOneTab(this.userId, signal, () => this.#send());
  }

  #send(): Promise<void> {
    return send(
      {
        unsent: () => {
          this.#pause.reset();
          return this.#sendable();
        },
        settle: (entry, fate) => this.#settle(entry, fate),
        post: (entry, submission) => this.#post.send(entry, submission),
        pause: (milliseconds, until) => this.#pause.wait(milliseconds, until),
        report: (state) => {
          this.sender = state;
          this.#tabs.say({ kind: 'sender', userId: this.userId, state });
        },
        random: Math.random,
      },
      this.#end.signal,
    );
  }

  async #sendable(): Promise<readonly Entry[]> {
    const stored = await this.store.unsentEntries(this.userId);
    if (this.#unwritable.length === 0) return stored;
    const inMemory = this.entries.filter(({ submission }) =>
      this.#unwritable.includes(submission.submissionId),
    );
    return [...stored, ...inMemory];
  }

  async #hear(word: TabWord): Promise<void> {
    if (word.kind === 'wiped') {
      this.wiped = true;
      this.entries = [];
      this.close();
      return;
    }
    if (word.userId !== this.userId) return;
    if (word.kind === 'sender') this.sender = word.state;
    if (word.kind === 'queue') {
      await this.#reload();
      this.#pause.wake('entry');
    }
    if (word.kind === 'sender?') this.#tabs.say({ kind: 'sender', userId: this.userId, state: this.sender });
  }

  async #settle(entry: Entry, fate: Fate): Promise<void> {
    await this.store.settle(entry, fate);
    this.#replace({ ...entry, fate });
    this.#tabs.say({ kind: 'queue', userId: this.userId });
  }

  #replace(entry: Entry): void {
    const { submissionId } = entry.submission;
    this.entries = this.entries.map((other) =>
      // What the sender has settled in the meantime is not undone by the news that it is on the disk.
      other.submission.submissionId !== submissionId
        ? other
        : other.fate.kind !== 'waiting' && entry.fate.kind === 'waiting' && other.fate.kind !== 'parked'
          ? other
          : entry,
    );
  }

  /** Reads the queue anew, keeping what is not on the disk yet. */
  async #reload(): Promise<void> {
    const stored = await this.store.entries(this.userId);
    const allWritten = this.writing === 0 && this.#unwritable.length === 0;
    this.entries = allWritten ? stored : withUnwritten(stored, this.entries);
  }

  #tell(): void {
    this.#tabs.say({ kind: 'queue', userId: this.userId });
    this.#pause.wake('entry');
  }
}

function follows(later: Entry, earlier: Entry): boolean {
  return subjectOf(later) === subjectOf(earlier) && later.seq > earlier.seq;
}
