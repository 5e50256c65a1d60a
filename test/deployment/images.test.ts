import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/api-process.ts';
import { startTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
let context: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'casebook-images-'));
  context = join(folder, 'context');
  // What git tracks is what a build on a tag would see.
  for (const file of spawnSync('git', ['ls-files', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1e8,
  }).stdout.split('\0')) {
    if (file === '' || !existsSync(join(ROOT, file))) continue;
    mkdirSync(dirname(join(context, file)), { recursive: true });
    cpSync(join(ROOT, file), join(context, file));
  }
  database = await startTestDatabase();
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Image {
  readonly workdir: string;
  readonly command: readonly string[];
}

/** Does what a Dockerfile says, stage by stage, in folders instead of images. */
function build(dockerfile: string): Image {
  const stages = new Map<string, string>();
  let root = '';
  let workdir = '';
  let command: readonly string[] = [];
  const text = readFileSync(join(ROOT, dockerfile), 'utf8').replaceAll('\\\n', ' ');
  for (const line of text.split('\n')) {
    const [, instruction, rest] = /^([A-Z]+) (.*)$/u.exec(line) ?? [];
    if (instruction === undefined || rest === undefined) continue;
    switch (instruction) {
      case 'FROM': {
        root = mkdtempSync(join(folder, 'stage-'));
        const name = / AS (\S+)$/u.exec(rest)?.[1];
        if (name !== undefined) stages.set(name, root);
        break;
      }
      case 'WORKDIR':
        workdir = join(root, rest);
        mkdirSync(workdir, { recursive: true });
        break;
      case 'COPY': {
        const words = rest.split(' ').filter((word) => !word.startsWith('--'));
        const from = /--from=(\S+)/u.exec(rest)?.[1];
        const target = words.at(-1) ?? '.';
        for (const source of words.slice(0, -1)) {
          const origin = from === undefined ? join(context, source) : join(stages.get(from) ?? '', source);
          const isFolder = target === '.' || target === './' || target.endsWith('/');
          const into =
            source === '.'
              ? join(workdir, target)
              : isFolder
                ? join(workdir, target, source.split('/').at(-1) ?? '')
                : join(workdir, target);
          mkdirSync(dirname(into), { recursive: true });
          cpSync(origin, into, { recursive: true });
        }
        break;
      }
      case 'RUN': {
        const ran = spawnSync('sh', ['-c', rest], {
          cwd: workdir,
          encoding: 'utf8',
          env: { ...process.env, NODE_ENV: '' },
        });
        if (ran.status !== 0) throw new Error(`${dockerfile}: RUN ${rest}\n${ran.stdout}${ran.stderr}`);
        break;
      }
      case 'CMD':
        command = JSON.parse(rest) as string[];
        break;
    }
  }
  return { workdir, command };
}

/** The status of a page while an image's command runs. */
async function statusWhileRunning(
  image: Image,
  path: string,
  environment: Record<string, string>,
): Promise<number> {
  const port = await freePort();
  const [, ...args] = image.command;
  const child = spawn(process.execPath, args, {
    cwd: image.workdir,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      CASEBOOK_SECRET: 'sixteen characters, at least',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    for (let tried = 0; tried < 300; tried += 1) {
      if (child.exitCode !== null)
        throw new Error(`the image’s command ended with ${String(child.exitCode)}`);
      const response = await fetch(`http://127.0.0.1:${String(port)}${path}`, { redirect: 'manual' }).catch(
        () => undefined,
      );
      if (response !== undefined) return response.status;
      await sleep(100);
    }
    return 0;
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'close');
  }
}

describe('an image', () => {
  it('of the API builds from what git tracks and becomes ready', async () => {
    const image = build('deploy/api.Dockerfile');
    expect(
      await statusWhileRunning(image, '/readyz', {
        DATABASE_URL: database.url,
        CASEBOOK_ORIGIN: 'https://casebook.example',
      }),
    ).toBe(200);
  });

  it('of the pages builds and serves without the rest of the repository', async () => {
    const image = build('deploy/web.Dockerfile');
    const status = await statusWhileRunning(image, '/login', { CASEBOOK_API: 'http://127.0.0.1:9' });
    expect([200, 503]).toContain(status);
  });
});
