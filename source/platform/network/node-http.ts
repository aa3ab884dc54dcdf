import type { Http } from '../../kaltura/api/http.js';
import { withOneRetry } from '../../kaltura/api/retry.js';
import { createGotHttp, type GotHttpOptions } from './got-http.js';

/** How the program asks servers: with got, and once more where the first request did not arrive. */
export const createNodeHttp = (options: GotHttpOptions): Http => withOneRetry(createGotHttp(options));
