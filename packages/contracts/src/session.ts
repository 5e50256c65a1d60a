import { z } from 'zod';
import { memberIdSchema, projectIdSchema, userIdSchema } from './ids.ts';
import { emailSchema, instantSchema, nameSchema, passwordSchema } from './text.ts';

export const roleSchema = z.enum(['annotator', 'manager', 'researcher']);
export type Role = z.infer<typeof roleSchema>;

export const logInSchema = z.strictObject({ email: emailSchema, password: z.string().min(1).max(512) });
export const setUpSchema = z.strictObject({
  secret: z.string().min(20).max(100),
  email: emailSchema,
  name: nameSchema,
  password: passwordSchema,
});
/** How one gets into this instance: by a password, or by the provider of that name, or either. */
export const signInWaysSchema = z.strictObject({
  passwords: z.boolean(),
  provider: z.strictObject({ name: z.string() }).nullable(),
});
export type SignInWays = z.infer<typeof signInWaysSchema>;
/** Why whoever came back from the provider was not let in. */
export const signInRefusalSchema = z.enum([
  'declined',
  'failed',
  'too-late',
  'too-many',
  'unreachable',
  'nobody-invited',
  'unverified',
  'other-address',
  'disabled',
  'invitation-gone',
  'already-member',
]);
export type SignInRefusal = z.infer<typeof signInRefusalSchema>;
/** Where no mail is sent, a manager or an admin makes links to be copied. */
export const resetStateSchema = z.strictObject({ mails: z.boolean() });
export const requestResetSchema = z.strictObject({ email: emailSchema });
/** Shown once; only the hash of its secret is kept. */
export const resetLinkSchema = z.strictObject({ link: z.string(), expiresAt: instantSchema });
export const redeemResetSchema = z.strictObject({
  secret: z.string().min(20).max(100),
  password: passwordSchema,
});
export const changePasswordSchema = z.strictObject({
  current: z.string().min(1).max(512),
  password: passwordSchema,
});

export const membershipSchema = z.strictObject({
  projectId: projectIdSchema,
  projectName: z.string(),
  memberId: memberIdSchema,
  role: roleSchema,
});

/** Who is logged in, and where they may go. */
export const sessionSchema = z.strictObject({
  user: z.strictObject({
    id: userIdSchema,
    email: z.string(),
    name: z.string(),
    isAdmin: z.boolean(),
  }),
  memberships: z.array(membershipSchema),
});
export type Session = z.infer<typeof sessionSchema>;
