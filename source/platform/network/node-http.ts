import type { Http } from '../../kaltura/api/http.js';
import { withOneRetry } from '../../kaltura/api/retry.js';
import { createGotHttp, type GotHttpOptions } from './got-http.js';

/** Creates the HTTP client: got, with one retry if the first request did not reach the server. */
export const createNodeHttp = (options: GotHttpOptions): Http => withOneRetry(createGotHttp(options));
