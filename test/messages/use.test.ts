import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SNIPPET_LANGUAGES, snippetFor } from '../../source/kaltura/snippets/snippets.js';
import {
  envFileParagraphs,
  envWrittenText,
  gitignoreLine,
  isRiskyFile,
  languageHint,
  languageLabel,
  snippetParagraphs,
} from '../../source/messages/use.js';
import type { EnvFileState, EnvFileWriteResult } from '../../source/profiles/env-file.js';

const NEW: EnvFileState = {
  path: '/home/jo/app/.env',
  target: '/home/jo/app/.env',
  isLink: false,
  leadsAway: false,
  exists: false,
  isOpenToOthers: false,
  hasKey: false,
  git: 'no-repository',
  problem: null,
};

const paragraphsFor = (change: Partial<EnvFileState>) => envFileParagraphs({ ...NEW, ...change });
const textOf = (change: Partial<EnvFileState>): string =>
  paragraphsFor(change)
    .map(({ text }) => text)
    .join('\n');

describe('before a file is written', () => {
  test.each<[string, Partial<EnvFileState>, string]>([
    ['created', {}, 'Creates the file'],
    ['added to', { exists: true }, 'Adds the line KALTURA_KS=<the key>'],
    ['changed', { exists: true, hasKey: true }, 'Replaces the key in the line KALTURA_KS=<the key>.'],
    ['reached by a link', { isLink: true, target: '/srv/real.env' }, 'symbolic link to /srv/real.env'],
    ['made private', { exists: true, isOpenToOthers: true }, 'Other users of this computer can read the file now'],
    ['ignored by git', { git: 'ignored' }, 'git ignores the file'],
  ])('says that it will be %s', (_how, change, text) => {
    expect(textOf(change)).toContain(text);
    expect(paragraphsFor(change).some(({ tone }) => tone === 'danger')).toBe(false);
    expect(isRiskyFile({ ...NEW, ...change })).toBe(false);
  });

  test('warns if git would commit the key, and says what to do', () => {
    const wouldBe = paragraphsFor({ git: 'would-be-committed' });
    expect(wouldBe.at(-1)).toEqual({
      tone: 'danger',
      text: 'git would commit this file and the key in it. Anyone with access to the repository could use the key. Add this line to .gitignore first: .env',
    });
    expect(paragraphsFor({ git: 'tracked' }).at(-1)).toMatchObject({
      tone: 'danger',
      text: expect.stringMatching(/git rm --cached.*: \.env$/),
    });
    expect(paragraphsFor({ git: 'unknown' }).at(-1)).toMatchObject({ tone: 'caution' });
    expect(
      isRiskyFile({ git: 'tracked', leadsAway: false }) && isRiskyFile({ git: 'would-be-committed', leadsAway: false }),
    ).toBe(true);
  });

  test('says only the problem if the file can’t be written', () => {
    expect(paragraphsFor({ problem: 'it is a folder', git: 'unknown' })).toEqual([
      { tone: 'danger', text: '/home/jo/app/.env can’t be written: it is a folder.' },
    ]);
  });

  test('removes escape codes from the name of the file', () => {
    const evil = '/tmp/\u001b[2J\u202e.env';
    expect(textOf({ isLink: true, target: evil, git: 'unknown' })).not.toMatch(/[\u001b\u202e]/);
    expect(envWrittenText({ ok: false, path: evil, why: 'it is a folder' })).not.toMatch(/[\u001b\u202e]/);
  });
});

const hasGit = spawnSync('git', ['--version']).error === undefined;

test.skipIf(!hasGit)(
  'the line for .gitignore ignores exactly that file in git (skipped if git is not installed)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'gitignore-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const git = (...args: string[]) =>
      spawnSync('git', ['-C', folder, ...args], { env: { PATH: process.env['PATH'], HOME: folder } });
    git('init', '-q');
    for (const name of ['.env', '*.env', '[ab].env', '#env', '!env', 'my env  ', 'a\\b.env', '?']) {
      // A backslash separates folders on Windows, but can be in a name elsewhere.
      const target = name.includes('\\') ? `/x/${name.replaceAll('\\', '')}` : `/x/${name}`;
      const file = target.slice('/x/'.length);
      writeFileSync(join(folder, '.gitignore'), `${gitignoreLine({ target })}\n`);
      expect(git('check-ignore', '-q', '--', `./${file}`).status, file).toBe(0);
      expect(git('check-ignore', '-q', '--', './a.env').status, file).toBe(1);
    }
  },
);

describe('after a file was written', () => {
  const DONE: Extract<EnvFileWriteResult, { ok: true }> = {
    ok: true,
    path: '/app/.env',
    target: '/app/.env',
    outcome: 'updated',
    access: 'private',
    idleLines: 0,
  };

  test.each<[Partial<typeof DONE>, string]>([
    [{ outcome: 'created' }, 'Created /app/.env with KALTURA_KS. Only your user account on this computer can read it.'],
    [{ outcome: 'added' }, 'Added KALTURA_KS to /app/.env, in a new line at the end.'],
    [{}, 'Replaced KALTURA_KS in /app/.env with the new key.'],
    [{ outcome: 'unchanged' }, 'KALTURA_KS in /app/.env already had this key.'],
    [{ target: '/srv/x.env' }, 'Replaced KALTURA_KS in /app/.env (a link to /srv/x.env) with the new key.'],
    [
      { access: 'closed' },
      'Replaced KALTURA_KS in /app/.env with the new key. Other users of this computer could read the file. Now only you can.',
    ],
    [
      { access: 'exposed', idleLines: 1 },
      'Replaced KALTURA_KS in /app/.env with the new key. Other users of this computer can read the file, because its disk doesn’t support access rights. An earlier line also sets KALTURA_KS, without effect: delete what you don’t need.',
    ],
  ])('says what changed (%j)', (change, text) => {
    expect(envWrittenText({ ...DONE, ...change })).toBe(text);
  });

  test('says why it was not written', () => {
    const text = envWrittenText({ ok: false, path: '/app/.env', why: 'the disk is full' });
    expect(text).toBe('/app/.env can’t be written: the disk is full. The file is unchanged.');
  });
});

describe('code', () => {
  test('comes with the steps to save, install and run it', () => {
    const texts = snippetParagraphs(snippetFor('node', { serviceUrl: 'https://x', type: null })).map(
      ({ text }) => text,
    );
    expect(texts.slice(0, 4)).toEqual([
      'Save as: kaltura-call.mjs',
      'Install: npm install kaltura-client',
      'Set key: read -rs KALTURA_KS; export KALTURA_KS (then paste, Enter)',
      'Run:     node kaltura-call.mjs',
    ]);
  });

  test('for a web page needs no file', () => {
    const [first] = snippetParagraphs(snippetFor('testme', { serviceUrl: 'https://x', type: null }));
    expect(first?.tone).toBe('dim');
  });

  test.each(SNIPPET_LANGUAGES)('for %s has a name and a hint', (language) => {
    expect(languageLabel(language)).toMatch(/\S/);
    expect(languageHint(language)).toMatch(/\S/);
  });
});
