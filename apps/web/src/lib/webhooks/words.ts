import type { Webhook, WebhookDelivery, WebhookEvent, WebhookFailure } from '@casebook/contracts';
import { minuteOf } from '../words.ts';

const EVENTS: Readonly<Record<WebhookEvent, string>> = {
  'section.handed_in': 'a section is handed in',
  'stage.closed': 'a section goes on to its next stage',
  'gold.changed': 'gold changes',
  'member.joined': 'somebody joins',
  'task.opened': 'a task opens',
  'task.closed': 'a task closes',
  'release.ready': 'a release is ready',
};

/** When an event is told. */
export function eventInWords(event: WebhookEvent): string {
  return EVENTS[event];
}

/** Whether messages arrive. */
export function standingInWords({ disabled, failingSince }: Webhook): string {
  if (disabled !== null) {
    const why = {
      'by-hand': 'disabled',
      failing: 'disabled, having taken nothing for more than a day,',
      gone: 'disabled, having answered that it is gone,',
    }[disabled.reason];
    return `${why} since ${minuteOf(disabled.at)}`;
  }
  return failingSince === null ? 'messages are sent' : `has taken nothing since ${minuteOf(failingSince)}`;
}

/** What has become of a message. */
export function deliveryInWords({ state, dueAt, tries }: WebhookDelivery): string {
  if (state === 'delivered') return 'taken';
  if (state === 'failed') return 'given up';
  return tries.length === 0 || dueAt === null ? 'on its way' : `waits until ${minuteOf(dueAt)}`;
}

const FAILURES: Readonly<Record<WebhookFailure, string>> = {
  'address-refused': 'the name leads to an address that is not on the public internet',
  insecure: 'the address is not https',
  'no-answer': 'no connection',
  'not-found': 'the name is not known',
  redirected: 'led elsewhere, which is not followed',
  refused: 'not taken',
  sealed: 'the secret can’t be opened; make the webhook anew',
  timeout: 'no answer in time',
};

/** What came of a try. */
export function tryInWords({
  status,
  failure,
  durationMs,
}: Pick<WebhookDelivery['tries'][number], 'status' | 'failure' | 'durationMs'>): string {
  if (durationMs === null) return 'nothing is known of it';
  const outcome = failure === null ? 'taken' : FAILURES[failure];
  return `${outcome}${status === null ? '' : ` (${status})`}, ${durationMs} ms`;
}
