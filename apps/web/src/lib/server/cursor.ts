/** Where a paged list goes on, as its address says. */
export function cursorOf(url: URL): { cursor?: string } {
  const cursor = url.searchParams.get('cursor');
  return cursor === null || cursor === '' ? {} : { cursor };
}
