import { PRETEND_ACCOUNT } from './commands/pretend-account.js';
import type { PracticeServer } from './practice/practice-server.js';
import type { Runtime } from './runtime/runtime.js';
import type { TerminalChoice } from './runtime/terminal-choice.js';
import { runWizard, type WizardEnding } from './ui/run-wizard.js';

/** Puts the wizard together with the world and runs it. */
export async function startWizard(
  { screen, isCaptured, isPlain }: Extract<TerminalChoice, { ok: true }>,
  runtime: Runtime,
): Promise<WizardEnding> {
  const store = await runtime.openStore();
  const practice: PracticeServer[] = [];
  try {
    return await runWizard(
      { stdin: runtime.stdin, screen, isPlain },
      {
        http: runtime.http,
        now: runtime.now,
        randomBytes: runtime.randomBytes,
        copy: async (ks) => (await runtime.openClipboard(screen)).copy(ks),
        store,
        openKeeper: () => runtime.openSecretKeeper(() => {}),
        openPractice: async (isAnew = false) => {
          const opened = practice.at(-1);
          if (opened !== undefined && !isAnew) return opened.url;
          const { openPractice } = await import('./practice/open-practice.js');
          const server = await openPractice({ now: runtime.now, randomBytes: runtime.randomBytes });
          practice.push(server);
          return server.url;
        },
      },
      { isCaptured, fileOf: (name) => store.fileOf(name), pretend: PRETEND_ACCOUNT },
    );
  } finally {
    await Promise.all(practice.map((server) => server.close()));
  }
}
