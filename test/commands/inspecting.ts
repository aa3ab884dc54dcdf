import { PassThrough } from 'node:stream';
import { main } from '../../source/cli/main.js';
import type { Http, HttpRequest } from '../../source/kaltura/api/http.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { Profile } from '../../source/profiles/profile.js';
import type { ProfileStore } from '../../source/profiles/store.js';
import type { SecretKeeper } from '../../source/secrets/keeper.js';
import { takeSecretVariables } from '../../source/secrets/variables.js';
import { collecting, fakeRuntime } from '../fake-runtime.js';

/** The inspect command by its arguments, with streams that collect what is written. */

/** Epoch milliseconds. */
export const NOW = Date.UTC(2026, 10, 24, 16, 20);

export interface World {
  /** What a pipe brings; without it standard input is a terminal where `typed` is given, else an empty pipe. */
  readonly input?: string;
  /** What is typed, a line for each question. */
  readonly typed?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly http?: Http;
  readonly profiles?: readonly Profile[];
  /** What the places of the profiles hold. */
  readonly kept?: string;
}

export async function run(args: readonly string[], world: World = {}) {
  const isTerminal = world.typed !== undefined;
  const [stdout, stderr] = [collecting(isTerminal), collecting(isTerminal)];
  const stdin = Object.assign(new PassThrough(), { isTTY: isTerminal, setRawMode: () => stdin });
  if (isTerminal) for (const line of world.typed ?? []) stdin.write(`${line}\r`);
  else stdin.end(world.input ?? '');
  const requests: HttpRequest[] = [];
  const read: string[] = [];
  const runtime = fakeRuntime({
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: world.env ?? {},
    secretVariables: takeSecretVariables({ ...world.env }),
    now: () => NOW,
    httpWithin: () => async (request) => {
      requests.push(request);
      if (world.http === undefined) throw new Error('nobody is to be asked');
      return world.http(request);
    },
    readText: async (path) => {
      const text = world.files?.[path];
      return text === undefined
        ? { ok: false, why: 'there is no such file' }
        : { ok: true, text, isOpenToOthers: false };
    },
    openStore: async () =>
      ({
        folder: '/nowhere',
        load: async () => ({ profiles: world.profiles ?? [], troubles: [] }),
      }) as unknown as ProfileStore,
    openSecretKeeper: async () =>
      ({
        read: async (_place: unknown, name: { profile: string }) => {
          read.push(name.profile);
          return new Secret(world.kept ?? '');
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
