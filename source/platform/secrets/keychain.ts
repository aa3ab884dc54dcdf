import type { spawn } from 'node:child_process';
import { Secret } from '../../kaltura/secret.js';
import type { Keychain } from '../../secrets/keeper.js';
import {
  absentFromKeychain,
  isTooLongForKeychain,
  type KeychainTrouble,
  keychainError,
  tooLongForKeychain,
} from '../../secrets/keychain-errors.js';
import { KEYCHAIN_SERVICE, keychainAccount, type SecretName } from '../../secrets/source.js';
import type { SecretSourceError } from '../../secrets/source-error.js';
import { type KeychainAnswer, type KeychainOrder, keychainCall } from './keychain-call.js';
import { childEnvironment, runProcess } from './run-process.js';

export interface KeychainDeps {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly spawn: typeof spawn;
  /** The path of the node executable. */
  readonly node: string;
  /** The file from which the optional package is resolved. */
  readonly keyringFrom: string;
  randomBytes(size: number): Buffer;
  /** Milliseconds for one request. */
  readonly limit: number;
  /** Called after `limit` if the keychain has not responded; it then has `longLimit` in all. Without it, `limit` is final. */
  readonly onWaiting: (() => void) | null;
  readonly longLimit: number;
  /** Aborts at the program's exit, even if the keychain is still waiting. */
  readonly leaving: AbortSignal | undefined;
}

/** Signals of a process that crashed. Any other signal was sent to it, as Ctrl-C is to all programs of a terminal. */
const CRASHES = new Set<NodeJS.Signals | null>([
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGSEGV',
  'SIGSYS',
  'SIGTRAP',
]);

/** Keeps SIGUSR1 from opening a debugger in that process, and closes one that was opened while Node was starting: see scripts/build.js. */
const NO_DEBUGGER =
  "process.on('SIGUSR1',()=>{});const close=process._debugEnd??(()=>{});close();setImmediate(close);for(const ms of [20,100,500])setTimeout(close,ms).unref();";

type Action = KeychainOrder['action'];

interface KeychainRequest {
  readonly value?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Accesses the system's keychain through an optional package, which is loaded only in a separate process. */
export function createKeychain(deps: KeychainDeps): Keychain {
  const situation = {
    platform: deps.platform,
    isOverSsh: Boolean(deps.env['SSH_CONNECTION']),
    isWsl: Boolean(deps.env['WSL_DISTRO_NAME'] || deps.env['WSL_INTEROP']),
  };

  const fail = (trouble: KeychainTrouble): SecretSourceError => keychainError(trouble, situation);

  async function order(
    action: Action,
    account: string,
    { value = '', signal }: KeychainRequest = {},
  ): Promise<Exclude<KeychainAnswer, { kind: 'trouble' }>> {
    const asked: KeychainOrder = { from: deps.keyringFrom, service: KEYCHAIN_SERVICE, account, action, value };
    const outcome = await runProcess({
      command: deps.node,
      args: ['-e', `${NO_DEBUGGER}(${keychainCall})()`],
      usesShell: false,
      env: childEnvironment(deps.env),
      input: JSON.stringify(asked),
      limit: deps.onWaiting === null ? deps.limit : deps.longLimit,
      ...(deps.onWaiting === null ? {} : { onSlow: { after: deps.limit, call: deps.onWaiting } }),
      signal,
      leaving: deps.leaving,
      spawn: deps.spawn,
    });
    if (outcome.kind === 'timed-out') throw fail({ stage: 'wait', limit: outcome.limit });
    const answer = outcome.kind === 'ended' ? answerIn(outcome.stdout) : null;
    const isStopped = outcome.kind === 'ended' && outcome.signal !== null && !CRASHES.has(outcome.signal);
    if (outcome.kind === 'cancelled' || (answer === null && isStopped)) throw fail({ stage: 'stop' });
    // The package crashed its process, or is missing.
    if (answer === null) throw fail({ stage: 'load' });
    if (answer.kind === 'trouble') throw fail(answer);
    return answer;
  }

  async function done(action: Action, account: string, request?: KeychainRequest): Promise<boolean> {
    const answer = await order(action, account, request);
    return answer.kind === 'done' && answer.was;
  }

  const has = (of: SecretName): Promise<boolean> => done('has', keychainAccount(of));

  async function read(of: SecretName, signal?: AbortSignal): Promise<Secret> {
    const account = keychainAccount(of);
    const answer = await order('read', account, { signal });
    if (answer.kind !== 'value' || answer.value === null || answer.value === '') {
      throw absentFromKeychain(account, deps.platform);
    }
    return new Secret(answer.value);
  }

  async function write(of: SecretName, secret: Secret): Promise<void> {
    if (isTooLongForKeychain(secret, deps.platform)) throw tooLongForKeychain();
    await done('write', keychainAccount(of), { value: secret.reveal() });
  }

  return {
    /** Writes a random entry, reads it and removes it. */
    async check(signal) {
      const random = () => deps.randomBytes(16).toString('hex');
      await done('try', `check:${random()}`, { value: random(), signal });
    },
    read: (of, _ask, signal) => read(of, signal),
    has,
    write,
    remove: (of) => done('remove', keychainAccount(of)),
    async copy(from, to) {
      if (!(await has(from))) return false;
      await write(to, await read(from));
      return true;
    },
    async list() {
      const answer = await order('list', '');
      return answer.kind === 'accounts' ? answer.accounts.filter((account) => /^(secret|key|id):/.test(account)) : [];
    },
  };
}

/** Parses the response; null if it is incomplete. */
function answerIn(stdout: Buffer): KeychainAnswer | null {
  try {
    return JSON.parse(stdout.toString('utf8')) as KeychainAnswer;
  } catch {
    return null;
  } finally {
    stdout.fill(0);
  }
}
