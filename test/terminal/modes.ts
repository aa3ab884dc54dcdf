import type { Terminal } from '@xterm/headless';

/** What the program has switched on in the terminal, read from the private modes (`ESC [ ? n h` and `l`) that it sent. */
export type Modes = {
  readonly alternateScreen: boolean;
  /** Ever, not only now. */
  readonly alternateScreenUsed: boolean;
  readonly cursorVisible: boolean;
  readonly bracketedPaste: boolean;
  /** Between the begin and the end of one synchronized frame: the screen is half drawn. */
  readonly synchronizedOutput: boolean;
  /** Every private mode that is not as a fresh terminal has it, such as `?25l`. Empty when the terminal is restored. */
  readonly changed: readonly string[];
};

const freshlyOn = new Set([7, 25]);
const alternateScreens = [47, 1047, 1049];

/** Follows the modes as they are parsed, in order with the text: the emulator itself tells only some of them. */
export function followModes({ parser }: Terminal): { readonly now: Modes } {
  const known = new Map<number, boolean>();
  let alternateScreenUsed = false;
  const isOn = (mode: number) => known.get(mode) ?? freshlyOn.has(mode);
  const set = (on: boolean) => (params: (number | number[])[]) => {
    for (const mode of params.flat()) {
      known.set(mode, on);
      if (on && alternateScreens.includes(mode)) alternateScreenUsed = true;
    }
    return false;
  };
  parser.registerCsiHandler({ prefix: '?', final: 'h' }, set(true));
  parser.registerCsiHandler({ prefix: '?', final: 'l' }, set(false));
  parser.registerEscHandler({ final: 'c' }, () => {
    known.clear();
    return false;
  });
  return {
    get now() {
      return {
        alternateScreen: alternateScreens.some(isOn),
        alternateScreenUsed,
        cursorVisible: isOn(25),
        bracketedPaste: isOn(2004),
        synchronizedOutput: isOn(2026),
        changed: [...known]
          .filter(([mode, on]) => on !== freshlyOn.has(mode))
          .map(([mode, on]) => `?${mode}${on ? 'h' : 'l'}`),
      };
    },
  };
}
