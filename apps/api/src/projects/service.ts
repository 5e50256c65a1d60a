import { memberIdSchema, projectIdSchema } from '@casebook/contracts';
import type { Project, ProjectId, UserId } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.ts';
import { requireAdmin, requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import type { Connection } from '../database/client.ts';
import { NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';

async function projectOf(connection: Connection, userId: UserId, projectId: ProjectId): Promise<Project> {
  const [project] = await repository.listProjects(connection, userId, projectId);
  if (project === undefined) throw new NotFound();
  return project;
}

/** A person's projects, all of them for an admin; a token's one. */
export function listProjects(services: Services, principal: Principal): Promise<Project[]> {
  const only = principal.kind === 'token' ? principal.projectId : undefined;
  return repository.listProjects(services.database.prisma, principal.userId, only);
}

export async function readProject(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<Project> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'see');
  return projectOf(prisma, principal.userId, projectId);
}

/** A new project, managed by the admin who makes it. */
export async function makeProject(
  services: Services,
  principal: Principal,
  project: { name: string; description: string },
): Promise<Project> {
  const admin = requireAdmin(principal);
  const projectId = projectIdSchema.parse(uuidv7());
  const memberId = memberIdSchema.parse(uuidv7());
  return services.database.prisma.$transaction(async (transaction) => {
    await repository.insertProject(
      transaction,
      { projectId, ...project },
      { id: memberId, userId: admin.userId },
    );
    await recordInProject(transaction, projectId, {
      actorId: admin.userId,
      action: 'project.made',
      subject: { name: project.name, memberId },
    });
    return projectOf(transaction, admin.userId, projectId);
  });
}

export async function changeProject(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  change: { name?: string | undefined; description?: string | undefined; passMark?: number | undefined },
): Promise<Project> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const changed = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.description === undefined ? {} : { description: change.description }),
    ...(change.passMark === undefined ? {} : { passMark: change.passMark }),
  };
  return prisma.$transaction(async (transaction) => {
    if (Object.keys(changed).length > 0) {
      await repository.updateProject(transaction, projectId, changed);
      await recordInProject(transaction, projectId, {
        actorId: principal.userId,
        action: 'project.changed',
        subject: changed,
      });
    }
    return projectOf(transaction, principal.userId, projectId);
  });
}
