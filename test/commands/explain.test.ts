import { describe, expect, test } from 'vitest';
import vectors from '../fixtures/ks-vectors.json' with { type: 'json' };
import { openSandbox } from './program.js';

const KEY = (vectors as unknown as { readonly vectors?: readonly { readonly ks: string }[] }).vectors?.[0]?.ks ?? '';
const SECRET = '0123456789abcdef0123456789abcdef';

describe('kaltura-ks explain', () => {
  test('explains a code: meaning, causes, fix, and the check', async () => {
    const sandbox = await openSandbox();
    const { stdout, stderr, code } = await sandbox.run(['explain', 'CATEGORY_NOT_FOUND']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^CATEGORY_NOT_FOUND\n\nThe category does not exist, or the key can’t see it\.\n/);
    expect(stdout).toMatch(/Likely causes:\n {2}· Entitlement hides it/);
    expect(stdout).toMatch(
      /Fix: Check the ID first: that’s quickest\. If it’s correct, use a key with disableentitlement/,
    );
    expect(stdout).toContain('kaltura-ks check <profile> --category <ID> --look-behind');
  });

  test('accepts an unquoted message of several words', async () => {
    const sandbox = await openSandbox();
    expect((await sandbox.run(['explain', 'Category', 'id', '"8"', 'not', 'found'])).stdout).toContain('--category 8 ');
  });

  test('explains each error of an answer on standard input', async () => {
    const sandbox = await openSandbox();
    const input = '[{"code":"INVALID_KS","message":"","args":{"KSID":"EXPIRED"}},{"code":"SERVICE_FORBIDDEN"}]';
    const { stdout } = await sandbox.run(['explain'], { input });
    expect(stdout).toMatch(/^INVALID_KS \(EXPIRED\)\n\nThe key has expired\./);
    expect(stdout).toMatch(/\nSERVICE_FORBIDDEN\n/);
  });

  test('reads standard input for -, as inspect does', async () => {
    const sandbox = await openSandbox();
    const { stdout } = await sandbox.run(['explain', '-'], { input: 'SERVICE_FORBIDDEN' });
    expect(stdout).toMatch(/^SERVICE_FORBIDDEN\n/);
    expect((await sandbox.run(['inspect', '-'], { input: KEY })).stdout).toContain('Partner    102');
  });

  test('prints JSON', async () => {
    const sandbox = await openSandbox();
    const { stdout, code } = await sandbox.run(['explain', '--json', 'CATEGRY_NOT_FOUND']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      errors: [{ code: 'CATEGRY_NOT_FOUND', reason: null, known: false, similar: ['CATEGORY_NOT_FOUND'], checks: [] }],
    });
  });

  test('suggests similar codes', async () => {
    const sandbox = await openSandbox();
    const { stdout, code } = await sandbox.run(['explain', 'CATEGRY_NOT_FOUND']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/does not know this code\. Did you mean CATEGORY_NOT_FOUND\?/);
  });

  test('prints no key and no secret of the text', async () => {
    const sandbox = await openSandbox();
    const input = `curl -d ks=${KEY} -d secret=${SECRET}\n{"code":"INVALID_KS","message":"Invalid KS \\"${KEY}\\", Error \\"-1,INVALID_STR\\""}`;
    for (const flags of [[], ['--json']]) {
      const { stdout, stderr, code } = await sandbox.run(['explain', ...flags], { input });
      expect(code).toBe(0);
      expect(stdout + stderr).not.toContain(KEY.slice(0, 12));
      expect(stdout + stderr).not.toContain(SECRET);
      expect(stdout).toContain('can’t read the key');
      expect(stderr).toMatch(/also contains a session key/);
    }
  });

  test.each([
    [KEY, /session key, not an error\. .*kaltura-ks inspect/],
    [SECRET, /^kaltura-ks: This looks like a secret, not an error\.\nDon’t paste it/],
    ['<!DOCTYPE html><html>', /web page/],
    ['hello', /no Kaltura error code/],
    ['', /no text/],
  ])('says what kind of text it got instead of an error (%#)', async (input, reason) => {
    const sandbox = await openSandbox();
    const { stdout, stderr, code } = await sandbox.run(['explain'], { input });
    expect([stdout, code]).toEqual(['', 1]);
    expect(stderr).toMatch(reason);
  });
});

test('inspect suggests explain for an error', async () => {
  const sandbox = await openSandbox();
  const { stderr } = await sandbox.run(['inspect'], { input: '{"code":"CATEGORY_NOT_FOUND"}' });
  expect(stderr).toContain('CATEGORY_NOT_FOUND is an error, not a session key. Use kaltura-ks explain.');
});

test('explain suggests the correct code for a mistyped one', async () => {
  const sandbox = await openSandbox();
  const { stdout } = await sandbox.run(['explain', 'CATEGRY_NOT_FOND']);
  expect(stdout).toContain('Fix: Explain the code that you meant:\n  kaltura-ks explain CATEGORY_NOT_FOUND\n');
});

test('explain says what <profile> stands for', async () => {
  const sandbox = await openSandbox();
  const { stdout } = await sandbox.run(['explain', 'CATEGORY_NOT_FOUND']);
  expect(stdout).toContain('<profile> is the name of a saved profile.');
});
