import chalk from 'chalk';
import { type Instance, render } from 'ink';
import { Component, type ReactNode } from 'react';
import { asciiOfSameWidth } from '../terminal/ascii.js';
import { convertedStream, unsanitizedStream } from '../terminal/text.js';
import { widthOf } from '../terminal/width.js';
import type { Setting } from '../wizard/engine/state.js';
import { App, type AppHandle } from './app.js';
import { startCountdown } from './countdown.js';
import { createDisplay } from './display.js';
import type { WizardServices } from './effects.js';
import { openSession } from './open-session.js';
import { endingOf, type WizardEnding } from './session.js';

interface FaultBoundaryProps {
  readonly children: ReactNode;
  readonly onFault: (error: unknown) => void;
}

/** Draws nothing any more where the drawing fails. Without it Ink would draw the error, with its message, the stack and pieces of code. */
class FaultBoundary extends Component<FaultBoundaryProps, { readonly hasFailed: boolean }> {
  static getDerivedStateFromError = () => ({ hasFailed: true });
  override state = { hasFailed: false };

  override componentDidCatch(error: unknown): void {
    this.props.onFault(error);
  }

  override render(): ReactNode {
    return this.state.hasFailed ? null : this.props.children;
  }
}

/** Hides changes of the window's size from Ink, which erases too few rows where the terminal has wrapped a frame anew. */
const withoutResize = (stream: NodeJS.WriteStream): NodeJS.WriteStream =>
  new Proxy(stream, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) =>
        property === 'on' && given[0] === 'resize' ? target : Reflect.apply(value, target, given);
    },
  });

export interface WizardTerminal {
  readonly stdin: NodeJS.ReadStream;
  /** Where the wizard is drawn: standard output, or standard error while the former is captured. */
  readonly screen: NodeJS.WriteStream;
  /** Whether signs and punctuation are ASCII. */
  readonly isPlain: boolean;
  readonly isUtf8: boolean;
  /** Whether the terminal can mark pastes. */
  readonly knowsPaste: boolean;
  readonly hasHyperlinks: boolean;
  /**
   * Releases the terminal when the program is stopped, takes it when the program continues, and leaves it before a signal ends the
   * program; until the returned function is called.
   */
  readonly guardTerminal: (use: { release(): void; take(): void; leave(): void }) => () => void;
  /** Rejects with the first error that no code catches; otherwise it stays pending. */
  readonly fault: Promise<never>;
}

/** Runs the wizard until the person leaves it, or throws an uncaught error. The terminal is restored in both cases. */
export async function runWizard(
  terminal: WizardTerminal,
  services: WizardServices,
  setting: Setting,
): Promise<WizardEnding> {
  let handle: AppHandle | null = null;
  const { session, abort } = await openSession(services, setting, () => handle as unknown as AppHandle);
  let fail: (error: unknown) => void = () => {};
  const drawingFault = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  let instance: Instance | null = null;
  // Ink draws with escape sequences; the text in them is sanitized in `Rows`.
  const raw = unsanitizedStream(terminal.screen);
  // What users have typed or saved can have any character.
  const screen = terminal.isUtf8 ? raw : convertedStream(raw, (text) => asciiOfSameWidth(text, widthOf));
  const display = createDisplay(
    {
      size: () => ({ columns: terminal.screen.columns || 80, rows: terminal.screen.rows || 24 }),
      write: (text) => void screen.write(text),
      eraseFrame: () => instance?.clear(),
      now: services.now,
      wakeIn: services.wakeIn,
    },
    terminal.isPlain,
    chalk.dim,
  );
  const app = (
    <App
      session={session}
      display={display}
      isPlain={terminal.isPlain}
      hasHyperlinks={terminal.hasHyperlinks}
      onReady={(ready) => (handle = ready)}
    />
  );
  // Before the terminal is taken, so that no signal comes between the two. While the program is stopped, the shell switches the echo on.
  let takeAgain = (): void => {};
  const stopGuarding = terminal.guardTerminal({
    // While another program uses the terminal, Ink refuses, and there is nothing to release.
    release: () => {
      const taken = new Promise<void>((resolve) => {
        takeAgain = resolve;
      });
      void handle?.suspend(() => taken).catch(() => {});
    },
    take: () => takeAgain(),
    leave: () => {
      instance?.unmount();
      if (terminal.stdin.isRaw) terminal.stdin.setRawMode(false);
    },
  });
  const stopCountdown = startCountdown(session, services);
  terminal.screen.on('resize', display.resized);
  const frames = withoutResize(screen);
  instance = render(<FaultBoundary onFault={fail}>{app}</FaultBoundary>, {
    stdin: terminal.stdin,
    stdout: frames,
    stderr: frames,
    // Ctrl+C is a key like others: the wizard forgets, restores the terminal, and the exit code says so.
    exitOnCtrlC: false,
    patchConsole: false,
    // Ink would draw nothing where CI is set; whether there is a terminal was decided before.
    interactive: true,
    // Rewrites only what has changed in a row, so that an update of the remaining time doesn't disturb a selection.
    incrementalRendering: true,
  });
  void services.store.sweep().catch(() => {});
  try {
    await Promise.race([instance.waitUntilExit(), drawingFault, terminal.fault]);
  } catch (error) {
    abort();
    instance.unmount();
    await instance.waitUntilExit();
    throw error;
  } finally {
    stopCountdown();
    terminal.screen.off('resize', display.resized);
    display.stop();
    stopGuarding();
  }
  return endingOf(session);
}
