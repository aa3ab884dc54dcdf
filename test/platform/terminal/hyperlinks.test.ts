import { expect, test } from 'vitest';
import { supportsHyperlinks } from '../../../source/platform/terminal/hyperlinks.js';

test.each([
  { TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.5.10' },
  { TERM: 'xterm-256color', TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.96.0' },
  { TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20240203-110809-5046fc22' },
  { TERM: 'tmux-256color', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.4' },
  { TERM: 'xterm-kitty' },
  { TERM: 'alacritty' },
  { TERM: 'xterm-256color', VTE_VERSION: '7600' },
  { WT_SESSION: '8f2e' },
  { TERM: 'xterm', FORCE_HYPERLINK: '1' },
  { TERM: 'alacritty', NO_COLOR: '1' },
])('a terminal shows hyperlinks: %o', (env) => {
  expect(supportsHyperlinks(env)).toBe(true);
});

test.each([
  {},
  { TERM: 'xterm-256color' },
  { TERM: 'dumb', FORCE_HYPERLINK: '1' },
  { TERM: 'dumb', WT_SESSION: '8f2e' },
  { TERM: 'linux', VTE_VERSION: '7600' },
  { TERM: 'xterm-256color', VTE_VERSION: '5000' },
  { TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.15' },
  { TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal', TERM_PROGRAM_VERSION: '455' },
  { TERM: 'tmux-256color', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.3a' },
  { TERM: 'screen', VTE_VERSION: '7600' },
  { TERM: 'xterm-kitty', FORCE_HYPERLINK: '0' },
])('a terminal may not show hyperlinks: %o', (env) => {
  expect(supportsHyperlinks(env)).toBe(false);
});
