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
  '→': '->',
  '·': '-',
  '–': '-',
  '•': '*',
  '\uFFFD': '?',
};

/** A sentence in letters that every terminal has. */
export const inLetters = (text: string): string =>
  text.replaceAll(/[✔✖…’“”→·–•\uFFFD]/g, (sign) => LETTERS[sign] ?? sign);

/** What of a view is said to the person; the values of controls are theirs. */
const SAID = /^(heading|lead|question|label|hint|detail|text|note|placeholder|problem|warning|enter|escape|more|help)$/;

const FACTS = /^(facts|standing)$/;

function lettersIn(part: unknown, isSaid: boolean, isFact: boolean): unknown {
  if (typeof part === 'string') return isSaid ? inLetters(part) : part;
  if (Array.isArray(part)) return part.map((item) => lettersIn(item, isSaid, isFact));
  if (typeof part !== 'object' || part === null || part.constructor !== Object) return part;
  const said = Object.entries(part).map(([name, value]) => [
    name,
    lettersIn(value, SAID.test(name) || (isFact && name === 'value'), isFact || FACTS.test(name)),
  ]);
  return Object.fromEntries(said);
}

/** The screen in letters that every terminal has; before it is laid out, for they can be wider. */
export const viewInLetters = <Shown>(view: Shown): Shown => lettersIn(view, false, false) as Shown;
