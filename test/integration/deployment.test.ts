import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = new URL('../../', import.meta.url);

const serviceSchema = z.looseObject({
  image: z.string().regex(/:.+/u, 'an image names its version'),
  build: z.strictObject({ context: z.literal('.'), dockerfile: z.string() }).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  healthcheck: z.looseObject({ test: z.array(z.string()).min(2), interval: z.string() }),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
});
const composeSchema = z.looseObject({ services: z.record(z.string(), serviceSchema) });

async function compose() {
  const text = await readFile(new URL('docker-compose.yml', ROOT), 'utf8');
  return { text, ...composeSchema.parse(parse(text, { merge: true })) };
}

describe('docker-compose.yml', () => {
  it('runs proxy, pages, API, worker, Postgres, pooler and mail apart, each with a health check', async () => {
    const { services } = await compose();
    expect(Object.keys(services).sort()).toEqual([
      'api',
      'mail',
      'pgbouncer',
      'postgres',
      'proxy',
      'web',
      'worker',
    ]);
  });

  it('names only services that are there as something to wait for', async () => {
    const { services } = await compose();
    const awaited = Object.values(services).flatMap((service) => Object.keys(service.depends_on ?? {}));
    expect(awaited.filter((name) => !(name in services))).toEqual([]);
  });

  it('holds no secret: each comes from the environment', async () => {
    const { services } = await compose();
    const secrets = Object.values(services).flatMap((service) =>
      Object.entries(service.environment ?? {}).filter(([name]) => /SECRET|PASSWORD|DATABASE/u.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(4);
    expect(secrets.filter(([, value]) => !value.includes('${'))).toEqual([]);
  });

  it('builds from Dockerfiles whose copied paths exist', async () => {
    const { services } = await compose();
    const dockerfiles = new Set(
      Object.values(services).flatMap((service) => (service.build ? [service.build.dockerfile] : [])),
    );
    expect([...dockerfiles].sort()).toEqual(['deploy/api.Dockerfile', 'deploy/web.Dockerfile']);
    for (const dockerfile of dockerfiles) {
      const lines = (await readFile(new URL(dockerfile, ROOT), 'utf8')).split('\n');
      const copied = lines
        .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
        .flatMap((line) => line.split(' ').slice(1, -1));
      expect(copied.filter((path) => !existsSync(fileURLToPath(new URL(path, ROOT))))).toEqual([]);
    }
  });
});
