import type { TaskId, UnitId, UserId } from '@casebook/contracts';

const PREFIX = 'casebook-draft';

/**
 * Comments of one coder on one task that are written but not given yet, unit by unit, on this device until their
 * unit is judged. Where the browser keeps nothing, none outlives the page.
 */
export class DraftComments {
  readonly #prefix: string;

  constructor(userId: UserId, taskId: TaskId) {
    this.#prefix = `${PREFIX}/${userId}/${taskId}`;
  }

  /** Null where nothing was written; an emptied comment is a draft too, of one that was given before. */
  of(unitId: UnitId): string | null {
    try {
      return localStorage.getItem(this.#key(unitId));
    } catch {
      return null;
    }
  }

  keep(unitId: UnitId, comment: string): void {
    try {
      localStorage.setItem(this.#key(unitId), comment);
    } catch {
      // Denied or full: the comment lives as long as the page.
    }
  }

  forget(unitId: UnitId): void {
    try {
      localStorage.removeItem(this.#key(unitId));
    } catch {
      // Denied: nothing was kept either.
    }
  }

  #key(unitId: UnitId): string {
    return `${this.#prefix}/${unitId}`;
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
