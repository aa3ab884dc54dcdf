import { Secret } from '../../kaltura/secret.js';
import { looksLikeSecret, visibleText } from '../../kaltura/typed-values.js';
import type { Option } from '../../messages/paragraph.js';
import { withFieldValue } from '../form/form.js';
import type { Screen, ScreenView, Step, StepScreen } from './screen.js';
import { type State, stay, type Transition } from './state.js';
import { type ChecklistControl, type ChoiceControl, type Control, type FieldOf, NEXT_FIELD } from './view.js';

/** A view without its controls, which `menu` and `form` add. */
type Body = Omit<ScreenView, 'controls'>;

/** An option of a menu, with what it does. */
export interface MenuOption extends Option {
  readonly choose: (state: State) => Transition;
}

interface Menu extends Omit<Screen, 'view' | 'set' | 'submit'> {
  /** The label of the list, if not `Then`. */
  readonly label?: string;
  readonly isSearchable?: boolean;
  options(state: State): readonly MenuOption[];
  view(state: State): Body;
}

/** Returns the selected option; the first one if the selection is not in the list. */
export const selectedOption = <Entry extends Option>({ option }: State, options: readonly Entry[]): Entry | undefined =>
  options.find(({ value }) => value === option) ?? options[0];

const withoutAction = ({ choose: _, ...option }: MenuOption): Option => option;

const select = (state: State, option: string): State => ({ ...state, option });

/** Creates a list of options whose choice is not a field of the form. */
export const optionField = (state: State, options: readonly Option[], label: string, change = select): Field => ({
  kind: 'choice',
  id: 'option',
  label,
  value: selectedOption(state, options)?.value ?? '',
  options,
  change,
});

/** Creates a screen with one list of options. */
export function menu(parts: Menu & { readonly step: Step }): StepScreen;
export function menu(parts: Menu): Screen;
export function menu({ label = 'Then', isSearchable = false, options, view, ...rest }: Menu): Screen {
  return {
    ...rest,
    view: (state) => {
      const entries = options(state);
      const list: ChoiceControl = {
        kind: 'choice',
        id: 'option',
        label,
        value: selectedOption(state, entries)?.value ?? '',
        options: entries.map(withoutAction),
        isSearchable: isSearchable && entries.length > 2,
        preview: (value) => view(select(state, value)),
      };
      return { ...view(state), controls: [list] };
    },
    set: (state, _control, value) => select(state, String(value)),
    submit: (state) => selectedOption(state, options(state))?.choose(state) ?? stay(state),
  };
}

/** A control that stores its value with `change`. Without this function, the value goes into the form field of the control's name. */
type Changing<Kind, Value> = Kind & { readonly change?: (state: State, value: Value) => State };

export type Field =
  | Changing<ChoiceControl, string>
  | Changing<FieldOf<string>, string>
  | Changing<FieldOf<Secret>, Secret>
  | Changing<ChecklistControl, never>;

/** Creates a field for text. */
export const textField = (field: Omit<Changing<FieldOf<string>, string>, 'kind'>): Field => ({
  kind: 'text',
  ...field,
});

/** Creates a field for a secret. */
export const secretField = (field: Omit<Changing<FieldOf<Secret>, Secret>, 'kind'>): Field => ({
  kind: 'text',
  ...field,
});

interface Form extends Omit<Screen, 'view' | 'set'> {
  fields(state: State): readonly Field[];
  view(state: State): Body;
}

/** Hides a text that looks like a secret in a field that is usually visible. */
function hideSecret(control: FieldOf<string>): FieldOf<string> | FieldOf<Secret> {
  const { value, suggestion } = control;
  if (!looksLikeSecret(value)) return control;
  return {
    ...control,
    value: new Secret(value),
    warning: control.warning ?? 'This looks like a secret, so it is hidden. Is it in the right field?',
    suggestion: suggestion == null ? null : { ...suggestion, value: new Secret(suggestion.value) },
  };
}

const isVisible = (control: Control): control is FieldOf<string> =>
  control.kind === 'text' && typeof control.value === 'string';

/** Returns the state with a new value of a field. Ignores text for a secret field. */
function changeField(state: State, field: Field, changed: string | Secret): State {
  // A `Secret` for a visible field was hidden by `hideSecret`.
  const value = changed instanceof Secret && isVisible(field) ? visibleText(changed) : changed;
  if (field.change === undefined) return { ...state, form: withFieldValue(state.form, field.id, value) };
  const isSecret = field.kind === 'text' && field.value instanceof Secret;
  if (isSecret !== value instanceof Secret) return state;
  return (field.change as (state: State, value: string | Secret) => State)(state, value);
}

/** Sets the hint for Enter to “next field” if the answer adds fields below the list. */
const withEnterHint = (view: ScreenView, list: string): ScreenView =>
  view.controls.at(-1)?.id === list ? view : { ...view, enter: NEXT_FIELD };

/** Creates a screen of fields. Each field stores its own value. */
export function form(parts: Form & { readonly step: Step }): StepScreen;
export function form(parts: Form): Screen;
export function form({ fields, view, ...rest }: Form): Screen {
  const show = (state: State): ScreenView => {
    const controls = fields(state).map((field): Control => {
      const { change: _, ...control } = field;
      if (isVisible(control)) return hideSecret(control);
      if (control.kind !== 'choice') return control;
      return { ...control, preview: (value) => withEnterHint(show(changeField(state, field, value)), field.id) };
    });
    return { ...view(state), controls };
  };
  return {
    ...rest,
    view: show,
    set: (state, id, value) => {
      const field = fields(state).find((one) => one.id === id);
      return field === undefined ? state : changeField(state, field, value);
    },
  };
}
