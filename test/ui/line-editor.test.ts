import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { charactersOf, type Edit, type EditedLine, editLine } from '../../source/ui/input/line-editor.js';
import { anyCharacter } from '../any-character.js';

/** A line in which `|` is the cursor. */
const lineOf = (drawn: string): EditedLine => ({
  text: drawn.replace('|', ''),
  cursor: charactersOf(drawn.split('|')[0] ?? '').length,
});
const drawnOf = ({ text, cursor }: EditedLine): string => {
  const characters = charactersOf(text);
  return [...characters.slice(0, cursor), '|', ...characters.slice(cursor)].join('');
};

const left: Edit = { do: 'move', to: 'left' };
const right: Edit = { do: 'move', to: 'right' };
const insert = (text: string): Edit => ({ do: 'insert', text });
const remove = (what: Extract<Edit, { do: 'delete' }>['what']): Edit => ({ do: 'delete', what });
const moveTo = (to: Extract<Edit, { do: 'move' }>['to']): Edit => ({ do: 'move', to });

describe('an edit', () => {
  test.each<[before: string, edit: Edit, after: string]>([
    ['ab|cd', insert('x'), 'abx|cd'],
    ['|', insert('abc'), 'abc|'],
    ['ab|cd', insert(''), 'ab|cd'],
    ['ab|cd', left, 'a|bcd'],
    ['|abcd', left, '|abcd'],
    ['ab|cd', right, 'abc|d'],
    ['abcd|', right, 'abcd|'],
    ['ab|cd', moveTo('start'), '|abcd'],
    ['ab|cd', moveTo('end'), 'abcd|'],
    ['one two|', moveTo('word-left'), 'one |two'],
    ['one two  |', moveTo('word-left'), 'one |two  '],
    ['one |two', moveTo('word-left'), '|one two'],
    ['|one two', moveTo('word-right'), 'one| two'],
    ['one| two', moveTo('word-right'), 'one two|'],
    ['ab|cd', remove('before'), 'a|cd'],
    ['|abcd', remove('before'), '|abcd'],
    ['ab|cd', remove('at'), 'ab|d'],
    ['abcd|', remove('at'), 'abcd|'],
    ['ab|cd', remove('to-start'), '|cd'],
    ['ab|cd', remove('to-end'), 'ab|'],
    ['one two|', remove('word-before'), 'one |'],
    ['one two  |', remove('word-before'), 'one |'],
    ['one tw|o', remove('word-before'), 'one |o'],
    ['|one', remove('word-before'), '|one'],
    // One key press deletes one visible character.
    ['a👩‍👩‍👧‍👦|b', remove('before'), 'a|b'],
    ['ae\u0301|b', remove('before'), 'a|b'],
    ['a|🇩🇪b', remove('at'), 'a|b'],
    ['a|👍🏽b', right, 'a👍🏽|b'],
  ])('%j, %j: %j', (before, edit, after) => {
    expect(drawnOf(editLine(lineOf(before), edit))).toBe(after);
  });

  test('a combining accent joins the character before it, and the cursor stays after both', () => {
    expect(editLine(lineOf('e|x'), insert('\u0301'))).toEqual({ text: 'e\u0301x', cursor: 1 });
  });

  test('a cursor beyond the end counts as the end', () => {
    expect(editLine({ text: 'ab', cursor: 99 }, insert('c'))).toEqual({ text: 'abc', cursor: 3 });
  });
});

/** The same edits on a plain list of characters, as a model for the editor. */
function editModel({ list, at }: { list: string[]; at: number }, edit: Edit): { list: string[]; at: number } {
  const keep = (from: number, to: number) => ({ list: [...list.slice(0, from), ...list.slice(to)], at: from });
  const isBlank = (index: number) => /^\s$/.test(list[index] ?? ' ');
  let start = at;
  while (start > 0 && isBlank(start - 1)) start--;
  while (start > 0 && !isBlank(start - 1)) start--;
  let end = at;
  while (end < list.length && isBlank(end)) end++;
  while (end < list.length && !isBlank(end)) end++;
  if (edit.do === 'insert') {
    const added = charactersOf(edit.text);
    return { list: [...list.slice(0, at), ...added, ...list.slice(at)], at: at + added.length };
  }
  const places = {
    left: Math.max(0, at - 1),
    right: Math.min(list.length, at + 1),
    start: 0,
    end: list.length,
    'word-left': start,
    'word-right': end,
  };
  if (edit.do === 'move') return { list, at: places[edit.to] };
  switch (edit.what) {
    case 'before':
      return keep(Math.max(0, at - 1), at);
    case 'at':
      return keep(at, Math.min(list.length, at + 1));
    case 'to-start':
      return keep(0, at);
    case 'to-end':
      return { list: list.slice(0, at), at };
    case 'word-before':
      return keep(start, at);
  }
}

/** Characters that never combine with their neighbors, so a list of them is a valid model. */
const separate = fc.array(fc.constantFrom('a', 'B', '7', ' ', ' ', '-', 'é', '界', '👍', '_', '\t'), { maxLength: 6 });

const edits = fc.array(
  fc.oneof(
    separate.map((text): Edit => insert(text.join(''))),
    fc.constantFrom<Edit>(
      left,
      right,
      ...(['start', 'end', 'word-left', 'word-right'] as const).map(moveTo),
      ...(['before', 'at', 'to-start', 'to-end', 'word-before'] as const).map(remove),
    ),
  ),
  { maxLength: 40 },
);

test('any edits give the same result as on a plain list of characters', () => {
  fc.assert(
    fc.property(edits, (sequence) => {
      let line: EditedLine = { text: '', cursor: 0 };
      let model = { list: [] as string[], at: 0 };
      for (const edit of sequence) {
        line = editLine(line, edit);
        model = editModel(model, edit);
        expect(line).toEqual({ text: model.list.join(''), cursor: model.at });
      }
    }),
    { numRuns: 500 },
  );
});

test('splits a long text like Intl.Segmenter, in linear time', () => {
  const signs = fc.constantFrom('a', '\r\n', '\n', 'e\u0301', '👨‍👩‍👧', '🇩🇪🇫🇷', '\u0301'.repeat(700), 'क्षि', '한', ' ');
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 400, size: 'max' }), (pieces) => {
      const text = pieces.join('');
      expect(charactersOf(text)).toEqual(Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment));
    }),
    { numRuns: 50 },
  );
  expect(charactersOf('x'.repeat(1_000_000))).toHaveLength(1_000_000);
  expect(charactersOf('é'.repeat(300_000))).toHaveLength(300_000);
});

test('inserts any text unchanged', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: anyCharacter, maxLength: 20 }), { maxLength: 10 }), (pieces) => {
      const line = pieces.reduce((so, text) => editLine(so, insert(text)), { text: '', cursor: 0 });
      expect(line.text).toBe(pieces.join(''));
    }),
  );
});
