import type { Terminal } from '@xterm/headless';

/** The terminal modes that the program has changed, read from the private mode sequences (`ESC [ ? n h` and `l`) that it sent. */
export type Modes = {
  readonly alternateScreen: boolean;
  /** Whether it was used at any time. */
  readonly alternateScreenUsed: boolean;
  readonly cursorVisible: boolean;
  readonly bracketedPaste: boolean;
  /** Whether a synchronized frame has begun but not ended, so the screen is only partly drawn. */
  readonly synchronizedOutput: boolean;
  /** Every private mode that differs from a new terminal, such as `?25l`. Empty if the terminal is restored. */
  readonly changed: readonly string[];
};

const freshlyOn = new Set([7, 25]);
const alternateScreens = [47, 1047, 1049];

/** Records the modes while the output is parsed, because the emulator itself reports only some of them. */
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
