import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../support/api-process.ts';

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

const folders: string[] = [];
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-start-'));
  folders.push(folder);
  return folder;
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** Runs a command, by default the API, as a person would; `onSaid` may stop it. */
async function start(
  environment: Record<string, string>,
  onSaid: (said: string, stop: () => void) => void = () => undefined,
  words: readonly string[] = ['serve', '--api-only'],
): Promise<Ended> {
  const {
    DATABASE_URL: _url,
    DATABASE_MIGRATION_URL: _direct,
    CASEBOOK_SECRET: _secret,
    ...surroundings
  } = process.env;
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: { ...surroundings, NODE_ENV: 'development', PORT: String(await freePort()), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
    onSaid(said, () => child.kill('SIGINT'));
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  await once(child, 'close');
  return { code: child.exitCode, said };
}

const sentences = ({ said }: Ended) => said.trim().split('\n');

describe('a start that can’t succeed ends with one sentence and exit 1', () => {
  it('where the port is taken', async () => {
    const squatter = createServer().listen(await freePort(), '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = address !== null && typeof address === 'object' ? String(address.port) : '';
    const ended = await start({ PORT: port, CASEBOOK_DATA: await makeFolder() });
    squatter.close();
    expect(ended.code).toBe(1);
    expect(sentences(ended)).toEqual([`Port ${port} is taken; set PORT to another.`]);
  });

  it('where the data folder can’t be written to', async () => {
    const file = join(await makeFolder(), 'a-file');
    await writeFile(file, '');
    await chmod(file, 0o400);
    const ended = await start({ CASEBOOK_DATA: join(file, 'below') });
    expect(ended.code).toBe(1);
    expect(sentences(ended)).toHaveLength(1);
    expect(ended.said).toContain('set CASEBOOK_DATA');
  });

  it.for([
    { words: ['serve', '--api-only'] },
    { words: ['seed'] },
    { words: ['admin', 'reset-link', 'ada@example.org'] },
    { words: ['admin', 'create', 'ada@example.org'] },
    { words: ['backup', join(tmpdir(), 'never-written.backup')] },
  ])('where the database can’t be reached by $words', async ({ words }) => {
    const ended = await start(
      { CASEBOOK_DATA: await makeFolder(), DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' },
      undefined,
      words,
    );
    expect(ended.code).toBe(1);
    expect(sentences(ended)).toHaveLength(1);
    expect(ended.said).toContain('DATABASE_URL');
  });

  it('where production has no secret', async () => {
    const ended = await start({ CASEBOOK_DATA: await makeFolder(), NODE_ENV: 'production' });
    expect(ended.code).toBe(1);
    expect(sentences(ended)).toEqual(['CASEBOOK_SECRET must be set in production.']);
  });

  it('where a setting is malformed', async () => {
    const ended = await start({ CASEBOOK_DATA: await makeFolder(), PORT: 'many' });
    expect(ended.code).toBe(1);
    expect(ended.said).toContain('PORT');
  });
});

describe('a start on the embedded database', () => {
  it('seeds the sample once, keeps everything for the next, and stops the database with Ctrl-C', async () => {
    const folder = await makeFolder();
    const untilLink = (said: string, stop: () => void) => {
      if (/\/setup\/\S+\n/u.test(said)) stop();
    };
    const first = await start({ CASEBOOK_DATA: folder }, untilLink);
    expect(first).toMatchObject({ code: 0 });
    expect(first.said).toContain('sample project');
    await expect(readFile(join(folder, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');
    const second = await start({ CASEBOOK_DATA: folder }, untilLink);
    expect(second).toMatchObject({ code: 0 });
    expect(second.said).not.toContain('sample project');
    const link = (said: string) => /\/setup\/(\S+)/u.exec(said)?.[1];
    expect(link(second.said)).not.toBe(link(first.said));
  });
});

describe('an instance set up from the terminal', () => {
  it('has its admin before it first runs, and goes on in another folder from its backup', async () => {
    const folder = await makeFolder();
    const created = await start({ CASEBOOK_DATA: folder }, undefined, ['admin', 'create', 'ada@example.org']);
    expect(created).toMatchObject({ code: 0 });
    expect(created.said).toMatch(/\/reset\/\S+\n$/u);

    const file = join(folder, 'instance.backup');
    const written = await start({ CASEBOOK_DATA: folder }, undefined, ['backup', file]);
    expect(written).toMatchObject({ code: 0 });
    const again = await start({ CASEBOOK_DATA: folder }, undefined, ['backup', file]);
    expect(again).toMatchObject({ code: 1 });
    expect(again.said).toContain('overwrites nothing');

    const elsewhere = await makeFolder();
    const restored = await start({ CASEBOOK_DATA: elsewhere }, undefined, ['restore', file]);
    expect(restored).toMatchObject({ code: 0 });
    const untilOpen = (said: string, stop: () => void) => {
      if (said.includes('Casebook is open')) stop();
    };
    const opened = await start({ CASEBOOK_DATA: elsewhere }, untilOpen);
    expect(opened).toMatchObject({ code: 0 });
    expect(opened.said).not.toContain('/setup/');
    const twice = await start({ CASEBOOK_DATA: elsewhere }, undefined, ['restore', file]);
    expect(twice).toMatchObject({ code: 1 });
    expect(twice.said).toContain('The database is not empty');
  });
});
