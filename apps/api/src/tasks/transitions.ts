import type { TaskState } from '@casebook/contracts';

/**
 * Where a task may go from where it is. What is closed stays closed: its coders may have seen each other's answers
 * since, so what they judged after that would not be independent.
 */
const NEXT: Readonly<Record<TaskState, readonly TaskState[]>> = {
  draft: ['open', 'archived'],
  open: ['paused', 'closed'],
  paused: ['open', 'closed'],
  closed: ['archived'],
  archived: [],
};

export function mayBecome(from: TaskState, to: TaskState): boolean {
  return NEXT[from].includes(to);
}

/** The ways that are open, in words. */
export function waysFrom(state: TaskState): string {
  const ways = NEXT[state];
  return ways.length === 0 ? 'nothing any more' : ways.join(' or ');
}
