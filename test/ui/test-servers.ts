import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { callApi } from '../../source/kaltura/api/client.js';
import type { ParsedKs } from '../../source/kaltura/ks/fields.js';
import { openKs } from '../../source/kaltura/ks/open.js';
import { signKsV2 } from '../../source/kaltura/ks/v2.js';
import { Secret } from '../../source/kaltura/secret.js';
import { createGotHttp } from '../../source/platform/network/got-http.js';
import { createProfileStore } from '../../source/platform/profiles/profile-store.js';
import { startPracticeServerOn } from '../../source/practice/open-practice.js';
import { PRACTICE_CREDENTIALS } from '../../source/practice/practice-account.js';
import { startPracticeServer } from '../../source/practice/practice-server.js';
import { createPracticeData } from '../../source/practice/practice-world.js';
import type { PracticeData } from '../../source/practice/world.js';
import type { Profile } from '../../source/profiles/profile.js';

export const openKey = (ks: string): ParsedKs => openKs(ks, [new Secret(PRACTICE_CREDENTIALS.adminSecret)]);

export const secondsNow = () => Math.floor(Date.now() / 1000);

/** Expects that a key created between `since` and now has this lifetime. */
export function expectLifetime({ expiresAt }: ParsedKs, seconds: number, since: number): void {
  expect(expiresAt - seconds).toBeGreaterThanOrEqual(since);
  expect(expiresAt - seconds).toBeLessThanOrEqual(secondsNow());
}

export type TestServer = {
  readonly url: string;
  /** Calls an action with this key, and returns the answer. */
  call(action: string, ks: string): Promise<unknown>;
};

/** Starts a practice server for one test, separate from the server that the wizards share. */
export async function openServer(
  now: () => number = Date.now,
  data: PracticeData = createPracticeData(),
): Promise<TestServer> {
  const server = await startPracticeServer({ now, randomBytes, port: 0, data });
  onTestFinished(() => server.close());
  const http = createGotHttp({ timeout: 30_000, userAgent: 'kaltura-ks-test' });
  return { url: server.url, call: (action, ks) => callApi(http, server.url, action, { ks: new Secret(ks) }) };
}

/** An account that is not on the practice server, so the program has no secret for its keys. */
export const OTHER_ACCOUNT = {
  partnerId: 2345678,
  adminSecret: 'feed0123feed0123feed0123feed9876',
  userSecret: '0123feed0123feed0123feed0123beef',
} as const;

/** Starts a server with that account. */
export function openOtherAccount(): Promise<TestServer> {
  const data = createPracticeData([PRACTICE_CREDENTIALS.partnerId]);
  const secrets = {
    adminSecret: new Secret(OTHER_ACCOUNT.adminSecret),
    userSecret: new Secret(OTHER_ACCOUNT.userSecret),
  };
  const accounts = data.accounts.map((account) => ({ ...account, ...secrets, partnerId: OTHER_ACCOUNT.partnerId }));
  return openServer(Date.now, { ...data, accounts });
}

/** Signs a version 2 key that is valid for an hour, ADMIN by default. */
export const signKey = (partnerId: number, adminSecret: string, privileges = '', type: 0 | 2 = 2): string => {
  const fields = { partnerId, type, userId: 'someone', privileges, expiresAt: secondsNow() + 3600 };
  return signKsV2(fields, new Secret(adminSecret), randomBytes(16));
};

/** The length of the pieces of a secret to search for. */
const PIECE = 12;

/** Returns where a secret or a piece of it is found: in the whole terminal output, or in files around the program's HOME. */
export function tracesOf({ raw, home }: { readonly raw: string; readonly home: string }, secret: string): string[] {
  const pieces = Array.from({ length: secret.length - PIECE + 1 }, (_, at) => secret.slice(at, at + PIECE));
  const files = readdirSync(dirname(home), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  const places = [['the terminal', raw], ...paths.map((path) => [path, readFileSync(path, 'utf8')])] as const;
  return places.filter(([, text]) => pieces.some((piece) => text.includes(piece))).map(([place]) => place);
}

/** A request that a server received. */
export type Call = {
  readonly action: string;
  readonly form: Readonly<Record<string, string>>;
  readonly body: string;
  /** The path and the headers as one text. */
  readonly head: string;
};
export type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Starts a server on this computer that records its requests. It never answers if `answer` returns null. */
export async function openLoopback(answer: (call: Call) => Promise<Answer | null> | Answer | null) {
  const calls: Call[] = [];
  let onDisconnect = () => {};
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const action = (request.url ?? '').replace(/^.*\/service\/(\w+)\/action\/(\w+).*$/, '$1.$2');
    const head = `${request.url}\n${request.rawHeaders.join('\n')}`;
    const call: Call = { action, body, head, form: Object.fromEntries(new URLSearchParams(body)) };
    calls.push(call);
    response.on('close', () => response.writableFinished || onDisconnect());
    const reply = await answer(call);
    if (reply === null) return;
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    response.end(reply.body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    /** Sets the listener for clients that disconnect before they get an answer. */
    onDisconnect: (listener: () => void) => {
      onDisconnect = listener;
    },
  };
}

export const apiError = (code: string, message: string, args: Readonly<Record<string, string>> = {}): Answer => ({
  body: JSON.stringify({ objectType: 'KalturaAPIException', code, message, args }),
});

/** A secret and an entry ID for which the server below never answers. */
export const UNANSWERED_SECRET = 'e'.repeat(32);
const UNANSWERED_ENTRY = '0_endless0';

/** Starts a practice server that records its requests, separate from the server that the wizards share. */
export async function openPracticeServer() {
  const server = await startPracticeServerOn({ now: Date.now, randomBytes }, 0);
  onTestFinished(() => server.close());
  return openLoopback(async ({ action, body, form }) => {
    if (form['secret'] === UNANSWERED_SECRET || form['entryId'] === UNANSWERED_ENTRY) return null;
    const url = `${server.url}/api_v3/service/${action.replace('.', '/action/')}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(url, { method: 'POST', body, headers });
    return { status: response.status, body: await response.text() };
  });
}

/** A saved key. Only its beginning and its alphabet are valid. */
export const SAVED_KS = Buffer.from(`v2|1234567|${'as good as any other '.repeat(7)}`).toString('base64url');

/** Saves these profiles in a new config folder, and returns the folder. */
export async function saveProfiles(...profiles: readonly Profile[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kaltura-ks-profiles-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = createProfileStore({ configFolder: join(folder, 'kaltura-ks'), now: Date.now });
  for (const profile of profiles) await store.save(profile);
  return folder;
}
