import { routes } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';
import { register } from '../http/register.ts';
import type { Services } from '../services.ts';
import { setSessionCookie } from '../session/cookie.ts';
import * as service from './service.ts';

export function invitationRoutes(app: FastifyInstance, services: Services): void {
  register(app, routes.invitationPreview, async ({ body, request }) => {
    const { projectName, role, email, hasAccount } = await service.openInvitation(
      services,
      body.secret,
      request.device(),
    );
    return { projectName, role, email, hasAccount };
  });
  register(app, routes.acceptInvitation, async ({ body, request, reply }) => {
    const accepted = await service.acceptInvitation(services, body, request.device(), request.sessionHash());
    setSessionCookie(reply, services.environment, accepted.sessionSecret);
    return { projectId: accepted.projectId };
  });
  register(app, routes.invite, async ({ params, body, request }) =>
    service.invite(services, await request.principal(), params.projectId, body),
  );
  register(app, routes.invitations, async ({ params, request }) =>
    service.listInvitations(services, await request.principal(), params.projectId),
  );
  register(app, routes.revokeInvitation, async ({ params, request }) => {
    await service.revokeInvitation(
      services,
      await request.principal(),
      params.projectId,
      params.invitationId,
    );
    return undefined;
  });
}
