import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, cookies }) => {
  const chosen = cookies.get('theme');
  const theme: 'light' | 'dark' | 'system' = chosen === 'light' || chosen === 'dark' ? chosen : 'system';
  return { session: locals.session, theme };
};
