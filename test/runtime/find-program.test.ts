import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findProgram, systemShell, withAbsolutePath } from '../../source/platform/find-program.js';
import { tempFolder } from '../platform/secrets/temp-keeper.js';

describe('a program on Windows', () => {
  const FILES = new Set(['C:\\Tools\\git.exe', 'C:\\Tools\\op.com', 'D:\\Other\\git.exe', 'C:\\Tools\\run.cmd']);
  const find = (name: string, env: Record<string, string>, mayBeRelative = false) =>
    findProgram(name, env, { platform: 'win32', isProgram: (path) => FILES.has(path), mayBeRelative });

  test.each([
    ['git', { Path: 'C:\\Tools;D:\\Other' }, 'C:\\Tools\\git.exe'],
    ['git', { PATH: 'D:\\Other;C:\\Tools' }, 'D:\\Other\\git.exe'],
    ['git.exe', { path: '"C:\\Tools"' }, 'C:\\Tools\\git.exe'],
    ['op', { Path: 'C:\\Tools\\' }, 'C:\\Tools\\op.com'],
    // A script is not found, because it needs a shell.
    ['run', { Path: 'C:\\Tools' }, null],
    // All of these paths are relative to the current folder or drive.
    ['git', { Path: '.;;Tools;\\Tools;C:Tools;..\\Tools' }, null],
    ['git', {}, null],
    ['.\\git', { Path: 'C:\\Tools' }, null],
    ['sub/git', { Path: 'C:\\Tools' }, null],
    ['C:git', { Path: 'C:\\Tools' }, null],
    ['', { Path: 'C:\\Tools' }, null],
    ['C:\\Other\\op.exe', {}, 'C:\\Other\\op.exe'],
    ['\\\\server\\share\\op.exe', {}, '\\\\server\\share\\op.exe'],
  ])('%j with %j is found at %j', (name, env, path) => {
    expect(find(name, env)).toBe(path);
  });

  test('may have a relative path if the user typed it', () => {
    expect(find('.\\build.exe', {}, true)).toBe('.\\build.exe');
    expect(find('build', {}, true)).toBeNull();
  });

  test('gets an environment in which it does not search the current folder', () => {
    const env = withAbsolutePath({ Path: '.;C:\\Tools;', HOME: 'x' }, 'win32');
    expect(env).toEqual({ Path: 'C:\\Tools', HOME: 'x', NoDefaultCurrentDirectoryInExePath: '1' });
  });

  test.each([
    [{ ComSpec: 'D:\\Windows\\System32\\cmd.exe' }, 'D:\\Windows\\System32\\cmd.exe'],
    [{ ComSpec: 'cmd.exe', SystemRoot: 'D:\\Windows' }, 'D:\\Windows\\System32\\cmd.exe'],
    [{}, 'C:\\Windows\\System32\\cmd.exe'],
  ])('with the environment %j has the shell %j', (env, shell) => {
    expect(systemShell(env, 'win32')).toBe(shell);
  });
});

describe.skipIf(process.platform === 'win32')('a program on other systems', () => {
  function folderWith(name: string): string {
    const folder = tempFolder();
    writeFileSync(join(folder, name), '#!/bin/sh\n');
    chmodSync(join(folder, name), 0o755);
    return folder;
  }

  test('is found in the first folder that has it as an executable file', () => {
    const [first, second] = [folderWith('op'), folderWith('op')];
    expect(findProgram('op', { PATH: `${first}:${second}` })).toBe(join(first, 'op'));
    chmodSync(join(first, 'op'), 0o644);
    expect(findProgram('op', { PATH: `${first}:${second}` })).toBe(join(second, 'op'));
    mkdirSync(join(second, 'folder'), { mode: 0o755 });
    expect(findProgram('folder', { PATH: second })).toBeNull();
  });

  test.each(['', '.', ':', '..:sub', ':.:', 'sub/..'])('with PATH=%j is not searched in the current folder', (path) => {
    // A Vitest worker can't change its current folder, so this test accepts any relative path as a program.
    expect(findProgram('package.json', { PATH: path }, { isProgram: () => true })).toBeNull();
    expect(withAbsolutePath({ PATH: path })['PATH']).toBe('');
  });

  test('may have a relative path only if the user typed it', () => {
    expect(findProgram('bin/op', { PATH: '/bin' })).toBeNull();
    expect(findProgram('bin/op', { PATH: '/bin' }, { mayBeRelative: true })).toBe('bin/op');
  });

  test('is searched in the folders of the system if PATH is not set', () => {
    expect(findProgram('sh', {})).toMatch(/^\/(usr\/)?bin\/sh$/);
  });
});
