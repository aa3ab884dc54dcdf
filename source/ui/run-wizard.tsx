import { render } from 'ink';
import type { Secret } from '../kaltura/secret.js';
import type { Ending } from '../wizard/effect.js';
import type { Setting } from '../wizard/state.js';
import { initialState } from '../wizard/update.js';
import { App, type AppHandle } from './app.js';
import { createEffects, type WizardServices } from './effects.js';
import { createSession } from './session.js';

export interface WizardTerminal {
  readonly stdin: NodeJS.ReadStream;
  /** Where the wizard is drawn: standard output, or standard error while the former is captured. */
  readonly screen: NodeJS.WriteStream;
  /** It has letters only. */
  readonly isPlain: boolean;
}

export interface WizardEnding {
  readonly how: Ending;
  /** The last key in hand; null where none was made. */
  readonly ks: Secret | null;
}

/** Runs the wizard until the person leaves it; the terminal is then as it was. */
export async function runWizard(
  terminal: WizardTerminal,
  services: WizardServices,
  setting: Setting,
): Promise<WizardEnding> {
  const loaded = await services.store.load();
  const ending: { how: Ending } = { how: 'done' };
  let handle: AppHandle | null = null;
  const effects = createEffects(
    services,
    () => handle as unknown as AppHandle,
    (how) => {
      ending.how = how;
      handle?.exit();
    },
  );
  const session = createSession(initialState(setting, loaded, services.now()), { now: services.now, run: effects });
  const instance = render(<App session={session} isPlain={terminal.isPlain} onReady={(ready) => (handle = ready)} />, {
    stdin: terminal.stdin,
    stdout: terminal.screen,
    stderr: terminal.screen,
    // Ctrl+C is a key like others: the wizard forgets, restores the terminal, and the exit code says so.
    exitOnCtrlC: false,
    patchConsole: false,
    // Ink would draw nothing where CI is set; whether there is a terminal was decided before.
    interactive: true,
  });
  void services.store.sweep().catch(() => {});
  await instance.waitUntilExit();
  const ks = session.state().key?.made.ks ?? null;
  return { how: ending.how, ks: ending.how === 'cancelled' ? null : ks };
}
