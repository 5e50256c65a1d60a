import { fail, type ActionFailure } from '@sveltejs/kit';
import type { Problem } from '@casebook/contracts';
import type { z } from 'zod';
import type { FormState } from '../forms/form-state.ts';

/** A refused form. `form` says which, on a page with several. */
export type Refused = ActionFailure<FormState & { form: string }>;

/** Fields that are never sent back into a page. */
const SECRETS = new Set(['password', 'current', 'secret']);

/** What was typed, by field, without what is secret. */
function typedIn(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) =>
      typeof value === 'string' && !SECRETS.has(name) ? [[name, value] as const] : [],
    ),
  );
}

/** Reads a text field; an absent one is empty. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Checks what was typed by the same schema as the API, so that each field gets its own sentence. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  candidate: z.input<Schema>,
):
  | { readonly ok: true; readonly value: z.output<Schema> }
  | { readonly ok: false; readonly errors: Record<string, string> } {
  const parsed = schema.safeParse(candidate);
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const field = issue.path.join('.');
    errors[field] ??= sentence(issue);
  }
  return { ok: false, errors };
}

/** Turns down a form before it is sent on. */
export function refuse(form: FormData, errors: Record<string, string>, name = 'form'): Refused {
  return fail(400, { form: name, values: typedIn(form), errors });
}

/** Turns down a form that the API refused: beside its fields where it named some, as a whole else. */
export function refused(form: FormData, problem: Problem, name = 'form'): Refused {
  const errors = Object.fromEntries((problem.fields ?? []).map(({ path, message }) => [path, message]));
  const whole = Object.keys(errors).length === 0 ? { message: problem.detail } : {};
  return fail(problem.status, { form: name, values: typedIn(form), errors, ...whole });
}

function sentence(issue: z.core.$ZodIssue): string {
  // Zod's own words are for programmers; those of our schemas begin in lower case and are for people.
  if (issue.message !== '' && !/^(Invalid|Too |Expected|Unrecognized)/.test(issue.message)) {
    return `${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}.`;
  }
  if (issue.code === 'too_small') {
    if (issue.origin === 'string') return 'This is needed.';
    return `At least ${String(issue.minimum)}.`;
  }
  if (issue.code === 'too_big')
    return `At most ${String(issue.maximum)}${issue.origin === 'string' ? ' characters' : ''}.`;
  return 'This does not fit here.';
}
