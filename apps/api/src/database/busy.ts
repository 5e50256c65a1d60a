/** SQLSTATE classes that say "not now": connection lost, resources short, shutting down, locks, serialization. */
const BUSY = /^(?:08|53|57P0[1-4]|57014|55P03|40001|40P01)/u;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** What an error wraps: Prisma puts its driver's error into `meta`, others into `cause`. */
function innerOf(error: object): unknown {
  for (const place of ['cause', 'meta', 'driverAdapterError']) {
    if (place in error) return Reflect.get(error, place);
  }
  return undefined;
}

/** Whether an error means that the database can't be reached or is too busy, rather than that we asked wrongly. */
export function isDatabaseBusy(error: unknown): boolean {
  for (
    let current = error, depth = 0;
    typeof current === 'object' && current !== null && depth < 6;
    depth += 1
  ) {
    const code = codeOf(current);
    if (code !== undefined) {
      if (NETWORK.has(code) || (code.length === 5 && BUSY.test(code))) return true;
      // Prisma's own: can't reach, timed out, closed the connection, pool timeout, write conflict.
      if (['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2034', 'P2037', 'P2028'].includes(code))
        return true;
    }
    if (
      'originalCode' in current &&
      typeof current.originalCode === 'string' &&
      BUSY.test(current.originalCode)
    )
      return true;
    if (
      current instanceof Error &&
      /timeout exceeded when trying to connect|Connection terminated/u.test(current.message)
    ) {
      return true;
    }
    current = innerOf(current);
  }
  return false;
}
