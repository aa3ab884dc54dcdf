import type { Effect } from '../wizard/effect.js';
import type { WizardEvent } from '../wizard/event.js';
import type { State } from '../wizard/state.js';
import { update, viewOf } from '../wizard/update.js';
import type { Control, View } from '../wizard/view.js';
import { focusedControl, freshInteraction, type Interaction } from './input/interaction.js';
import type { Key } from './input/key.js';
import { pressKey } from './input/press.js';

/** The wizard while it runs: its state, what the person is doing on the screen, and the keys as they come. */
export interface Session {
  readonly state: () => State;
  readonly interaction: () => Interaction;
  readonly press: (key: Key) => void;
  readonly dispatch: (event: WizardEvent) => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** How far the frame on the screen can be scrolled: an offset beyond it would have to be scrolled back. */
  readonly limitScroll: (reach: { readonly up: number; readonly down: number }) => void;
}

export interface SessionDeps {
  readonly now: () => number;
  /** Does what the wizard wants done; answers come back as events. */
  readonly run: (effect: Effect, dispatch: Session['dispatch']) => void;
}

const hasProblem = (control: Control): boolean => control.kind === 'text' && control.problem != null;

const withLeft = (interaction: Interaction, ids: readonly string[]): Interaction => ({
  ...interaction,
  left: [...new Set([...interaction.left, ...ids])],
});

const focusOn = (interaction: Interaction, id: string): Interaction => ({
  ...interaction,
  focus: id,
  query: null,
  offset: 0,
});

/**
 * Every key is worked off against the newest state before the next is looked at, so keys that arrive together mean the same as keys
 * that arrive one by one.
 */
export function createSession(initial: State, { now, run }: SessionDeps): Session {
  let state = initial;
  let interaction = freshInteraction(viewOf(state), state.focusOn);
  let reach = { up: 0, down: 0 };
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };

  function dispatch(event: WizardEvent): void {
    const { visit } = state;
    const transition = update(state, event, now());
    state = transition.state;
    if (state.visit !== visit) interaction = freshInteraction(viewOf(state), state.focusOn);
    for (const effect of transition.effects) run(effect, dispatch);
    notify();
  }

  /** Leaves the focused control: its troubles show from now on. */
  function leave(view: View, leads: 'forward' | 'next' | 'previous'): void {
    const control = focusedControl(view, interaction);
    if (control === undefined) return;
    interaction = withLeft(interaction, [control.id]);
    const at = view.controls.indexOf(control);
    const count = view.controls.length;
    if (leads !== 'forward') {
      const to = view.controls[(at + (leads === 'next' ? 1 : -1) + count) % count];
      if (to !== undefined) interaction = focusOn(interaction, to.id);
      return;
    }
    if (hasProblem(control)) return;
    const next = view.controls[at + 1];
    if (next !== undefined) {
      interaction = focusOn(interaction, next.id);
      return;
    }
    const broken = view.controls.find(hasProblem);
    if (broken === undefined) {
      dispatch({ type: 'submit' });
      return;
    }
    interaction = focusOn(withLeft(interaction, [broken.id]), broken.id);
  }

  function pressOne(key: Key): void {
    const { visit } = state;
    const outcome = pressKey(viewOf(state), interaction, key);
    interaction = outcome.interaction;
    for (const event of outcome.events) dispatch(event);
    if (outcome.leads !== undefined && state.visit === visit) leave(viewOf(state), outcome.leads);
    const offset = Math.min(Math.max(interaction.offset, -reach.up), reach.down);
    if (interaction.offset !== offset && key.name !== 'text') interaction = { ...interaction, offset };
  }

  /** Whether letters are text here, and may come many at once. */
  const isTyping = (): boolean =>
    !interaction.isHelpOpen &&
    (interaction.query !== null || focusedControl(viewOf(state), interaction)?.kind === 'text') &&
    viewOf(state).actions === undefined;

  function press(key: Key): void {
    if (key.name !== 'text') {
      pressOne(key);
    } else {
      let rest = [...key.text];
      while (rest.length > 0) {
        const taken = isTyping() ? rest.length : 1;
        pressOne({ name: 'text', text: rest.slice(0, taken).join('') });
        rest = rest.slice(taken);
      }
    }
    notify();
  }

  return {
    state: () => state,
    interaction: () => interaction,
    press,
    dispatch,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    limitScroll: (next) => {
      reach = next;
    },
  };
}
