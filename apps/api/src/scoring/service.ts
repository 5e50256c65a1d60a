import type {
  BoardSetting,
  CaseBoard,
  Explanation,
  ProjectId,
  ScoringRules,
  SectionId,
  boardSchema,
  scoringPreviewSchema,
  scoringSchema,
  writeScoringRulesSchema,
} from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import type { z } from 'zod';
import type { Principal } from '../access/principal.ts';
import { requireMember, requirePerson, requireRight } from '../access/rules.ts';
import type { Access } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import type { Connection } from '../database/client.ts';
import { lockProject } from '../database/lock-project.ts';
import { NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import { findMerits, listFiles, listPlaces } from './case-repository.ts';
import { explain } from './explain.ts';
import { badgesOf, rankOf } from './merits.ts';
import { withPlaces } from './places.ts';
import { previewOf } from './preview.ts';
import * as repository from './repository.ts';

type Scoring = z.output<typeof scoringSchema>;
type Board = z.output<typeof boardSchema>;

/** Types in which differing is no dispute: their sections stay in annotation. */
const UNDISPUTED = [...taskTypeServers].flatMap(([name, type]) =>
  type.disputes === undefined ? [name] : [],
);

async function scoringOf(connection: Connection, { projectId, memberId }: Access): Promise<Scoring> {
  const versions = await repository.listRules(connection, projectId);
  return { versions, ...(await repository.findBoardSettings(connection, projectId, memberId)) };
}

/** The rules by which members of a project are scored: they are shown to whoever plays by them. */
export async function readScoring(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<Scoring> {
  const { prisma } = services.database;
  return scoringOf(prisma, await requireRight(prisma, principal, projectId, 'see'));
}

/** A new version of the rules, for what is earned from now on. */
export async function writeRules(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  { rules, note }: z.output<typeof writeScoringRulesSchema>,
): Promise<Scoring> {
  const { prisma } = services.database;
  const access = await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    await lockProject(transaction, projectId);
    const [newest] = await repository.listRules(transaction, projectId);
    const version = (newest?.version ?? 0) + 1;
    await repository.insertRules(transaction, projectId, principal.userId, {
      ...{ version, rules },
      note: note ?? null,
    });
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'scoring.rules-written',
      subject: { version },
    });
    return scoringOf(transaction, access);
  });
}

/** The board beside what it would be had other rules been in force from the beginning. Nothing is written. */
export async function previewRules(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  rules: ScoringRules,
): Promise<z.output<typeof scoringPreviewSchema>> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  const [newest] = await repository.listRules(prisma, projectId);
  if (newest === undefined) throw new Error('a project has scoring rules from its beginning');
  return {
    rows: previewOf(await repository.listReasons(prisma, projectId, UNDISPUTED), newest.rules, rules),
  };
}

export async function changeBoard(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  board: BoardSetting,
): Promise<Scoring> {
  const { prisma } = services.database;
  const access = await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    await repository.updateBoard(transaction, projectId, board);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'scoring.board-changed',
      subject: { board },
    });
    return scoringOf(transaction, access);
  });
}

/** Whether the caller stays off the board is up to the caller alone. */
export async function stayOffBoard(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  staysOff: boolean,
): Promise<Scoring> {
  const { prisma } = services.database;
  const access = await requireMember(prisma, principal, projectId);
  await repository.updateStaysOff(prisma, projectId, access.memberId, staysOff);
  return scoringOf(prisma, access);
}

/**
 * The board as far as the caller may see it. Managers see everybody. Others see on an open board whoever does not
 * stay off it, with gaps where somebody does; on a private one only themselves, without a place among others; on one
 * that is off nobody.
 */
export async function readBoard(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  period: Board['period'],
): Promise<Board> {
  const { prisma } = services.database;
  const { memberId, role } = await requireRight(prisma, principal, projectId, 'see');
  const { board: setting } = await repository.findBoardSettings(prisma, projectId, memberId);
  const seesAll = role === 'manager';
  if (setting === 'off' && !seesAll) return { setting, period, months: [], rows: [] };
  const month = period === 'all' ? null : period;
  const tallies = withPlaces(await repository.listTallies(prisma, projectId, UNDISPUTED, month));
  const rows = tallies.map(({ memberId: whose, place, ...row }) => ({
    ...row,
    place: seesAll || setting === 'open' ? place : null,
    own: whose === memberId,
  }));
  const months = await repository.listMonths(prisma, projectId, UNDISPUTED);
  const isSeen = ({ own, staysOff }: (typeof rows)[number]): boolean =>
    seesAll || own || (setting === 'open' && !staysOff);
  return { setting, period, months: seesAll || setting === 'open' ? months : [], rows: rows.filter(isSeen) };
}

/** The caller's own cases over all projects. */
export async function listCases(services: Services, principal: Principal): Promise<CaseBoard[]> {
  const { prisma } = services.database;
  const person = requirePerson(principal);
  const places = await listPlaces(prisma, person.userId);
  return Promise.all(
    places.map(async ({ projectId, projectName, memberId, board }) => {
      const [newest] = await repository.listRules(prisma, projectId);
      if (newest === undefined) throw new Error('a project has scoring rules from its beginning');
      const merits = await findMerits(prisma, projectId, memberId);
      return {
        ...{ projectId, projectName, board },
        rulesVersion: newest.version,
        points: merits.points,
        ...rankOf(merits.points, newest.rules),
        badges: badgesOf(merits, newest.rules),
        files: await listFiles(prisma, projectId, memberId),
      };
    }),
  );
}

/** What became of the caller's answers in a section. @throws NotFound before it is at rest, and for all others. */
export async function readExplanation(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  sectionId: SectionId,
): Promise<Explanation> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  const explanation = await explain(prisma, projectId, sectionId, memberId);
  if (explanation === undefined) throw new NotFound();
  return explanation;
}
