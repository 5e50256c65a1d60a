import type { Role, TaskState } from '@casebook/contracts';

const ROLES: Readonly<Record<Role, string>> = {
  annotator: 'Expert',
  manager: 'Manager',
  researcher: 'Researcher',
};

/** A role as people call it. */
export function roleInWords(role: Role): string {
  return ROLES[role];
}

const STATES: Readonly<Record<TaskState, string>> = {
  draft: 'Draft',
  open: 'Open',
  paused: 'Paused',
  closed: 'Closed',
  archived: 'Archived',
};

/** A task's state as it stands beside its name. */
export function stateInWords(state: TaskState): string {
  return STATES[state];
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const MINUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** `23 Nov 2026`. In UTC, so that everybody in a project reads the same day. */
export function dayOf(instant: string): string {
  return DAY.format(new Date(instant));
}

/** `23 Nov 2026, 13:05 UTC`. */
export function minuteOf(instant: string): string {
  return `${MINUTE.format(new Date(instant))} UTC`;
}

/** `1.4 MB`. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `judgement.export` as `judgement export`; the audit's own names, legible. */
export function actionInWords(action: string): string {
  return action.replace(/[._-]+/g, ' ');
}

const MEASURES: Readonly<Record<string, string>> = {
  'percent-agreement': 'Percent agreement',
  'cohens-kappa': 'Cohen’s kappa',
  'cohens-kappa-linear': 'Cohen’s kappa, linear weights',
  'cohens-kappa-quadratic': 'Cohen’s kappa, quadratic weights',
  spearman: 'Spearman’s correlation',
  pearson: 'Pearson’s correlation',
};

/** A measure as the literature calls it, where only its id is known. */
export function measureInWords(measure: string): string {
  return MEASURES[measure] ?? measure.replaceAll('-', ' ');
}
