import { expect, test } from 'vitest';
import { createWizardClipboard } from '../../source/cli/wizard-clipboard.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { ClearResult, CopyOptions } from '../../source/secrets/clipboard.js';

function clipboardThat(clears: ClearResult, keepsCopies = false) {
  const copied: (CopyOptions | undefined)[] = [];
  let opened = 0;
  const open = async () => {
    opened += 1;
    return {
      copy: async (_: Secret, options?: CopyOptions) => {
        copied.push(options);
        return { how: 'tool', tool: 'xclip' } as const;
      },
      clear: async () => clears,
    };
  };
  return { ...createWizardClipboard(open, keepsCopies), copied, opened: () => opened };
}

test.each<[result: ClearResult, note: RegExp | null]>([
  ['cleared', /was removed from the clipboard/],
  ['failed', /may still be in the clipboard/],
  ['replaced', null],
  ['none', null],
])('the end of the wizard tells when a copy was %s', async (result, note) => {
  const clipboard = clipboardThat(result);
  await clipboard.copy(new Secret('ks'), { isTemporary: true });
  await clipboard.copy(new Secret('ks'));
  expect(clipboard.copied).toEqual([{ isTemporary: true }, { isTemporary: false }]);
  expect(clipboard.opened()).toBe(1);
  const message = await clipboard.close();
  if (note === null) expect(message).toBeNull();
  else expect(message).toMatch(note);
});

test('--keep-clipboard makes no temporary copies', async () => {
  const clipboard = clipboardThat('none', true);
  await clipboard.copy(new Secret('ks'), { isTemporary: true });
  expect(clipboard.copied).toEqual([{ isTemporary: false }]);
});

test('a clipboard that was not used is not opened at the end', async () => {
  const clipboard = clipboardThat('cleared');
  expect(await clipboard.close()).toBeNull();
  expect(clipboard.opened()).toBe(0);
});
