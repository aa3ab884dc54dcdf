import { resolve } from 'node:path';
import { onTestFinished, test } from 'vitest';
import type { Key } from '../terminal/keys.js';
import type { Expected } from '../terminal/waiting.js';
import { cancel, openWizard } from './wizard-in-process.js';

interface Scene {
  readonly name: string;
  readonly profiles?: readonly unknown[];
  readonly steps: readonly { readonly waitFor: Expected; readonly type?: string; readonly press?: readonly Key[] }[];
  readonly until: Expected;
}
const { scenes } = (await import(resolve('scripts/scenes.js'))) as { scenes: readonly Scene[] };
const { createHome } = await import(resolve('scripts/saved-profiles.js'));

test.for(scenes)('the steps of the picture $name lead to its screen', async ({ profiles, steps, until }) => {
  const saved = await createHome(profiles ?? []);
  onTestFinished(saved.remove);
  const wizard = await openWizard({ env: saved.env });
  for (const { waitFor, type, press = [] } of steps) {
    await wizard.waitFor(waitFor);
    if (type) await wizard.type(type);
    await wizard.press(...press);
  }
  await wizard.waitFor(until);
  await cancel(wizard);
});
