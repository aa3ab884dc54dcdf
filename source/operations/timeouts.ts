/** Milliseconds for one request to a server, if the user sets no other timeout. */
export const REQUEST_TIMEOUT = 30_000;
