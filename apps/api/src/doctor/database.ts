import type pg from 'pg';
import { listApplied } from '../backup/repository.ts';
import { listMigrations } from '../database/migrate.ts';
import { odd, well, wrong } from './finding.ts';
import type { Finding } from './finding.ts';
import * as repository from './repository.ts';

const OLDEST_SERVER = 140_000;
const CLOCK_TOLERANCE_SECONDS = 5;
/** Workers look twice a second; what waits so long waits for nobody. */
const LONG_WAIT_SECONDS = 60;

/** What must never change once it is written. */
const APPEND_ONLY = [
  'Judgement',
  'Validation',
  'Adjudication',
  'Contest',
  'TrainingAnswer',
  'Audit',
  'InstanceAudit',
];

async function examineServer(client: pg.ClientBase): Promise<readonly Finding[]> {
  const { version, clockAhead, damagedPages } = await repository.readServerFacts(client);
  const major = Math.floor(version / 10_000);
  const findings = [
    version < OLDEST_SERVER
      ? wrong('database', `Postgres ${String(major)} is too old.`, 'Use Postgres 14 or newer.')
      : well('database', `Postgres ${String(major)} answers.`),
  ];
  if (Math.abs(clockAhead) > CLOCK_TOLERANCE_SECONDS) {
    findings.push(
      odd(
        'clock',
        `The database’s clock and this machine’s differ by ${Math.abs(clockAhead).toFixed(0)} s.`,
        'Let both follow a time server; leases go by the database’s clock, sessions’ cookies by yours.',
      ),
    );
  }
  if (damagedPages !== null) {
    findings.push(
      damagedPages > 0
        ? wrong(
            'disk',
            `${String(damagedPages)} damaged pages were read.`,
            'Take a backup now, then restore it onto another disk.',
          )
        : well('disk', 'No damaged page has been read.'),
    );
  }
  return findings;
}

async function examineSchema(client: pg.ClientBase, migrations: URL): Promise<Finding> {
  const subject = 'schema';
  const applied = await listApplied(client);
  if (applied === undefined) {
    return odd(subject, 'The database is empty.', 'npm start, or casebook restore, fills it.');
  }
  const known = await listMigrations(migrations);
  const has = new Map(applied.map(({ name, checksum }) => [name, checksum]));
  const ours = new Map(known.map(({ name, checksum }) => [name, checksum]));
  const newer = applied.filter(({ name }) => !ours.has(name));
  if (newer[0] !== undefined) {
    return wrong(
      subject,
      `A newer Casebook has been here (${newer[0].name}).`,
      'Run that version, or a newer one.',
    );
  }
  const changed = applied.find(({ name, checksum }) => ours.get(name) !== checksum);
  if (changed !== undefined) {
    return wrong(
      subject,
      `The migration ${changed.name} was changed after it was applied.`,
      'Put the file back as it was.',
    );
  }
  const due = known.filter(({ name }) => !has.has(name)).length;
  return due > 0
    ? odd(
        subject,
        due === 1 ? 'A migration is due.' : `${String(due)} migrations are due.`,
        'The next start applies what is due; take a backup first.',
      )
    : well(subject, `All ${String(known.length)} migrations are there.`);
}

async function examineGuards(client: pg.ClientBase): Promise<Finding> {
  const subject = 'guards';
  const idle = await repository.listIdleGuards(client);
  const unguarded = await repository.listUnguarded(client, APPEND_ONLY);
  const trouble = [...idle, ...unguarded.map((table) => `the guard of ${table}`)];
  return trouble.length === 0
    ? well(subject, 'What was judged can’t be changed, and every reference holds.')
    : wrong(
        subject,
        `Not at work: ${trouble.join(', ')}.`,
        'Somebody switched it off; find out why, enable it, and compare with a backup from before.',
      );
}

async function examineQueue(client: pg.ClientBase): Promise<readonly Finding[]> {
  const subject = 'jobs';
  const queue = await repository.readQueueFacts(client);
  if (queue === undefined) return [];
  const findings: Finding[] = [];
  if (queue.longestWait !== null && queue.longestWait > LONG_WAIT_SECONDS) {
    findings.push(
      wrong(
        subject,
        `A job has waited for ${queue.longestWait.toFixed(0)} s; no worker runs.`,
        'Start the service, or one with CASEBOOK_WORKER=yes.',
      ),
    );
  }
  if (queue.failed.length > 0) {
    const list = queue.failed.map(({ name, count }) => `${name} (${String(count)})`).join(', ');
    findings.push(
      odd(subject, `Failed for good within a day: ${list}.`, 'CASEBOOK_LOG=info tells why at the next try.'),
    );
  }
  return findings.length > 0 ? findings : [well(subject, 'No job waits for long, none has failed.')];
}

/** How a database is that answers. */
export async function examineDatabase(client: pg.ClientBase, migrations: URL): Promise<readonly Finding[]> {
  const server = await examineServer(client);
  const schema = await examineSchema(client, migrations);
  // The rest asks for tables that an older or a newer schema may not have.
  if (schema.state !== 'well') return [...server, schema];
  return [
    ...server,
    schema,
    await examineGuards(client),
    (await repository.hasAdmin(client))
      ? well('admin', 'There is an admin.')
      : odd(
          'admin',
          'Nobody is admin yet.',
          'Open the link that npm start prints, or casebook admin create EMAIL.',
        ),
    ...(await examineQueue(client)),
  ];
}
