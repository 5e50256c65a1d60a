import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fastify, { LogController } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { uuidv7 } from 'uuidv7';
import { recognisePrincipals } from './access/plugin.ts';
import { features } from './features.ts';
import { tagAnswers } from './http/entity-tags.ts';
import { healthRoutes } from './http/health.ts';
import { logRequests } from './http/log-requests.ts';
import { answerProblems } from './http/problems.ts';
import { parseUntrustedJson, refuseUnsafe } from './http/untrusted-json.ts';
import { MAXIMUM_UPLOAD } from './imports/limits.ts';
import { measureInstance } from './metrics/measure.ts';
import type { Services } from './services.ts';

const MAXIMUM_BODY = 1_048_576;

const DESCRIPTION = `Projects, tasks, judgements and agreement of a Casebook instance. Browsers use a session cookie; programs send \`Authorization: Bearer …\` with a token made on the project’s page.

**Answers one has already.** Every JSON answer to a GET has an \`ETag\`. Send it back as \`If-None-Match\`, and the answer is 304 without a body while nothing changed. Keep what you were sent yourself: \`Cache-Control: no-store\` keeps it out of shared caches.

**Errors** are problem documents (RFC 9457, \`application/problem+json\`): \`type\` is \`urn:casebook:\` and the name of the situation, \`requestId\` is what the log has it under, \`fields\` says what did not fit. What the caller may not see is 404, the same as what is missing.

**Limits.** What could be guessed or flooded (log-ins, resets, invitations, questions) is counted. Past its limit the answer is 429 with \`Retry-After\` in seconds; 503 with \`Retry-After\` where given means that the database is busy. A JSON body may have 1 MiB unless a route says otherwise.

**Webhooks.** Messages are POSTs of \`{ type, timestamp, data }\`, signed by Standard Webhooks (\`webhook-id\`, \`webhook-timestamp\`, \`webhook-signature\`). \`data\` holds ids and kinds, never answers nor who judged. A message can come more than once, under the same \`webhook-id\`.`;

/**
 * The API without a port: tests inject requests into it, `server.ts` listens with it. Everything below `/api` is
 * ours; whatever else is asked for goes to the web app where one is mounted.
 */
export async function buildApp(services: Services): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: services.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAXIMUM_BODY,
    genReqId: () => uuidv7(),
    requestTimeout: 120_000,
    connectionTimeout: 120_000,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblems(app);
  logRequests(app);

  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : parseUntrustedJson(String(body)));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
  app.addHook('preValidation', async (request) => {
    await Promise.resolve();
    refuseUnsafe(request.params);
    refuseUnsafe(request.query);
  });

  await app.register(cookie);
  await app.register(multipart, {
    limits: { fileSize: MAXIMUM_UPLOAD, files: 1, fields: 4, parts: 8, headerPairs: 50 },
    throwFileSizeLimit: true,
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Casebook',
        version: '1',
        description: DESCRIPTION,
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
  });

  recognisePrincipals(app, services.database, services.environment);

  await app.register(
    async (api) => {
      await api.register(helmet, {
        contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
        crossOriginResourcePolicy: { policy: 'same-origin' },
        strictTransportSecurity: services.origin().startsWith('https://') ? { maxAge: 31_536_000 } : false,
      });
      api.addHook('onSend', async (_request, reply) => {
        if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
      });
      tagAnswers(api);
      for (const feature of features) feature(api, services);
      await Promise.resolve();
    },
    { prefix: '/api/v1' },
  );
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'list', deepLinking: true, supportedSubmitMethods: [] },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, (_request, reply) => reply.send(app.swagger()));
  healthRoutes(app, services);
  if (services.environment.metricsToken !== undefined) {
    measureInstance(app, services, services.environment.metricsToken);
  }
  return app;
}
