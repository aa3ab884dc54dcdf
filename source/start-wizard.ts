import { PRETEND_ACCOUNT } from './commands/pretend-account.js';
import type { KeptPractice } from './practice/keep-practice.js';
import type { Runtime } from './runtime/runtime.js';
import type { TerminalChoice } from './runtime/terminal-choice.js';
import { endWhenHungUp, firstFault, onContinued } from './runtime/terminal-signals.js';
import type { WizardEnding } from './ui/run-wizard.js';

/** Puts the wizard together with the world and runs it. */
export async function startWizard(
  { screen, isCaptured, isPlain }: Extract<TerminalChoice, { ok: true }>,
  runtime: Runtime,
  isLineByLine: boolean,
): Promise<WizardEnding> {
  const fault = firstFault();
  endWhenHungUp(runtime.stdin, screen);
  const store = await runtime.openStore();
  const practice: { kept?: Promise<KeptPractice> } = {};
  try {
    const run = isLineByLine
      ? (await import('./ui/lines/run-lines.js')).runLines
      : (await import('./ui/run-wizard.js')).runWizard;
    return await run(
      { stdin: runtime.stdin, screen, isPlain, onContinued, fault },
      {
        http: runtime.http,
        now: runtime.now,
        randomBytes: runtime.randomBytes,
        copy: async (ks) => (await runtime.openClipboard(screen)).copy(ks),
        store,
        openKeeper: () => runtime.openSecretKeeper(),
        openEnvFiles: () => runtime.openEnvFiles(),
        openPractice: async (isAnew = false, mayJoin = false) => {
          practice.kept ??= import('./practice/keep-practice.js').then(({ keepPractice }) => keepPractice(runtime));
          return (await practice.kept).url({ isAnew, mayJoin });
        },
      },
      { isCaptured, fileOf: (name) => store.fileOf(name), pretend: PRETEND_ACCOUNT },
    );
  } catch (error) {
    // However it went wrong: the line echoes again, and nothing waits for keys any more.
    if (runtime.stdin.isRaw) runtime.stdin.setRawMode(false);
    runtime.stdin.unref();
    throw error;
  } finally {
    await (await practice.kept)?.close();
  }
}
