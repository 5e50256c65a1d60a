import type { ProjectId, TaskId } from '@casebook/contracts';
import type { AnyTaskTypeWeb } from '@casebook/task-types/web';
import type { Reply } from './api.ts';
import type { Refusal } from './entry.ts';
import type { Outbox } from './outbox.svelte.ts';
import type { Shelf } from './store.ts';

interface AnyLease {
  readonly id: string;
}
type ClaimReply<Lease> = Reply<
  | { readonly kind: 'lease'; readonly lease: Lease }
  | { readonly kind: 'none'; readonly reason: string; readonly trainingTaskId?: TaskId }
>;

/** A leased section while it is worked on. */
interface InHand<Lease> {
  readonly lease: Lease;
  /** The server's newer word on this very lease. */
  refresh(lease: Lease): void;
}

/** What is done with sections of a kind: annotating them, or validating what others read in them. */
export interface Dealings<Lease extends AnyLease, Section extends InHand<Lease>> {
  /** Where a section in hand is kept on this device. */
  readonly shelf: Shelf<Lease>;
  claim(projectId: ProjectId, taskId: TaskId): Promise<ClaimReply<Lease>>;
  fetch(projectId: ProjectId, lease: Lease): Promise<Reply<Lease>>;
  /** Refused where the section is no longer this coder's. */
  renew(projectId: ProjectId, lease: Lease): Promise<Reply<unknown>>;
  finish(projectId: ProjectId, lease: Lease): Promise<Reply<unknown>>;
  /** Null where this page is older than the task and does not know how to show it. */
  begin(lease: Lease): { readonly section: Section; readonly taskType: AnyTaskTypeWeb } | null;
}

/** Where the work on a task stands, as the page shows it. */
export type Phase<Section> =
  { readonly kind: 'at-work'; readonly section: Section; readonly taskType: AnyTaskTypeWeb } | Pause;

/** Nothing is worked on. */
export type Pause =
  | { readonly kind: 'opening' }
  /** All is judged and handed in as soon as the server has it. */
  | { readonly kind: 'handing-in' }
  | {
      readonly kind: 'nothing';
      readonly reason: string;
      /** Where the training is that comes first; null where it is not that. */
      readonly trainingPath: string | null;
    }
  /** No network, and no section on this device. */
  | { readonly kind: 'offline' }
  | { readonly kind: 'logged-out' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const RENEW_EVERY = 30 * 60_000;

/**
 * The task that a coder works on: claims a section, keeps it on this device, hands it in when it is done, and
 * claims the next. What is on the device shows at once; the server's word follows.
 */
export class CaseInHand<Lease extends AnyLease, Section extends InHand<Lease>> {
  phase: Phase<Section> = $state.raw({ kind: 'opening' });
  /** The section is no longer this coder's: what is judged now is still stored, but may not count. */
  takenBack: boolean = $state(false);

  readonly #projectId: ProjectId;
  readonly #taskId: TaskId;
  readonly #outbox: Outbox;
  readonly #dealings: Dealings<Lease, Section>;
  /** What waits to be handed in. */
  #done: Lease | null = null;
  #renewal: ReturnType<typeof setInterval> | null = null;
  #finishing = false;
  #claiming: Promise<void> | null = null;

  constructor(projectId: ProjectId, taskId: TaskId, outbox: Outbox, dealings: Dealings<Lease, Section>) {
    this.#projectId = projectId;
    this.#taskId = taskId;
    this.#outbox = outbox;
    this.#dealings = dealings;
  }

  async open(): Promise<void> {
    this.#renewal = setInterval(() => void this.#renew(), RENEW_EVERY);
    const kept = await this.#dealings.shelf.of(this.#outbox.userId, this.#taskId);
    if (kept !== null) this.#show(kept.lease, kept.handingIn);
    if (kept === null || !kept.handingIn) await this.#claim();
  }

  close(): void {
    if (this.#renewal !== null) clearInterval(this.#renewal);
  }

  /** Tries again what failed for want of a network or a session. */
  async retry(): Promise<void> {
    if (this.phase.kind !== 'handing-in') await this.#claim();
  }

  /** The coder is done with the section; it goes in when all of it has arrived. */
  async handIn(): Promise<void> {
    if (this.phase.kind !== 'at-work') return;
    const { lease } = this.phase.section;
    await this.#keep(lease, true);
    this.#handIn(lease);
  }

  /** Back to the section that waits to be handed in. */
  async reopen(): Promise<void> {
    if (this.phase.kind !== 'handing-in' || this.#done === null) return;
    await this.#keep(this.#done, false);
    this.#show(this.#done, false);
  }

  /** How much of this section still waits to be sent, so that it can't be handed in yet. */
  get outstanding(): number {
    return this.#outbox.entries.filter(
      ({ taskId, fate }) => taskId === this.#taskId && fate.kind === 'waiting',
    ).length;
  }

  /** Hands in what waits for it, once nothing is outstanding; then claims the next section. */
  async finish(): Promise<void> {
    if (this.phase.kind !== 'handing-in' || this.#done === null) return;
    if (this.outstanding > 0 || this.#finishing) return;
    this.#finishing = true;
    try {
      await this.#finish(this.#done);
    } finally {
      this.#finishing = false;
    }
  }

  async #finish(lease: Lease): Promise<void> {
    const reply = await this.#dealings.finish(this.#projectId, lease);
    switch (reply.kind) {
      case 'value':
        this.phase = { kind: 'opening' };
        await this.#drop(lease);
        return this.#claim();
      case 'refused':
        // A judgement was refused, or the section was taken back: the server says what is open.
        this.phase = { kind: 'opening' };
        await this.#keep(lease, false);
        return this.#claim();
      case 'log-in':
        this.phase = { kind: 'logged-out' };
        return;
      case 'unreachable':
        return;
    }
  }

  /** Asks the server anew what it has of the section: after it refused a judgement. */
  async reconcile(): Promise<void> {
    if (this.phase.kind !== 'at-work') return;
    const reply = await this.#dealings.fetch(this.#projectId, this.phase.section.lease);
    if (reply.kind === 'value') await this.#adopt(reply.value);
  }

  /** Asks whether the section is still this coder's: after the server took an answer without counting it. */
  async checkHold(): Promise<void> {
    await this.#renew();
  }

  /** One claim at a time: two at once would ask for two sections. */
  #claim(): Promise<void> {
    this.#claiming ??= this.#claimOnce().finally(() => {
      this.#claiming = null;
    });
    return this.#claiming;
  }

  async #claimOnce(): Promise<void> {
    const reply = await this.#dealings.claim(this.#projectId, this.#taskId);
    if (reply.kind === 'value' && reply.value.kind === 'lease') return this.#adopt(reply.value.lease);
    const atWork = this.phase.kind === 'at-work' ? this.phase.section.lease : null;
    if (reply.kind === 'value' && reply.value.kind === 'none') {
      if (atWork !== null) await this.#drop(atWork);
      const { reason, trainingTaskId } = reply.value;
      const trainingPath =
        trainingTaskId === undefined ? null : `/training/${this.#projectId}/${trainingTaskId}`;
      this.phase = { kind: 'nothing', reason, trainingPath };
      return;
    }
    // Whatever keeps the server from answering, what is on this device can be worked on.
    if (atWork === null) this.phase = withoutLease(reply);
  }

  async #adopt(lease: Lease): Promise<void> {
    const before = this.phase.kind === 'at-work' ? this.phase.section.lease : null;
    if (before !== null && before.id !== lease.id) await this.#drop(before);
    await this.#keep(lease, false);
    this.takenBack = false;
    this.#show(lease, false);
  }

  #show(lease: Lease, handingIn: boolean): void {
    if (handingIn) {
      this.#handIn(lease);
      return;
    }
    if (this.phase.kind === 'at-work' && this.phase.section.lease.id === lease.id) {
      this.phase.section.refresh(lease);
      return;
    }
    const begun = this.#dealings.begin(lease);
    this.phase =
      begun === null
        ? {
            kind: 'refused',
            refusal: {
              status: 0,
              title: 'This page is older than the task',
              detail: 'Load it anew to work on this task. Nothing is lost.',
            },
          }
        : { kind: 'at-work', ...begun };
  }

  #handIn(lease: Lease): void {
    this.#done = lease;
    this.phase = { kind: 'handing-in' };
  }

  async #renew(): Promise<void> {
    if (this.phase.kind !== 'at-work' || document.visibilityState !== 'visible') return;
    const reply = await this.#dealings.renew(this.#projectId, this.phase.section.lease);
    if (reply.kind === 'refused') this.takenBack = true;
  }

  async #keep(lease: Lease, handingIn: boolean): Promise<void> {
    await this.#dealings.shelf.keep({
      userId: this.#outbox.userId,
      projectId: this.#projectId,
      taskId: this.#taskId,
      lease,
      handingIn,
    });
  }

  async #drop(lease: Lease): Promise<void> {
    await this.#dealings.shelf.drop(this.#outbox.userId, this.#taskId, lease.id);
    await this.#outbox.refresh();
  }
}

function withoutLease(reply: Reply<unknown>): Pause {
  switch (reply.kind) {
    case 'log-in':
      return { kind: 'logged-out' };
    case 'refused':
      return { kind: 'refused', refusal: reply.refusal };
    case 'unreachable':
    case 'value':
      return { kind: 'offline' };
  }
}
