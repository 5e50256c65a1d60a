import { routes, scoringRulesSchema, type ProjectId } from '@casebook/contracts';
import { z } from 'zod';
import { ask } from '#lib/api.ts';

const keptSchema = z.object({ version: z.int(), rules: scoringRulesSchema });
export type RulesInForce = z.infer<typeof keptSchema>;

const placeOf = (projectId: ProjectId): string => `casebook-rules-${projectId}`;

/** The rules as this device last saw them; null where it never did. */
export function keptRules(projectId: ProjectId): RulesInForce | null {
  const written = localStorage.getItem(placeOf(projectId));
  if (written === null) return null;
  try {
    return keptSchema.parse(JSON.parse(written));
  } catch {
    return null;
  }
}

/** The rules in force, kept for work without a network; null where the server can't be asked. */
export async function fetchRules(projectId: ProjectId): Promise<RulesInForce | null> {
  try {
    const { versions } = await ask(routes.scoring, { params: { projectId } });
    const [newest] = versions;
    if (newest === undefined) return null;
    const { version, rules } = newest;
    localStorage.setItem(placeOf(projectId), JSON.stringify({ version, rules }));
    return { version, rules };
  } catch {
    return null;
  }
}
