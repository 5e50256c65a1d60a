import type { FastifyReply } from 'fastify';
import { sessionCookieName } from '../access/plugin.ts';
import type { Environment } from '../env.ts';

const NINETY_DAYS = 90 * 24 * 3600;

/** Hands a session's secret to the browser, out of reach of scripts and other sites. */
export function setSessionCookie(reply: FastifyReply, environment: Environment, secret: string): void {
  void reply.setCookie(sessionCookieName(environment.origin), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: environment.origin?.startsWith('https://') === true,
    maxAge: NINETY_DAYS,
  });
}

export function clearSessionCookie(reply: FastifyReply, environment: Environment): void {
  void reply.clearCookie(sessionCookieName(environment.origin), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: environment.origin?.startsWith('https://') === true,
  });
}
