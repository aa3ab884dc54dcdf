import type { Env } from '../../operations/runtime.js';

/** Programs that name themselves in `TERM_PROGRAM`, with the first version that shows OSC 8 hyperlinks. */
const PROGRAMS: ReadonlyMap<string, readonly [major: number, minor: number]> = new Map([
  ['iTerm.app', [3, 1]],
  ['WezTerm', [20200620, 0]],
  ['vscode', [1, 72]],
  ['ghostty', [0, 0]],
  // tmux passes them on if the terminal around it supports them, and drops them otherwise.
  ['tmux', [3, 4]],
]);

const TERMS = /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|contour|wezterm)/;

/** VTE 0.50.0, of GNOME Terminal and others, crashes at a hyperlink. Older versions show none. */
const FAULTY_VTE = 5000;

function isNewEnough(version: string, [major, minor]: readonly [number, number]): boolean {
  const [own = 0, second = 0] = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return own > major || (own === major && second >= minor);
}

/**
 * Checks whether the terminal shows OSC 8 hyperlinks. Only terminals that are known to: others may print the URL as text. `FORCE_HYPERLINK`
 * set to 1 or 0 decides it.
 */
export function supportsHyperlinks(env: Env): boolean {
  const { TERM: term = '', TERM_PROGRAM: program = '', TERM_PROGRAM_VERSION: version = '' } = env;
  if (term === 'dumb' || term === 'linux') return false;
  const forced = env['FORCE_HYPERLINK'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  const first = PROGRAMS.get(program);
  if (first !== undefined) return isNewEnough(version, first);
  // These variables are inherited by programs inside of screen and an older tmux.
  if (/^(?:screen|tmux)/.test(term)) return false;
  return TERMS.test(term) || (env['WT_SESSION'] ?? '') !== '' || Number(env['VTE_VERSION'] ?? 0) > FAULTY_VTE;
}
