import { expect, test } from 'vitest';
import { createWizardClipboard } from '../../source/cli/wizard-clipboard.js';
import { Secret } from '../../source/kaltura/secret.js';
import type { ClearResult, CopyOptions } from '../../source/secrets/clipboard.js';

function openClipboard(clearResult: ClearResult, keepsCopies = false) {
  const copied: (CopyOptions | undefined)[] = [];
  let opened = 0;
  const open = async () => {
    opened += 1;
    return {
      copy: async (_: Secret, options?: CopyOptions) => {
        copied.push(options);
        return { how: 'tool', tool: 'xclip' } as const;
      },
      clear: async () => clearResult,
    };
  };
  return { ...createWizardClipboard(open, keepsCopies), copied, opened: () => opened };
}

test.each<[result: ClearResult, note: RegExp | null]>([
  ['cleared', /was removed from the clipboard/],
  ['failed', /may still be in the clipboard/],
  ['replaced', null],
  ['none', null],
])('the wizard prints the right note at its end if clearing the copy has the result %s', async (result, note) => {
  const clipboard = openClipboard(result);
  await clipboard.copy(new Secret('ks'), { isTemporary: true });
  await clipboard.copy(new Secret('ks'));
  expect(clipboard.copied).toEqual([{ isTemporary: true }, { isTemporary: false }]);
  expect(clipboard.opened()).toBe(1);
  const message = await clipboard.close();
  if (note === null) expect(message).toBeNull();
  else expect(message).toMatch(note);
});

test('--keep-clipboard makes all copies permanent', async () => {
  const clipboard = openClipboard('none', true);
  await clipboard.copy(new Secret('ks'), { isTemporary: true });
  expect(clipboard.copied).toEqual([{ isTemporary: false }]);
});

test('the wizard does not open a clipboard that was not used', async () => {
  const clipboard = openClipboard('cleared');
  expect(await clipboard.close()).toBeNull();
  expect(clipboard.opened()).toBe(0);
});
