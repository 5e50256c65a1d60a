import {
  questionIdSchema,
  type ProjectId,
  type QuestionId,
  type UnitId,
  type UserId,
} from '@casebook/contracts';
import { z } from 'zod';
import { submissionIds } from '#lib/work/submission-id.ts';

/** Below the prefix of all drafts, so that logging out forgets them with the others. */
const PREFIX = 'casebook-draft/question';

const nextId = submissionIds();

const keptSchema = z.object({ questionId: questionIdSchema, text: z.string() });

/** What somebody is about to ask; its id stays the same until it was sent, so that it is asked once. */
export interface DraftQuestion {
  readonly questionId: QuestionId;
  readonly text: string;
}

function keyOf(userId: UserId, projectId: ProjectId, unitId: UnitId | null): string {
  return `${PREFIX}/${userId}/${projectId}/${unitId ?? 'guidelines'}`;
}

export function newDraft(text = ''): DraftQuestion {
  return { questionId: questionIdSchema.parse(nextId()), text };
}

/** What was written and not sent, on this device; an empty one where there is none. */
export function keptDraft(userId: UserId, projectId: ProjectId, unitId: UnitId | null): DraftQuestion {
  try {
    const kept = localStorage.getItem(keyOf(userId, projectId, unitId));
    const parsed = keptSchema.safeParse(kept === null ? null : JSON.parse(kept));
    return parsed.success ? parsed.data : newDraft();
  } catch {
    return newDraft();
  }
}

/** Keeps a draft; false where the browser keeps nothing. */
export function keepDraft(
  userId: UserId,
  projectId: ProjectId,
  unitId: UnitId | null,
  draft: DraftQuestion,
): boolean {
  try {
    if (draft.text === '') localStorage.removeItem(keyOf(userId, projectId, unitId));
    else localStorage.setItem(keyOf(userId, projectId, unitId), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}
