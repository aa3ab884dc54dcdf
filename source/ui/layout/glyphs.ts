import { inLetters } from '../../terminal/ascii.js';

/** Every sign that is drawn, with its ASCII fallback. */
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

/** The texts of a view that the program wrote. The values of controls are the user's and stay unchanged. */
const SAID =
  /^(heading|lead|question|label|hint|detail|group|text|note|placeholder|problem|warning|enter|escape|help|scrolledAway)$/;

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

/** The view with ASCII texts. Called before the layout, because ASCII texts can be wider. */
export const viewInLetters = <Shown>(view: Shown): Shown => lettersIn(view, false, false) as Shown;
