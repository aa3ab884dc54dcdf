import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gitStatus } from '../../source/platform/env-files/git-status.js';
import { tempFolder } from '../platform/secrets/temp-keeper.js';

const hasGit = spawnSync('git', ['--version']).status === 0;

/** Creates a repository with a script that writes a file, and an empty home. `hasRun` tells whether the script ran. */
function hostileRepository() {
  const folder = join(tempFolder(), 'repository');
  const ran = join(folder, '..', 'ran');
  const script = join(folder, 'evil.sh');
  mkdirSync(join(folder, 'sub'), { recursive: true });
  writeFileSync(script, `#!/bin/sh\necho "$0" >>'${ran}'\nexit 1\n`);
  chmodSync(script, 0o755);
  const env: NodeJS.ProcessEnv = { PATH: process.env['PATH'], HOME: tempFolder() };
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .toString()
      .trim();
  git('init', '-q');
  writeFileSync(join(folder, 'a.txt'), 'a');
  writeFileSync(join(folder, 'sub', 'b.txt'), 'b');
  return { folder, script, env, git, hasRun: () => existsSync(ran) };
}

describe.skipIf(!hasGit)('gitStatus in a hostile repository (skipped if git is not installed)', () => {
  function withMissingTree() {
    const repository = hostileRepository();
    const { folder, script, git } = repository;
    git('add', 'a.txt', 'sub');
    git('commit', '-qm', 'x');
    git('sparse-checkout', 'init', '--cone', '--sparse-index');
    const tree = git('rev-parse', 'HEAD:sub');
    git('config', 'core.repositoryFormatVersion', '1');
    git('config', 'extensions.partialClone', 'origin');
    git('config', 'remote.origin.url', 'ssh://evil.invalid/x');
    git('config', 'remote.origin.promisor', 'true');
    git('config', 'core.sshCommand', script);
    rmSync(join(folder, '.git', 'objects', tree.slice(0, 2), tree.slice(2)));
    return repository;
  }

  test('does not run core.sshCommand if a tree is missing', async () => {
    const { folder, env, hasRun } = withMissingTree();
    await gitStatus(join(folder, '.env'), env);
    expect(hasRun()).toBe(false);
  });

  test('differs from plain git, which runs core.sshCommand in the same repository', () => {
    const { folder, env, hasRun } = withMissingTree();
    spawnSync('git', ['-C', folder, 'ls-files', '--error-unmatch', '--', '.env'], { env });
    expect(hasRun()).toBe(true);
  });

  test('runs no hook, filter, pager or fsmonitor program', async () => {
    const { folder, script, env, git, hasRun } = hostileRepository();
    const hooks = join(folder, 'hooks');
    mkdirSync(hooks);
    for (const hook of ['post-index-change', 'fsmonitor-watchman', 'post-checkout']) {
      writeFileSync(join(hooks, hook), `#!/bin/sh\nexec '${script}'\n`);
      chmodSync(join(hooks, hook), 0o755);
    }
    writeFileSync(join(folder, '.gitattributes'), '* filter=evil diff=evil\n');
    git('add', 'a.txt');
    for (const [name, value] of [
      ['core.fsmonitor', script],
      ['core.hooksPath', hooks],
      ['core.pager', script],
      ['pager.ls-files', 'true'],
      ['core.askPass', script],
      ['filter.evil.process', script],
      ['filter.evil.clean', script],
      ['alias.ls-files', `!${script}`],
      ['alias.check-ignore', `!${script}`],
    ] as const) {
      git('config', name, value);
    }
    expect(await gitStatus(join(folder, '.env'), env)).toBe('would-be-committed');
    expect(await gitStatus(join(folder, 'a.txt'), env)).toBe('tracked');
    expect(hasRun()).toBe(false);
  });

  test('removes variables that select a repository or have a secret', async () => {
    const { folder, env } = hostileRepository();
    const [binFolder, log] = [tempFolder(), join(tempFolder(), 'log')];
    const wrapper = join(binFolder, 'git');
    writeFileSync(wrapper, `#!/bin/sh\n/usr/bin/env >>'${log}'\nPATH=/usr/bin:/bin exec /usr/bin/env git "$@"\n`);
    chmodSync(wrapper, 0o755);
    const planted = { GIT_DIR: '/nowhere', GIT_CONFIG_COUNT: '1', GIT_SSH_COMMAND: 'evil', ACME_SECRET: 'planted' };
    const status = await gitStatus(join(folder, '.env'), { ...env, ...planted, PATH: `.::${binFolder}` });
    expect(status).toBe('would-be-committed');
    const names = execFileSync('cat', [log]).toString();
    expect(names).toContain('GIT_NO_LAZY_FETCH=1');
    expect(names).toContain('GIT_ALLOW_PROTOCOL=none');
    expect(names).not.toMatch(/GIT_DIR|GIT_CONFIG_COUNT|GIT_SSH|ACME_SECRET|KALTURA/);
  });
});
