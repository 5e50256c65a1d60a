import type { ProjectId } from '@casebook/contracts';
import { nameSchema } from '@casebook/contracts';
import { readEnvironment } from '../env.ts';
import { cloneProject } from '../projects/clone.ts';
import { findByIdOrName } from '../projects/repository.ts';
import { startServer } from '../server.ts';
import { sentenceFor } from './failure.ts';
import { hasDatabase, noDatabaseIn } from './reach.ts';

export type CloneOutcome =
  | { readonly done: true; readonly projectId: ProjectId; readonly tasks: number }
  | { readonly done: false; readonly why: string };

/** Makes a project that is set up as another is; the service may run meanwhile. */
export async function clone(project: string, newName: string): Promise<CloneOutcome> {
  try {
    const name = nameSchema.safeParse(newName);
    if (!name.success) {
      return { done: false, why: `“${newName}” can’t be a name: ${name.error.issues[0]?.message ?? ''}.` };
    }
    const environment = await readEnvironment({ ...process.env, PORT: '0' });
    if (!hasDatabase(environment)) return { done: false, why: noDatabaseIn(environment) };
    const server = await startServer({ ...environment, worker: false });
    try {
      const { services } = server.instance;
      const from = await findByIdOrName(services.database.prisma, project);
      if (from === undefined) {
        return { done: false, why: `Not exactly one project is called ${project}; its id names it surely.` };
      }
      return { done: true, ...(await cloneProject(services, from, name.data)) };
    } finally {
      await server.stop();
    }
  } catch (error) {
    const why = sentenceFor(error);
    if (why === undefined) throw error;
    return { done: false, why };
  }
}
