/** The largest file that is taken, in bytes. */
export const MAXIMUM_UPLOAD = 256 * 1_048_576;
/** Room for what multipart puts around a file. */
export const MULTIPART_OVERHEAD = 65_536;
/** Refusals of one file that are kept one by one; those beyond are counted. */
export const KEPT_REFUSALS = 50_000;
/** Remarks of one file that are shown. */
export const KEPT_REMARKS = 50;
/** What is staged with one statement: so many items, or so many bytes of them. */
export const BATCH_ITEMS = 2_000;
export const BATCH_BYTES = 4 * 1_048_576;
/** An upload takes no longer than this: what still reads is the remains of a process that ended. */
export const READING_MINUTES = 15;
/** Up to so many items an import is committed within the request that asks for it. */
export const COMMITTED_AT_ONCE = 2_000;
/** From so many rows on the planner is told of them at once, not when Postgres comes round to it. */
export const ANALYZED_FROM = 1_000;
