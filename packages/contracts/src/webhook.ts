import { z } from 'zod';
import { webhookDeliveryIdSchema, webhookIdSchema } from './ids.ts';
import { instantSchema } from './text.ts';

/** What a webhook can be told of. Messages carry ids and kinds, never answers nor who judged. */
export const webhookEventSchema = z.enum([
  'section.handed_in',
  'stage.closed',
  'gold.changed',
  'member.joined',
  'task.opened',
  'task.closed',
  'release.ready',
]);
export type WebhookEvent = z.infer<typeof webhookEventSchema>;

/** Where messages go: an absolute address without a name or password in it. */
export const webhookUrlSchema = z
  .string()
  .trim()
  .max(2000)
  .pipe(
    z
      .url({ protocol: /^https?$/u, error: 'expected an address that begins with https://' })
      .refine((text) => {
        const url = URL.parse(text);
        return url !== null && url.username === '' && url.password === '';
      }, 'no name and no password in the address'),
  )
  .transform((text) => {
    const url = new URL(text);
    url.hash = '';
    return url.href;
  });

export const makeWebhookSchema = z.strictObject({
  url: webhookUrlSchema,
  events: z
    .array(webhookEventSchema)
    .min(1, 'choose at least one event')
    .transform((events) => [...new Set(events)]),
});
export const changeWebhookSchema = z.strictObject({ enabled: z.boolean() });

/** Why nothing is sent to it: a manager’s wish, nothing taken in all tries of a message, or 410 from the receiver. */
export const webhookDisabledSchema = z.enum(['by-hand', 'failing', 'gone']);
export const webhookSchema = z.strictObject({
  id: webhookIdSchema,
  url: z.string(),
  events: z.array(webhookEventSchema),
  createdAt: instantSchema,
  /** Since when nothing was taken although it was tried; null where the last try was. */
  failingSince: instantSchema.nullable(),
  /** Null where messages are sent. */
  disabled: z.strictObject({ at: instantSchema, reason: webhookDisabledSchema }).nullable(),
});
export type Webhook = z.infer<typeof webhookSchema>;
/** The secret is shown this once: `whsec_` and base64, as Standard Webhooks has it. */
export const madeWebhookSchema = z.strictObject({ webhook: webhookSchema, secret: z.string() });

/** Why a try counts as failed. */
export const webhookFailureSchema = z.enum([
  'address-refused',
  'insecure',
  'no-answer',
  'not-found',
  'redirected',
  'refused',
  'sealed',
  'timeout',
]);
export type WebhookFailure = z.infer<typeof webhookFailureSchema>;

export const webhookDeliverySchema = z.strictObject({
  /** The `webhook-id` of the message, the same in every try. */
  id: webhookDeliveryIdSchema,
  /** One of the events, or `webhook.test`. */
  event: z.string(),
  at: instantSchema,
  state: z.enum(['waiting', 'delivered', 'failed']),
  /** When it is tried next; null where it is not. */
  dueAt: instantSchema.nullable(),
  tries: z.array(
    z.strictObject({
      number: z.int().positive(),
      at: instantSchema,
      /** Null while it is tried, or where the process ended in the midst of it. */
      durationMs: z.int().nonnegative().nullable(),
      status: z.int().nullable(),
      failure: webhookFailureSchema.nullable(),
    }),
  ),
});
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;
