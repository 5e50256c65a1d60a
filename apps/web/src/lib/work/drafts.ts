import type { TaskId, UnitId, UserId } from '@casebook/contracts';
import { z } from 'zod';

const PREFIX = 'casebook-draft';
const LATER = 'later';

/** What goes with an answer or skip that is not given yet. */
const draftSchema = z.object({
  comment: z.string(),
  commentKind: z.string().nullable(),
  unsure: z.boolean(),
});
export type UnitDraft = z.infer<typeof draftSchema>;

/**
 * What one coder has written of the units of one task but not given yet, and which units he left for later: unit by
 * unit, on this device until the unit is judged. Where the browser keeps nothing, none outlives the page.
 */
export class Drafts {
  readonly #prefix: string;

  constructor(userId: UserId, taskId: TaskId) {
    this.#prefix = `${PREFIX}/${userId}/${taskId}`;
  }

  /** Null where nothing was written; an emptied comment is a draft too, of one that was given before. */
  of(unitId: UnitId): UnitDraft | null {
    const kept = read(this.#key(unitId));
    return kept === null ? null : draftFrom(kept);
  }

  keep(unitId: UnitId, draft: UnitDraft): void {
    write(this.#key(unitId), JSON.stringify(draft));
  }

  forget(unitId: UnitId): void {
    remove(this.#key(unitId));
  }

  isPostponed(unitId: UnitId): boolean {
    return read(this.#laterKey(unitId)) !== null;
  }

  postpone(unitId: UnitId): void {
    write(this.#laterKey(unitId), '');
  }

  takeUp(unitId: UnitId): void {
    remove(this.#laterKey(unitId));
  }

  #key(unitId: UnitId): string {
    return `${this.#prefix}/${unitId}`;
  }

  #laterKey(unitId: UnitId): string {
    return `${this.#key(unitId)}/${LATER}`;
  }
}

/** A draft from before kinds and doubt could be kept is its comment alone. */
function draftFrom(kept: string): UnitDraft {
  try {
    return draftSchema.parse(JSON.parse(kept));
  } catch {
    return { comment: kept, commentKind: null, unsure: false };
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Denied or full: it lives as long as the page.
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Denied: nothing was kept either.
  }
}

/** Forgets the drafts of everybody. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`${PREFIX}/`)) localStorage.removeItem(key);
    }
  } catch {
    // Denied: nothing was kept either.
  }
}
