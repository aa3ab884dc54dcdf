import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openEnvFiles } from '../../source/platform/env-files/env-files.js';
import { type EnvAccount, envAccountIn } from '../../source/profiles/env-account.js';
import { decodeText } from '../../source/terminal/decode-text.js';

const SECRET = 'feed0123feed0123feed0123feed9876';
const TEXT = `# mine\r\nKALTURA_PARTNER_ID=2345678\r\nexport KALTURA_ADMIN_SECRET="${SECRET}" # secret\r\nA=1`;
const TEXT_WITHOUT_SECRET = '# mine\r\nKALTURA_PARTNER_ID=2345678\r\nA=1';

const files = openEnvFiles({});
const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';

function tempFile(content: string | Buffer = TEXT, mode = 0o600): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'remove-secret-')));
  onTestFinished(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, '.env');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

function accountIn(path: string): EnvAccount {
  const account = envAccountIn(decodeText(readFileSync(path)), path);
  if (account === null) throw new Error('no account');
  return account;
}

test('removes the line, keeps all other bytes and the mode, and leaves no other file', async () => {
  const path = tempFile();
  const result = await files.removeSecret(accountIn(path));
  expect(result).toEqual({ ok: true, removal: { removed: 1, isStillThere: false, hasOthers: false } });
  expect(readFileSync(path, 'utf8')).toBe(TEXT_WITHOUT_SECRET);
  if (!isWindows) expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  expect(readdirSync(join(path, '..'))).toEqual(['.env']);
});

test.each([
  ['a byte order mark', Buffer.from(`\uFEFF${TEXT}`), Buffer.from(`\uFEFF${TEXT_WITHOUT_SECRET}`)],
  [
    'bytes that are not UTF-8',
    Buffer.from(`N=\xfc\n${TEXT}`, 'latin1'),
    Buffer.from(`N=\xfc\n${TEXT_WITHOUT_SECRET}`, 'latin1'),
  ],
])('keeps %s', async (_, before, after) => {
  const path = tempFile(before);
  expect(await files.removeSecret(accountIn(path))).toMatchObject({ ok: true });
  expect(readFileSync(path).equals(after)).toBe(true);
});

test('accepts the key that was written in the meantime, and no other change', async () => {
  const path = tempFile(`${TEXT}\r\n`);
  const account = accountIn(path);
  writeFileSync(path, `${TEXT}\r\nKALTURA_KS=key\r\n`);
  expect(await files.removeSecret(account)).toMatchObject({ ok: true });
  expect(readFileSync(path, 'utf8')).toBe(`${TEXT_WITHOUT_SECRET}\r\nKALTURA_KS=key\r\n`);

  const changed = tempFile();
  const before = accountIn(changed);
  writeFileSync(changed, `${TEXT}\n# more\n`);
  expect(await files.removeSecret(before)).toEqual({ ok: false, why: 'it has changed since kaltura-ks read it' });
  expect(readFileSync(changed, 'utf8')).toBe(`${TEXT}\n# more\n`);
});

test('creates no file in place of a deleted one', async () => {
  const path = tempFile();
  const account = accountIn(path);
  rmSync(path);
  expect(await files.removeSecret(account)).toMatchObject({ ok: false });
  expect(existsSync(path)).toBe(false);
});

test('refuses UTF-16, which the readers of .env files do not understand', async () => {
  const path = tempFile(Buffer.from(`\uFEFF${TEXT}`, 'utf16le'));
  expect(await files.removeSecret(accountIn(path))).toEqual({ ok: false, why: 'it is not a text file' });
});

test.skipIf(isWindows || isRoot)('keeps a file that can’t be written', async () => {
  const path = tempFile(TEXT, 0o400);
  expect(await files.removeSecret(accountIn(path))).toEqual({ ok: false, why: 'it is write-protected' });
  chmodSync(path, 0o600);
  chmodSync(join(path, '..'), 0o500);
  expect(await files.removeSecret(accountIn(path))).toMatchObject({ ok: false });
  chmodSync(join(path, '..'), 0o700);
  expect(readFileSync(path, 'utf8')).toBe(TEXT);
});

test.skipIf(isWindows)('follows a link inside its folder, but not a link out of it', async () => {
  const path = tempFile();
  const folder = join(path, '..');
  const [inside, project] = [join(folder, 'link.env'), join(folder, 'project')];
  symlinkSync('.env', inside);
  mkdirSync(project);
  symlinkSync('../.env', join(project, '.env'));
  expect(await files.removeSecret(accountIn(join(project, '.env')))).toMatchObject({ ok: false });
  expect(readFileSync(path, 'utf8')).toBe(TEXT);
  expect(await files.removeSecret(accountIn(inside))).toMatchObject({ ok: true });
  expect(readlinkSync(inside)).toBe('.env');
  expect(readFileSync(path, 'utf8')).toBe(TEXT_WITHOUT_SECRET);
});
