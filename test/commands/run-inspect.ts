import { PassThrough } from 'node:stream';
import { main } from '../../source/cli/main.js';
import type { Http, HttpRequest } from '../../source/kaltura/api/http.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { Profile } from '../../source/profiles/profile.js';
import type { ProfileStore } from '../../source/profiles/store.js';
import type { SecretKeeper } from '../../source/secrets/keeper.js';
import { takeSecretVariables } from '../../source/secrets/variables.js';
import { collecting, fakeRuntime } from '../fake-runtime.js';

/** The current time of the runs, in epoch milliseconds. */
export const NOW = Date.UTC(2026, 10, 24, 16, 20);

export interface Setup {
  /** The text in the pipe on standard input. The default is a terminal if `typed` is given, else an empty pipe. */
  readonly input?: string;
  /** The lines that are typed, one for each question. */
  readonly typed?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly http?: Http;
  readonly profiles?: readonly Profile[];
  /** The secret that every secret source returns. */
  readonly storedSecret?: string;
}

/** Runs the inspect command with streams that collect what is written. */
export async function run(args: readonly string[], setup: Setup = {}) {
  const isTerminal = setup.typed !== undefined;
  const [stdout, stderr] = [collecting(isTerminal), collecting(isTerminal)];
  const stdin = Object.assign(new PassThrough(), { isTTY: isTerminal, setRawMode: () => stdin });
  if (isTerminal) for (const line of setup.typed ?? []) stdin.write(`${line}\r`);
  else stdin.end(setup.input ?? '');
  const requests: HttpRequest[] = [];
  const read: string[] = [];
  const runtime = fakeRuntime({
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: setup.env ?? {},
    secretVariables: takeSecretVariables({ ...setup.env }),
    now: () => NOW,
    httpWithin: () => async (request) => {
      requests.push(request);
      if (setup.http === undefined) throw new Error('no request is expected');
      return setup.http(request);
    },
    readText: async (path) => {
      const text = setup.files?.[path];
      return text === undefined
        ? { ok: false, why: 'there is no such file' }
        : { ok: true, text, isOpenToOthers: false };
    },
    openStore: async () =>
      ({
        folder: '/nowhere',
        load: async () => ({ profiles: setup.profiles ?? [], troubles: [] }),
      }) as unknown as ProfileStore,
    openSecretKeeper: async () =>
      ({
        read: async (_source: unknown, name: { profile: string }) => {
          read.push(name.profile);
          return new Secret(setup.storedSecret ?? '');
        },
      }) as unknown as SecretKeeper,
    onSignal: () => () => {},
    guardTerminal: () => () => {},
    suspend: () => {},
    leave: () => {},
  });
  const code = await main(['inspect', ...args], runtime, '1.2.3');
  return { code, out: stdout.text(), err: stderr.text(), requests, read };
}
