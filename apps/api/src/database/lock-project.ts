import type { ProjectId } from '@casebook/contracts';
import type { Connection } from './client.ts';

/**
 * Makes whatever else locks this project wait until the transaction ends: changes of its people and the numbering
 * of its guidelines look at several rows before they write. Readers and rows that refer to the project don't wait.
 */
export async function lockProject(connection: Connection, projectId: ProjectId): Promise<void> {
  await connection.$queryRaw`SELECT 1 FROM "Project" WHERE "projectId" = ${projectId}::uuid FOR NO KEY UPDATE`;
}
