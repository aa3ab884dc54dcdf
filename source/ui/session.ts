import type { Effect, Ending } from '../wizard/engine/effect.js';
import type { WizardEvent } from '../wizard/engine/event.js';
import { viewOf } from '../wizard/engine/screens.js';
import type { State } from '../wizard/engine/state.js';
import { update } from '../wizard/engine/update.js';
import type { Control, Preview, View } from '../wizard/engine/view.js';
import { focusedControl, freshInteraction, type Interaction, openList } from './input/interaction.js';
import type { Key } from './input/key.js';
import { pressKey } from './input/press.js';

/** The wizard while it runs: its state, what the person is doing on the screen, and the keys as they come. */
export interface Session {
  readonly state: () => State;
  readonly interaction: () => Interaction;
  /** How the person left; null while the wizard runs. */
  readonly ending: () => Ending | null;
  /** The screen as it is to be drawn. */
  readonly view: () => View;
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

const hasWarning = (control: Control): boolean => control.kind === 'text' && control.warning != null;

/** In the search of a checklist, a blank ticks: there one letter is looked at after the other. */
const isTextThere = (control: Control | undefined, { query }: Interaction): boolean =>
  control?.kind === 'text' || (query !== null && control?.kind !== 'checklist');

const withLeft = (interaction: Interaction, ids: readonly string[]): Interaction => ({
  ...interaction,
  left: [...new Set([...interaction.left, ...ids])],
});

/** Returns the view while another option of one list is marked. */
function previewed(present: View, list: Control, { standing, warnings, advice, enter, controls }: Preview): View {
  const { standing: _standing, warnings: _warnings, advice: _advice, enter: _enter, ...rest } = present;
  return {
    ...rest,
    controls: present.controls.map((control) =>
      control === list ? control : (controls?.find(({ id }) => id === control.id) ?? control),
    ),
    ...(standing === undefined ? {} : { standing }),
    ...(warnings === undefined ? {} : { warnings }),
    ...(advice === undefined ? {} : { advice }),
    ...(enter === undefined ? {} : { enter }),
  };
}

const focusOn = (interaction: Interaction, id: string): Interaction => ({
  ...interaction,
  focus: id,
  query: null,
  offset: 0,
});

/** Remembers the last result of a pure function: one event asks for the same screen several times. */
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

/**
 * Every key is worked off against the newest state before the next is looked at, so keys that arrive together mean the same as keys
 * that arrive one by one.
 */
export function createSession(initial: State, { now, run }: SessionDeps): Session {
  const presentView = rememberLast(viewOf);
  const drawn = rememberLast(drawnView);
  let state = initial;
  let interaction = freshInteraction(presentView(state), state.focusOn);
  let reach = { up: 0, down: 0 };
  let ending: Ending | null = null;
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };

  function dispatch(event: WizardEvent): void {
    const { visit } = state;
    const transition = update(state, event, now());
    state = transition.state;
    if (state.visit !== visit) interaction = freshInteraction(presentView(state), state.focusOn);
    // The last frame is drawn without what was on the screen: a secret that was shown, keys that do nothing any more.
    const quit = transition.effects.find((effect) => effect.do === 'quit');
    if (quit !== undefined) {
      ending = quit.how;
      notify();
    }
    for (const effect of transition.effects) run(effect, dispatch);
    notify();
  }

  /** Leaves the focused control: its troubles show from now on. */
  function leave(view: View, leads: 'forward' | 'next' | 'previous'): void {
    const control = focusedControl(view, interaction);
    if (control === undefined) return;
    const wasLeft = interaction.left.includes(control.id);
    interaction = withLeft(interaction, [control.id]);
    const at = view.controls.indexOf(control);
    const count = view.controls.length;
    if (leads !== 'forward') {
      const to = view.controls[(at + (leads === 'next' ? 1 : -1) + count) % count];
      if (to !== undefined) interaction = focusOn(interaction, to.id);
      return;
    }
    // What looks odd is shown before one goes on: Enter once more takes it as it is.
    if (hasProblem(control) || (hasWarning(control) && !wasLeft)) return;
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
    const outcome = pressKey(presentView(state), interaction, key, reach.up + reach.down > 0);
    interaction = outcome.interaction;
    for (const event of outcome.events) dispatch(event);
    if (outcome.leads !== undefined && state.visit === visit) leave(presentView(state), outcome.leads);
    const offset = Math.min(Math.max(interaction.offset, -reach.up), reach.down);
    if (interaction.offset !== offset && key.name !== 'text') interaction = { ...interaction, offset };
  }

  /** Whether letters are text here, and may come many at once. */
  const isTyping = (): boolean =>
    !interaction.isHelpOpen &&
    isTextThere(focusedControl(presentView(state), interaction), interaction) &&
    presentView(state).actions === undefined;

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
    view: () => drawn(presentView(state), interaction),
    ending: () => ending,
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
