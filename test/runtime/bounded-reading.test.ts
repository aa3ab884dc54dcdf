import { spawnSync } from 'node:child_process';
import { chownSync, createWriteStream, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEnvFiles } from '../../source/platform/env-files/env-files.js';
import { peekPrivateFile, readPrivateFile } from '../../source/platform/files/private-file.js';
import { checkPrivateFolder, makePrivateFolder } from '../../source/platform/files/private-folder.js';
import { readText } from '../../source/platform/files/read-text.js';
import { openSavedFiles } from '../../source/platform/files/saved-files.js';
import { profileNames } from '../../source/platform/profiles/names.js';
import { tempFolder, tempStore } from '../platform/profiles/temp-store.js';
import { sampleProfile } from '../profiles/sample-profile.js';

const hasFifos = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;

function fifoIn(folder: string, name: string): string {
  const path = join(folder, name);
  spawnSync('/bin/sh', ['-c', 'mkfifo "$0"', path]);
  return path;
}

test.runIf(hasFifos)('completion ignores FIFOs, links, folders and files that are too large', async () => {
  const { store, configFolder } = tempStore();
  await store.save(sampleProfile({ name: 'Good' }));
  fifoIn(store.folder, 'fifo.json');
  symlinkSync(store.fileOf('Good'), join(store.folder, 'link.json'));
  mkdirSync(join(store.folder, 'folder.json'));
  writeFileSync(join(store.folder, 'large.json'), JSON.stringify({ name: 'Large', filler: 'x'.repeat(2 ** 20) }));
  expect(profileNames(configFolder)).toEqual(['Good']);
});

test.runIf(hasFifos)('no reader of stored files waits for a FIFO', async () => {
  const fifo = fifoIn(tempFolder(), 'fifo');
  expect(readPrivateFile(fifo)).toEqual({ kind: 'refused', why: 'It is not a regular file.' });
  expect(peekPrivateFile(fifo)).toBeNull();
  expect((await openEnvFiles({}).look(fifo)).problem).toBe('it is not a regular file');
});

test.runIf(process.platform === 'linux')('an endless device is not read', async () => {
  expect(readPrivateFile('/dev/zero').kind).toBe('refused');
  expect(await readText('/dev/zero')).toEqual({ ok: false, why: 'it is too large' });
});

test.runIf(hasFifos)('a named pipe is read to its end, or times out if no program writes to it', async () => {
  const fifo = fifoIn(tempFolder(), 'fifo');
  expect(await readText(fifo, { idleTimeout: 40 })).toMatchObject({
    ok: false,
    why: expect.stringMatching(/no program/),
  });
  const waits: string[] = [];
  const reading = readText(fifo, { silence: 40, onWaiting: () => waits.push('waiting') });
  await expect.poll(() => waits).toEqual(['waiting']);
  const writer = createWriteStream(fifo);
  writer.write('first ');
  writer.end('second');
  expect(await reading).toMatchObject({ ok: true, text: 'first second' });
});

test('an empty file is read as an empty text, and a missing file is an error', async () => {
  const file = join(tempFolder(), 'file');
  expect(await readText(file)).toEqual({ ok: false, why: 'there is no such file' });
  writeFileSync(file, '', { mode: 0o600 });
  expect(await readText(file)).toEqual({ ok: true, text: '', isOpenToOthers: false });
});

test.runIf(process.platform === 'linux')('a folder that cannot be created is an error', () => {
  expect(() => makePrivateFolder('/proc/x/.config/kaltura-ks')).toThrow(/\/proc\/x can’t be created: .*HOME/);
});

// Only root can give a folder to another user.
test.runIf(isRoot)('a folder of another user is refused, with the owner and the fix', async () => {
  const { store, configFolder } = tempStore();
  await store.save(sampleProfile({ name: 'Good' }));
  for (const folder of [store.folder, configFolder]) {
    chownSync(folder, 1234, 1234);
    await expect(store.load()).rejects.toThrow(
      `The folder ${folder} belongs to another user of this computer (user ID 1234`,
    );
    await expect(store.load()).rejects.toThrow('without sudo, or set HOME or XDG_CONFIG_HOME');
    await expect(store.save(sampleProfile({ name: 'New' }))).rejects.toMatchObject({ fault: 'refused' });
    expect(profileNames(configFolder)).toEqual([]);
    expect(() => openSavedFiles(configFolder).list()).toThrow('belongs to another user of this computer');
    chownSync(folder, 0, 0);
  }
  expect(checkPrivateFolder(configFolder)).toBe('private');
});

test.runIf(isRoot)('a file of another user is neither read nor replaced', async () => {
  const { store, configFolder } = tempStore();
  await store.save(sampleProfile({ name: 'Good' }));
  chownSync(store.fileOf('Good'), 1234, 1234);
  const why = expect.stringMatching(/^It belongs to another user of this computer \(user ID 1234; you are user ID 0\)/);
  expect(await store.load()).toEqual({
    profiles: [],
    troubles: [{ kind: 'refused', file: store.fileOf('Good'), why }],
  });
  expect(profileNames(configFolder)).toEqual([]);
  await expect(store.save(sampleProfile({ name: 'Good' }), { replace: true })).rejects.toMatchObject({
    fault: 'refused',
  });
});
