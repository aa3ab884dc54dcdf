import type { ColorLevel, Runtime } from '../../operations/runtime.js';
import { supportsHyperlinks } from './hyperlinks.js';

/** The terminal for the wizard, or why there is none. */
export type TerminalChoice =
  | {
      readonly ok: true;
      readonly screen: NodeJS.WriteStream;
      /** Whether standard output is captured: then the key is printed there at the end. */
      readonly isCaptured: boolean;
      readonly colorLevel: ColorLevel;
      /** Whether signs and punctuation are ASCII. */
      readonly isPlain: boolean;
      readonly isUtf8: boolean;
      /** Whether the terminal can mark pastes. */
      readonly knowsPaste: boolean;
      readonly hasHyperlinks: boolean;
    }
  | { readonly ok: false; readonly reason: string };

const LEVELS: Readonly<Record<number, ColorLevel>> = { 1: 0, 4: 1, 8: 2, 24: 3 };

function colorLevel(screen: NodeJS.WriteStream, env: Runtime['env'], isColorOff: boolean): ColorLevel {
  if (isColorOff || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return 0;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) {
    if (forced === 'false') return 0;
    const level = Number(forced);
    return level >= 0 && level <= 3 && forced !== '' ? (Math.floor(level) as ColorLevel) : 1;
  }
  // A CI variable says nothing about a terminal with a user.
  const { CI: _ignored, ...seen } = env;
  return LEVELS[screen.getColorDepth(seen as Record<string, string>)] ?? 0;
}

/**
 * Checks whether the terminal shows UTF-8: the first of LC_ALL, LC_CTYPE and LANG that is set names another charset, if not. In ISO-8859-1, the
 * UTF-8 bytes of `❯` contain a control character that hides the rest of the line.
 */
export function isUtf8(env: Runtime['env']): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => (value ?? '') !== '') ?? '';
  const charset = /\.([^@]+)/.exec(locale)?.[1];
  if (charset !== undefined) return /^utf-?8$/i.test(charset);
  return !/^(?:C|POSIX)$|@euro$|^(?:US-)?ASCII$|^ISO[-_]?8859/i.test(locale);
}

const isOn = (value: string | undefined): boolean => value !== undefined && !['', '0', 'false'].includes(value);

/** Checks whether the wizard should print line by line. Set by flag or variable, because a screen reader can't be detected. */
export const usesLineMode = (env: Runtime['env'], isFlagGiven: boolean): boolean =>
  isFlagGiven || isOn(env['ACCESSIBLE']) || isOn(env['INK_SCREEN_READER']);

/**
 * Decides once whether and where the user can be asked. Checks standard input, output and error separately, because any of them may be a
 * pipe.
 */
export function chooseTerminal(
  { stdin, stdout, stderr, env }: Pick<Runtime, 'stdin' | 'stdout' | 'stderr' | 'env'>,
  isColorOff: boolean,
): TerminalChoice {
  const screen = [stdout, stderr].find((stream) => stream.isTTY);
  if (!stdin.isTTY || screen === undefined) {
    const missing = stdin.isTTY ? 'neither standard output nor standard error is' : 'standard input is not';
    const hint =
      env['MSYSTEM'] === undefined ? '' : ' In Git Bash, start it as “winpty kaltura-ks”, or use Windows Terminal.';
    return { ok: false, reason: `${missing} a terminal.${hint}` };
  }
  const isBasic = env['TERM'] === 'dumb' || env['TERM'] === 'linux';
  return {
    ok: true,
    screen,
    isCaptured: !stdout.isTTY,
    colorLevel: colorLevel(screen, env, isColorOff),
    isPlain: isBasic || !isUtf8(env),
    isUtf8: isUtf8(env),
    knowsPaste: !isBasic,
    hasHyperlinks: supportsHyperlinks(env),
  };
}
