import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, cookies }) => {
  const theme = cookies.get('theme');
  return {
    session: locals.session,
    theme: theme === 'light' || theme === 'dark' ? theme : ('system' as const),
  };
};
