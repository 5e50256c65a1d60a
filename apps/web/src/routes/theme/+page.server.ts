import { redirect } from '@sveltejs/kit';
import { localPath } from '#lib/server/local-path.ts';
import type { Actions, PageServerLoad } from './$types';

const A_YEAR = 365 * 24 * 3600;

export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
  default: async ({ request, cookies }) => {
    const form = await request.formData();
    const theme = form.get('theme');
    const from = form.get('from');
    if (theme === 'light' || theme === 'dark') {
      cookies.set('theme', theme, {
        path: '/',
        maxAge: A_YEAR,
        sameSite: 'lax',
        httpOnly: true,
        secure: false,
      });
    } else {
      cookies.delete('theme', { path: '/', secure: false });
    }
    redirect(303, localPath(typeof from === 'string' ? from : null));
  },
};
