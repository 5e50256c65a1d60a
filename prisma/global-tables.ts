/**
 * Tables that belong to the instance and to no project. Every other table has `projectId` first in its primary key
 * and in whatever must be unique, so that projects can be spread over several servers and these copied to each.
 */
export const GLOBAL_TABLES: readonly string[] = [
  'User',
  'Session',
  'PasswordReset',
  'ProviderIdentity',
  'InstanceSetup',
  'InvitationSecret',
  'ApiToken',
  'RateLimit',
  'InstanceAudit',
  '_prisma_migrations',
];

/** Schemas that other software keeps in the same database: the job queue's. */
export const FOREIGN_SCHEMAS: readonly string[] = ['pgboss'];
