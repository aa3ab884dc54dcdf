import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSandbox } from './program.js';

test.each([[['profiles', 'list']], [['token', 'p']], [['status']]])(
  '%j removes the files of interrupted saves, but not those of a running save',
  async (args) => {
    const sandbox = await openSandbox();
    await sandbox.run(['profiles', 'add', 'p', '--region', 'practice']);
    const config = join(sandbox.home, '.config', 'kaltura-ks');
    const staged = (folder: string, name: string) => join(config, folder, '.saving', name);
    const hourAgo = Date.now() / 1000 - 3600;
    for (const folder of ['profiles', 'secrets']) {
      for (const name of ['save-killed', 'save-running']) {
        mkdirSync(staged(folder, name), { recursive: true, mode: 0o700 });
        writeFileSync(join(staged(folder, name), 'profile.json'), '{ "keptKey": ');
      }
      utimesSync(staged(folder, 'save-killed'), hourAgo, hourAgo);
    }
    await sandbox.run(args);
    for (const folder of ['profiles', 'secrets']) {
      expect(existsSync(staged(folder, 'save-killed'))).toBe(false);
      expect(existsSync(staged(folder, 'save-running'))).toBe(true);
    }
  },
);
