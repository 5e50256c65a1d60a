import { routes, type Session } from '@casebook/contracts';
import type { RequestEvent } from '@sveltejs/kit';
import { call, type Caller } from './api.ts';

/** Who is logged in. Visitors are sent to log in; where the API is out of reach it is the error page instead. */
export async function requireSession(event: Caller & Pick<RequestEvent, 'locals'>): Promise<Session> {
  return event.locals.session ?? (await call(event, routes.session, {}));
}
