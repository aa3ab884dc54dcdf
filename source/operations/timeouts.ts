/** Milliseconds for one request to a server, if the user sets no other timeout. */
export const REQUEST_TIMEOUT = 30_000;

/** The same for a request that only checks whether a server can be reached, in `status`. */
export const STATUS_TIMEOUT = 5_000;

/** Milliseconds for a request that the user waits for but that is not needed: comparing clocks, ending a temporary key. */
export const OPTIONAL_REQUEST_TIMEOUT = 2_000;
