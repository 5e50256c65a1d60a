import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { routes } from '@casebook/contracts';
import { ProblemError } from '#lib/problem.ts';
import { ask } from '#lib/server/api.ts';
import { isFromOurPages } from '#lib/server/same-site.ts';

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const;

export const handle: Handle = async ({ event, resolve }) => {
  if (!isFromOurPages(event.request)) return new Response('This came from another site.', { status: 403 });

  event.locals.session = await ask(event, routes.session, {}).catch((thrown: unknown) => {
    // Pages that need a session ask for it again and say what is wrong.
    if (thrown instanceof ProblemError) return null;
    throw thrown;
  });

  const theme = event.cookies.get('theme');
  const attribute = theme === 'light' || theme === 'dark' ? `data-theme="${theme}"` : '';
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%casebook.theme%', attribute),
  });
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
  if (response.headers.get('content-type')?.startsWith('text/html') === true) {
    response.headers.set('cache-control', 'private, no-store');
  }
  return response;
};

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'app') return error;
  if (kind === 'unknown') {
    console.error(`${event.request.method} ${event.url.pathname}`, error);
    return { message: 'The fault is ours.' };
  }
  return { message: error.message };
};
