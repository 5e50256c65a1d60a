import { z } from 'zod';
import { invitationIdSchema, memberIdSchema, projectIdSchema, tokenIdSchema } from './ids.ts';
import { roleSchema } from './session.ts';
import { emailSchema, instantSchema, nameSchema, passwordSchema } from './text.ts';

export const memberSchema = z.strictObject({
  id: memberIdSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  disabled: z.boolean(),
  joinedAt: instantSchema,
});
export type Member = z.infer<typeof memberSchema>;
export const changeMemberSchema = z.strictObject({
  role: roleSchema.optional(),
  disabled: z.boolean().optional(),
});

export const inviteSchema = z.strictObject({ email: emailSchema, role: roleSchema });
export const invitationSchema = z.strictObject({
  id: invitationIdSchema,
  email: z.string(),
  role: roleSchema,
  state: z.enum(['open', 'used', 'revoked', 'expired']),
  createdAt: instantSchema,
  expiresAt: instantSchema,
});
export type Invitation = z.infer<typeof invitationSchema>;
/** The link is shown once; only the hash of its secret is kept. */
export const invitedSchema = z.strictObject({
  invitation: invitationSchema,
  link: z.string(),
  mailed: z.boolean(),
});
export const invitationSecretSchema = z.strictObject({ secret: z.string().min(20).max(100) });
export const invitationPreviewSchema = z.strictObject({
  projectName: z.string(),
  role: roleSchema,
  email: z.string(),
  /** True where an account with this address exists: then its password is asked for, not a new one. */
  hasAccount: z.boolean(),
});
export const acceptInvitationSchema = z.strictObject({
  secret: z.string().min(20).max(100),
  name: nameSchema.optional(),
  password: passwordSchema,
});
export const acceptedInvitationSchema = z.strictObject({ projectId: projectIdSchema });

export const tokenScopeSchema = z.enum(['read', 'write']);
export const makeTokenSchema = z.strictObject({
  name: nameSchema,
  scope: tokenScopeSchema,
  expiresInDays: z.int().min(1).max(366),
});
export const tokenSchemaPublic = z.strictObject({
  id: tokenIdSchema,
  name: z.string(),
  scope: tokenScopeSchema,
  createdAt: instantSchema,
  expiresAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
  revoked: z.boolean(),
});
export type ApiToken = z.infer<typeof tokenSchemaPublic>;
/** The secret is shown this once. */
export const madeTokenSchema = z.strictObject({ token: tokenSchemaPublic, secret: z.string() });

/** Which lines of the audit are asked for; every wish narrows the others. */
export const auditFilterSchema = z.strictObject({
  /** How the action begins: `token`, or `token.made` in full. */
  action: z
    .string()
    .regex(/^[a-z][a-z.-]{0,59}$/u)
    .optional(),
  /** From this moment on. */
  from: z.iso.datetime().optional(),
  /** Up to this moment, itself left out. */
  before: z.iso.datetime().optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;
export const auditEntrySchema = z.strictObject({
  id: z.string(),
  at: instantSchema,
  actor: z.string().nullable(),
  action: z.string(),
  subject: z.record(z.string(), z.json()),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
