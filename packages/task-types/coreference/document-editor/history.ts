import type { DocumentContent } from '@casebook/contracts';
import { commit, copied, inverse, write, type Annotation, type Change } from './annotation.ts';
import type { LogEntry, Operation } from './contract.ts';
import { planned } from './planned.ts';
import { refused, type Outcome } from './refusal.ts';

/** A step that was done, on top of those before it. Steps share what is below them. */
interface Step {
  readonly operation: Operation;
  readonly change: Change;
  readonly below: Step | null;
}

/** Where a log has come to: what is annotated, what can be taken back, and what can be done again. */
export interface History {
  readonly annotation: Annotation;
  readonly done: Step | null;
  readonly undone: Step | null;
}

export function historyFrom(annotation: Annotation): History {
  return { annotation, done: null, undone: null };
}

type Text = Pick<DocumentContent, 'tokens'>;

/** The history after one more entry. An operation after an undo leaves nothing to redo. */
export function after(text: Text, history: History, entry: LogEntry): Outcome<History> {
  const outcome = stepped(text, history, entry);
  if (!outcome.ok) return outcome;
  const { change, ...stacks } = outcome.done;
  return { ok: true, done: { annotation: commit(history.annotation, change), ...stacks } };
}

/**
 * The history of a whole log over the annotation that it began with; or, where an entry cannot be done, which one
 * (counted from 0) and why.
 */
export function replayed(
  text: Text,
  start: Annotation,
  entries: readonly LogEntry[],
): Outcome<History> & { readonly at?: number } {
  const tables = copied(start);
  let history: History = { annotation: tables, done: null, undone: null };
  for (const [at, entry] of entries.entries()) {
    const outcome = stepped(text, history, entry);
    if (!outcome.ok) return { ...outcome, at };
    const { change, ...stacks } = outcome.done;
    write(tables, change);
    history = { annotation: tables, ...stacks };
  }
  return { ok: true, done: history };
}

interface Stepped {
  readonly change: Change;
  readonly done: Step | null;
  readonly undone: Step | null;
}

function stepped(text: Text, { annotation, done, undone }: History, entry: LogEntry): Outcome<Stepped> {
  if (entry.kind === 'undo') {
    if (done === null) return refused('nothing-to-undo', 'There is nothing to undo.');
    const { operation, change, below } = done;
    return {
      ok: true,
      done: { change: inverse(change), done: below, undone: { operation, change, below: undone } },
    };
  }
  if (entry.kind === 'redo') {
    if (undone === null) return refused('nothing-to-redo', 'There is nothing to do again.');
    const { operation, change, below } = undone;
    return { ok: true, done: { change, done: { operation, change, below: done }, undone: below } };
  }
  const plan = planned(text, annotation, entry);
  if (!plan.ok) return plan;
  return {
    ok: true,
    done: {
      change: plan.done,
      done: { operation: entry, change: plan.done, below: done },
      undone: null,
    },
  };
}
