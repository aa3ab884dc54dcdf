/** Every sign that is drawn, and what stands for it where a terminal has letters only. */
export interface Glyphs {
  readonly pointer: string;
  readonly done: string;
  readonly here: string;
  readonly ahead: string;
  readonly warning: string;
  readonly bullet: string;
  readonly more: string;
  readonly up: string;
  readonly down: string;
  readonly lineEnd: string;
  readonly upDown: string;
  readonly enter: string;
}

const UNICODE: Glyphs = {
  pointer: '❯',
  done: '✔',
  here: '▸',
  ahead: '·',
  warning: '!',
  bullet: '•',
  more: '…',
  up: '↑',
  down: '↓',
  lineEnd: '⏎',
  upDown: '↑↓',
  enter: '⏎',
};

const ASCII: Glyphs = {
  pointer: '>',
  done: '+',
  here: '>',
  ahead: '-',
  warning: '!',
  bullet: '*',
  more: '...',
  up: '^',
  down: 'v',
  lineEnd: '\\n',
  upDown: 'up/down',
  enter: 'enter',
};

export const glyphsFor = (isPlain: boolean): Glyphs => (isPlain ? ASCII : UNICODE);

const LETTERS: Readonly<Record<string, string>> = {
  '✔': '+',
  '✖': 'x',
  '…': '...',
  '’': "'",
  '“': '"',
  '”': '"',
  '→': '>',
  '·': '-',
  '–': '-',
  '\uFFFD': '?',
};

/** A sentence in letters that every terminal has. */
export const inLetters = (text: string): string =>
  text.replaceAll(/[✔✖…’“”→·–\uFFFD]/g, (sign) => LETTERS[sign] ?? sign);
