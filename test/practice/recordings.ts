import type { PracticeRequest } from '../../source/practice/parameters.js';
import accountsAndTokens from '../fixtures/accounts-and-tokens.json' with { type: 'json' };
import entitlement from '../fixtures/entitlement.json' with { type: 'json' };
import recordings from '../fixtures/recordings.json' with { type: 'json' };

/** One exchange with the real server. */
export interface Recording {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly response: {
    readonly status: number;
    readonly date: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly serverPath: string;
}

/** All recordings in the order of the run. Those of the entitlement file took the full path (`serverPath`). */
export const RECORDINGS: readonly Recording[] = [
  ...(recordings as unknown as Recording[]),
  ...(entitlement as unknown as Omit<Recording, 'serverPath'>[]).map((one) => ({ ...one, serverPath: 'FULL' })),
  ...(accountsAndTokens as unknown as Recording[]),
];

export const requestOf = ({ request }: Recording): PracticeRequest => ({
  method: request.method,
  path: request.path,
  contentType: request.headers['Content-Type'] ?? '',
  body: request.body,
  remoteAddress: '127.0.0.1',
});
