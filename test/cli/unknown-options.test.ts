import { expect, test } from 'vitest';
import { openSandbox } from '../commands/program.js';

test('an error for an option of another command names the right option, or the commands that have it', async () => {
  const sandbox = await openSandbox();
  const edit = await sandbox.run(['profiles', 'edit', 'demo', '--lifetime', '2h']);
  expect(edit.stderr).toContain('Did you mean --expiry?');
  const create = await sandbox.run(['app-tokens', 'create', '--recipe', 'upload']);
  expect(create.stderr).toContain('It is an option of token, exec');
  expect(create.stderr).not.toContain('--region');
  expect((await sandbox.run(['app-tokens', 'list', 'demo'])).stderr).toContain('Name the profile with --profile.');
});

test('the error for a missing account lists the saved profiles', async () => {
  const sandbox = await openSandbox();
  await sandbox.run(['profiles', 'add', 'Demo Two', '--region', 'practice']);
  const { code, stderr } = await sandbox.run(['token', '--no-input']);
  expect(code).toBe(2);
  expect(stderr).toContain('Or name a saved profile as the first argument: “Demo Two”.');
});

test('practice fills in only the value of its own app token', async () => {
  const sandbox = await openSandbox();
  const add = ['profiles', 'add', 'second', '--region', 'practice', '--method', 'app-token', '--app-token-id'];
  expect((await sandbox.run([...add, '0_u8wsje6k'])).stderr).toContain('secret: asked for each time');
});

test.each(['change', 'update'])(
  'the error names the unknown command “profiles %s” and not the option',
  async (word) => {
    const sandbox = await openSandbox();
    const { code, stderr } = await sandbox.run(['profiles', word, 'demo', '--expiry', '2h']);
    expect(code).toBe(2);
    expect(stderr).toContain(`Unknown command “${word}”. Did you mean edit?`);
    expect((await sandbox.run(['profiles', '--expiry', '2h'])).stderr).toContain('Unknown option --expiry');
  },
);
