import type { Secret } from '../kaltura/secret.js';
import type { Key } from '../terminal/key.js';
import type { Effect, Ending } from '../wizard/engine/effect.js';
import type { WizardEvent } from '../wizard/engine/event.js';
import { viewOf } from '../wizard/engine/screens.js';
import type { State } from '../wizard/engine/state.js';
import { update } from '../wizard/engine/update.js';
import type { Control, Preview, View } from '../wizard/engine/view.js';
import { focusedControl, freshInteraction, type Interaction, openList, startsSelected } from './input/interaction.js';
import { pressKey } from './input/press.js';

/** The running wizard: its state, the interaction with the current screen, and the key presses. */
export interface Session {
  readonly state: () => State;
  readonly interaction: () => Interaction;
  /** How the user quit; null while the wizard runs. */
  readonly ending: () => Ending | null;
  /** Returns the view to draw. */
  readonly view: () => View;
  readonly press: (key: Key) => void;
  /** Returns when a key was pressed last, in epoch milliseconds. */
  readonly lastPress: () => number;
  readonly dispatch: (event: WizardEvent) => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** Limits scrolling to the lines that are out of sight. */
  readonly limitScroll: (reach: { readonly up: number; readonly down: number }) => void;
}

export interface SessionDeps {
  readonly now: () => number;
  /** Runs an effect of the wizard. Results come back as events. */
  readonly run: (effect: Effect, dispatch: Session['dispatch']) => void;
}

export interface WizardEnding {
  readonly how: Ending;
  /** The last key, to print; null if there is none or the user cancelled. */
  readonly ks: Secret | null;
}

/** Returns how the user quit, and the last key. */
export function endingOf(session: Session): WizardEnding {
  const how = session.ending() ?? 'done';
  return { how, ks: how === 'cancelled' ? null : session.state().lastKs };
}

const hasProblem = (control: Control): boolean => control.kind === 'text' && control.problem != null;

const hasWarning = (control: Control): boolean => control.kind === 'text' && control.warning != null;

/** Checks whether letters are text. In the search of a checklist, Space ticks an item, so letters are handled one by one. */
const acceptsText = (control: Control | undefined, { query }: Interaction): boolean =>
  control?.kind === 'text' || (query !== null && control?.kind !== 'checklist');

const withTouched = (interaction: Interaction, ids: readonly string[]): Interaction => ({
  ...interaction,
  touched: [...new Set([...interaction.touched, ...ids])],
});

/** Returns the view while another option of one list is marked. */
function previewed(
  present: View,
  list: Control,
  { standing, warnings, advice, enter, actions, controls }: Preview,
): View {
  const { standing: _s, warnings: _w, advice: _a, enter: _e, actions: _k, ...rest } = present;
  return {
    ...rest,
    controls: present.controls.map((control) =>
      control === list ? control : (controls?.find(({ id }) => id === control.id) ?? control),
    ),
    ...(standing === undefined ? {} : { standing }),
    ...(warnings === undefined ? {} : { warnings }),
    ...(advice === undefined ? {} : { advice }),
    ...(enter === undefined ? {} : { enter }),
    ...(actions === undefined ? {} : { actions }),
  };
}

/** Limits how far the screen is scrolled, also after the window has become larger. */
function withinReach(interaction: Interaction, reach: { readonly up: number; readonly down: number }): Interaction {
  const offset = Math.min(Math.max(interaction.offset, -reach.up), reach.down);
  return offset === interaction.offset ? interaction : { ...interaction, offset };
}

/** Moves the focus. A value that is only a suggestion is selected, unless the user has already edited it. */
const focusOn = (interaction: Interaction, control: Control): Interaction => ({
  ...interaction,
  focus: control.id,
  selected: interaction.cursors[control.id] === undefined && startsSelected(control) ? control.id : null,
  query: null,
  offset: 0,
});

/** Remembers the last result of a pure function, because one event needs the same view several times. */
function rememberLast<Arguments extends readonly unknown[], Result>(
  compute: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  let last: { readonly given: Arguments; readonly result: Result } | null = null;
  return (...given) => {
    const known = last;
    if (known?.given.every((value, index) => value === given[index])) return known.result;
    const result = compute(...given);
    last = { given, result };
    return result;
  };
}

/** Returns the view as it is drawn: what is shown beside a list follows the marked option. */
function drawnView(present: View, interaction: Interaction): View {
  const control = focusedControl(present, interaction);
  if (control?.kind !== 'choice' || control.preview === undefined) return present;
  const { entries, marked } = openList(control, interaction);
  const value = entries[marked]?.value;
  if (value === undefined || value === control.value) return present;
  return previewed(present, control, control.preview(value));
}

/** Creates a session. Handles each key press with the newest state, so key presses that arrive together work like single ones. */
export function createSession(initial: State, { now, run }: SessionDeps): Session {
  const presentView = rememberLast(viewOf);
  const drawn = rememberLast(drawnView);
  let state = initial;
  let interaction = freshInteraction(presentView(state), state.focusOn);
  let reach = { up: 0, down: 0 };
  let ending: Ending | null = null;
  let lastPress = now();
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };

  function dispatch(event: WizardEvent): void {
    const { visit } = state;
    const transition = update(state, event, now());
    state = transition.state;
    if (state.visit !== visit) interaction = freshInteraction(presentView(state), state.focusOn);
    // Draw the last frame without secrets and shortcuts.
    const quit = transition.effects.find((effect) => effect.do === 'quit');
    if (quit !== undefined) {
      ending = quit.how;
      notify();
    }
    for (const effect of transition.effects) run(effect, dispatch);
    notify();
  }

  /** Leaves the focused control. From now on it shows its problems. */
  function leave(view: View, moveFocus: 'forward' | 'next' | 'previous'): void {
    const control = focusedControl(view, interaction);
    if (control === undefined) return;
    const isWarned = interaction.touched.includes(control.id) && interaction.edited !== control.id;
    interaction = { ...withTouched(interaction, [control.id]), edited: null };
    const at = view.controls.indexOf(control);
    const count = view.controls.length;
    if (moveFocus !== 'forward') {
      const to = view.controls[(at + (moveFocus === 'next' ? 1 : -1) + count) % count];
      if (to !== undefined) interaction = focusOn(interaction, to);
      return;
    }
    // A warning is shown before continuing; pressing Enter again accepts the value.
    if (hasProblem(control) || (hasWarning(control) && !isWarned)) return;
    const next = view.isFilledIn === true ? undefined : view.controls[at + 1];
    if (next !== undefined) {
      interaction = focusOn(interaction, next);
      return;
    }
    const broken = view.controls.find(hasProblem);
    if (broken === undefined) {
      dispatch({ type: 'submit' });
      return;
    }
    interaction = focusOn(withTouched(interaction, [broken.id]), broken);
  }

  function pressOne(key: Key): void {
    const { visit } = state;
    const outcome = pressKey(presentView(state), interaction, key, reach.up + reach.down > 0);
    interaction = outcome.interaction;
    for (const event of outcome.events) dispatch(event);
    if (outcome.moveFocus !== undefined && state.visit === visit) leave(presentView(state), outcome.moveFocus);
    if (key.name !== 'text') interaction = withinReach(interaction, reach);
  }

  /** Checks whether several letters can be handled at once. */
  const isTyping = (): boolean =>
    !interaction.isHelpOpen &&
    acceptsText(focusedControl(presentView(state), interaction), interaction) &&
    presentView(state).actions === undefined;

  function press(key: Key): void {
    lastPress = now();
    // Remaining times are out of date if nothing has updated them.
    if (state.isCountdownStopped) dispatch({ type: 'tick', isLast: false });
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
    view: () => drawn(presentView(state), interaction),
    ending: () => ending,
    press,
    lastPress: () => lastPress,
    dispatch,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    limitScroll: (next) => {
      reach = next;
      interaction = withinReach(interaction, reach);
    },
  };
}
