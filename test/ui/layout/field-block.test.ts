import { expect, test } from 'vitest';
import { freshInteraction } from '../../../source/ui/input/interaction.js';
import { fieldBlock } from '../../../source/ui/layout/field-block.js';
import { glyphsFor } from '../../../source/ui/layout/glyphs.js';
import type { TextControl } from '../../../source/wizard/engine/view.js';

function rowsOf(field: TextControl, isFocused = true, width = 79): string[] {
  const view = { heading: '', question: '', controls: [field], help: [] };
  const left = { ...freshInteraction(view, null), touched: [field.id] };
  const { lines } = fieldBlock(field, left, isFocused, 5, width, glyphsFor(false));
  return lines.map((line) => line.map(({ text }) => text).join(''));
}

const FIELD: TextControl = { kind: 'text', id: 'entry', label: 'Entry', value: '' };

test('a placeholder is in parentheses, so it does not look like a value without colors', () => {
  expect(rowsOf({ ...FIELD, placeholder: 'for example 0_abc12345' })).toEqual(['Entry   (for example 0_abc12345)']);
});

test('a warning says how to continue while its field has the focus', () => {
  const odd: TextControl = { ...FIELD, value: 'x', warning: 'This looks odd.' };
  expect(rowsOf(odd)).toContain('  ! This looks odd. Press Enter again to continue anyway.');
  expect(rowsOf(odd, false)).toContain('  ! This looks odd.');
});

test('a problem does not offer to continue', () => {
  expect(rowsOf({ ...FIELD, value: 'x', problem: 'This is wrong.' }).join(' ')).not.toContain('Enter again');
});

test('a problem with a value that ends in ? names the key that opens the help', () => {
  const wrong: TextControl = { ...FIELD, problem: 'This is wrong.' };
  expect(rowsOf({ ...wrong, value: '12345?' })).toContain('  ! This is wrong. F1 opens the help.');
  expect(rowsOf({ ...wrong, value: '12345' })).toContain('  ! This is wrong.');
});

test('a value that does not fit has a mark where it is cut', () => {
  expect(rowsOf({ ...FIELD, value: 'a.example.com/path/0_abc12345' }, true, 28)).toEqual([
    'Entry   …m/path/0_abc12345',
  ]);
  expect(rowsOf({ ...FIELD, value: '0123456789012345678' }, true, 28)).toEqual(['Entry   0123456789012345678']);
});

test('a label above its field wraps in a narrow window, and the cursor stays in the field', () => {
  const field: TextControl = { ...FIELD, label: 'Room number (schedule resource)', value: '42' };
  const view = { heading: '', question: '', controls: [field], help: [] };
  const { lines, cursor } = fieldBlock(field, freshInteraction(view, null), true, 31, 29, glyphsFor(false));
  expect(lines.map((line) => line.map(({ text }) => text).join(''))).toEqual([
    'Room number (schedule',
    'resource)',
    '  42',
  ]);
  expect(cursor?.row).toBe(2);
});
