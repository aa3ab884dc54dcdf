import { type Key, type KeyName, pasteOf } from '../../source/terminal/key.js';
import type { Interaction } from '../../source/ui/input/interaction.js';
import { type Frame, frameFor, type Size } from '../../source/ui/layout/frame.js';
import { glyphsFor } from '../../source/ui/layout/glyphs.js';
import { createSession } from '../../source/ui/session.js';
import type { State } from '../../source/wizard/engine/state.js';
import { type Move, NOW, play, start } from '../wizard/play.js';

/** A named screen in a state that can occur. The goldens and the invariants draw it. */
export interface Scene {
  readonly name: string;
  readonly state: State;
  /** Pressed before the screen is drawn. */
  readonly keys: readonly Key[];
}

export const key = (...names: KeyName[]): Key[] => names.map((name) => ({ name }));
export const typed = (text: string): Key[] => [{ name: 'text', text }];
export const pasted = (text: string): Key[] => [pasteOf(text)];

/** Draws a scene in a window of this size, after its key presses. */
export function look(
  scene: Scene,
  size: Size,
  isPlain = false,
): { frame: Frame; state: State; interaction: Interaction } {
  const session = createSession(scene.state, { now: () => NOW, run: () => {} });
  const draw = (): Frame =>
    frameFor(session.view(), session.interaction(), session.state().notice, size, glyphsFor(isPlain), isPlain);
  for (const pressed of scene.keys) {
    session.limitScroll(draw().reach);
    session.press(pressed);
  }
  return { frame: draw(), state: session.state(), interaction: session.interaction() };
}

/** The state after these moves from the first screen. */
export const at = (...moves: readonly Move[]): State => play(start(), ...moves).state;
export const scene = (name: string, state: State, ...keys: readonly Key[]): Scene => ({ name, state, keys });
