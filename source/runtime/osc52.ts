const ESC = '\u001B';
const BEL = '\u0007';
/** GNU screen drops device control strings that are longer than its buffer. */
const SCREEN_CHUNK = 240;

/** What stands between this program and the terminal, and has to be told to let a sequence through. */
export type Multiplexer = 'tmux' | 'screen';

/** The control sequence that asks a terminal to put a text on its clipboard. Many do, some ignore it, none answers. */
export function osc52(text: string, through: Multiplexer | null): string {
  const sequence = `${ESC}]52;c;${Buffer.from(text, 'utf8').toString('base64')}${BEL}`;
  if (through === 'tmux') return `${ESC}Ptmux;${sequence.replaceAll(ESC, ESC + ESC)}${ESC}\\`;
  if (through === null) return sequence;
  let passed = '';
  for (let at = 0; at < sequence.length; at += SCREEN_CHUNK) {
    passed += `${ESC}P${sequence.slice(at, at + SCREEN_CHUNK)}${ESC}\\`;
  }
  return passed;
}
