/** A path on this site that may be gone to after log-in; `/` for anything that could lead elsewhere. */
export function localPath(asked: string | null): string {
  if (asked === null || !/^\/(?![/\\])/.test(asked)) return '/';
  const resolved = new URL(asked, 'http://casebook.invalid');
  return resolved.origin === 'http://casebook.invalid' ? `${resolved.pathname}${resolved.search}` : '/';
}
