import { streams } from '@casebook/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { setSessionCookie } from '../cookie.ts';
import { JOURNEY_SECONDS } from './journey.ts';
import * as service from './service.ts';

const TAG = 'Session';
const departureQuery = z.strictObject({
  next: z.string().max(2000).default('/'),
  invitation: z.string().min(20).max(100).optional(),
});

/** Addresses that a browser is led through, not called by programs: their answers are redirections. */
export function providerRoutes(app: FastifyInstance, services: Services): void {
  const isSecure = services.environment.origin?.startsWith('https://') === true;
  const cookieName = isSecure ? '__Host-casebook-journey' : 'casebook-journey';
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const;
  const returnTo = () => `${services.origin()}/api/v1${streams.signedIn}`;

  function turnAway(reply: FastifyReply, { why, invitation }: service.TurnedAway): FastifyReply {
    const page = invitation === null ? '/login' : `/invitations/${encodeURIComponent(invitation)}`;
    return reply.redirect(`${page}?refused=${why}`, 303);
  }

  app.get(
    streams.signIn,
    {
      schema: {
        summary: 'Go to the instance’s OpenID provider; for browsers',
        tags: [TAG],
        querystring: departureQuery,
      },
    },
    async (request, reply) => {
      const { next, invitation = null } = departureQuery.parse(request.query);
      const left = await service.depart(
        services,
        { next, invitation, returnTo: returnTo() },
        request.device(),
      );
      if (!left.ok) return turnAway(reply, left);
      void reply.setCookie(cookieName, left.sealed, { ...cookie, maxAge: JOURNEY_SECONDS });
      return reply.redirect(left.address, 303);
    },
  );
  app.get(
    streams.signedIn,
    { schema: { summary: 'Come back from the instance’s OpenID provider; for browsers', tags: [TAG] } },
    async (request, reply) => {
      const returned = new URL(request.url, services.origin());
      const back = await service.arrive(
        services,
        new URL(`${returnTo()}${returned.search}`),
        request.cookies[cookieName],
        request.device(),
        request.sessionHash(),
      );
      void reply.clearCookie(cookieName, cookie);
      if (!back.ok) return turnAway(reply, back);
      setSessionCookie(reply, services.environment, back.secret);
      return reply.redirect(back.next, 303);
    },
  );
}
