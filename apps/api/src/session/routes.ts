import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { requirePerson } from '../access/rules.ts';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import { clearSessionCookie, setSessionCookie } from './cookie.ts';
import * as service from './service.ts';

export function sessionRoutes(app: FastifyInstance, services: Services): void {
  const { environment } = services;

  register(app, routes.setUpState, () => service.setUpState(services));
  register(app, routes.setUp, async ({ body, request, reply }) => {
    const begun = await service.setUp(services, body, request.device());
    setSessionCookie(reply, environment, begun.secret);
    return begun.session;
  });
  register(app, routes.logIn, async ({ body, request, reply }) => {
    const begun = await service.logIn(services, body, request.device(), request.sessionHash());
    setSessionCookie(reply, environment, begun.secret);
    return begun.session;
  });
  register(app, routes.session, async ({ request }) =>
    service.currentSession(services, await request.principal()),
  );
  register(app, routes.signInWays, () =>
    Promise.resolve({
      passwords: environment.passwords,
      provider: services.identityProvider === undefined ? null : { name: services.identityProvider.name },
    }),
  );
  register(app, routes.logOut, async ({ request, reply }) => {
    await service.logOut(services, requirePerson(await request.principal()));
    clearSessionCookie(reply, environment);
    return undefined;
  });
  register(app, routes.changePassword, async ({ body, request }) => {
    await service.changePassword(services, await request.principal(), body, request.device());
    return undefined;
  });
  register(app, routes.resetState, () => Promise.resolve({ mails: services.mailer.enabled }));
  register(app, routes.requestReset, async ({ body, request }) => {
    await service.requestReset(services, body.email, request.device());
    return undefined;
  });
  register(app, routes.redeemReset, async ({ body }) => {
    await service.redeemReset(services, body);
    return undefined;
  });
}
