import { describe, expect, test } from 'vitest';
import { Secret } from '../../../source/kaltura/secret.js';
import type { Key } from '../../../source/terminal/key.js';
import { freshInteraction } from '../../../source/ui/input/interaction.js';
import { pressKey } from '../../../source/ui/input/press.js';
import { frameFor } from '../../../source/ui/layout/frame.js';
import { glyphsFor } from '../../../source/ui/layout/glyphs.js';
import type { TextControl, View } from '../../../source/wizard/engine/view.js';

const viewWith = (field: TextControl): View => ({ heading: '', question: 'Name?', controls: [field], help: [] });

const NAME: TextControl = { kind: 'text', id: 'name', label: 'Name', value: 'eu-102', isSuggested: true };
const SECRET: TextControl = { kind: 'text', id: 'secret', label: 'Secret', value: new Secret('0123') };

/** The text of the field after the keys; null if it was not changed. */
function textAfter(field: TextControl, focusOn: string | null, ...keys: Key[]): string | null {
  let interaction = freshInteraction(viewWith(field), focusOn);
  let control = field;
  let text: string | null = null;
  for (const key of keys) {
    const outcome = pressKey(viewWith(control), interaction, key, false);
    interaction = outcome.interaction;
    for (const event of outcome.events) {
      if (event.type !== 'set') continue;
      text = event.value instanceof Secret ? event.value.reveal() : event.value;
      control = { ...control, value: event.value } as TextControl;
    }
  }
  return text;
}

const typed = (text: string): Key => ({ name: 'text', text });

describe('a field that starts selected', () => {
  test('is a suggested value, which typing replaces', () => {
    expect(textAfter(NAME, null, typed('p'), typed('rod'))).toBe('prod');
  });

  test('is a field that is opened to be corrected', () => {
    expect(textAfter(SECRET, 'secret', typed('9'))).toBe('9');
    expect(textAfter(SECRET, null, typed('9'))).toBe('01239');
  });

  test('is emptied by backspace', () => {
    expect(textAfter(NAME, null, { name: 'backspace' })).toBe('');
  });

  test('keeps its text if the cursor is moved first', () => {
    expect(textAfter(NAME, null, { name: 'end' }, typed('3'))).toBe('eu-1023');
  });

  test('has the hint “type to replace”, also without colors', () => {
    const view = viewWith(NAME);
    const frame = frameFor(
      view,
      freshInteraction(view, null),
      null,
      { columns: 80, rows: 24 },
      glyphsFor(false),
      false,
    );
    expect(frame.lines.flat().map(({ text }) => text)).toContain('   type to replace');
  });
});
