import type { Key as InkKey } from 'ink';
import { describe, expect, test } from 'vitest';
import { type Key, keysOf, pasteOf } from '../../source/ui/input/key.js';

/** What Ink hands over, put back into key presses. */

const NOTHING: InkKey = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};
const key = (flags: Partial<InkKey>): InkKey => ({ ...NOTHING, ...flags });
const text = (typed: string): Key => ({ name: 'text', text: typed });

describe('one event of Ink', () => {
  test.each<[input: string, flags: Partial<InkKey>, keys: Key[]]>([
    ['a', {}, [text('a')]],
    ['é👍', {}, [text('é👍')]],
    ['', { return: true }, [{ name: 'enter' }]],
    ['\r', { return: true }, [{ name: 'enter' }]],
    ['', { escape: true }, [{ name: 'escape' }]],
    ['', { escape: true, meta: true }, [{ name: 'escape' }]],
    ['', { upArrow: true }, [{ name: 'up' }]],
    ['', { downArrow: true }, [{ name: 'down' }]],
    ['', { leftArrow: true }, [{ name: 'left' }]],
    ['', { leftArrow: true, ctrl: true }, [{ name: 'word-left' }]],
    ['', { rightArrow: true, meta: true }, [{ name: 'word-right' }]],
    ['b', { meta: true }, [{ name: 'word-left' }]],
    ['f', { meta: true }, [{ name: 'word-right' }]],
    ['', { tab: true }, [{ name: 'tab' }]],
    ['', { tab: true, shift: true }, [{ name: 'shift+tab' }]],
    ['', { backspace: true }, [{ name: 'backspace' }]],
    ['', { backspace: true, meta: true }, [{ name: 'ctrl+w' }]],
    ['', { delete: true }, [{ name: 'delete' }]],
    ['', { pageUp: true }, [{ name: 'pageup' }]],
    ['', { pageDown: true }, [{ name: 'pagedown' }]],
    ['', { home: true }, [{ name: 'home' }]],
    ['', { end: true }, [{ name: 'end' }]],
    ['c', { ctrl: true }, [{ name: 'ctrl+c' }]],
    ['u', { ctrl: true }, [{ name: 'ctrl+u' }]],
    // F1 and its like come without a name.
    ['', {}, [{ name: 'function' }]],
  ])('%j %j is %j', (input, flags, keys) => {
    expect(keysOf(input, key(flags))).toEqual(keys);
  });
});

describe('several keys that came in one read', () => {
  test.each<[chunk: string, keys: Key[]]>([
    ['abc\r', [text('abc'), { name: 'enter' }]],
    ['abc\n', [text('abc'), { name: 'enter' }]],
    ['abc\r\n', [text('abc'), { name: 'enter' }]],
    ['102\tsecret\r', [text('102'), { name: 'tab' }, text('secret'), { name: 'enter' }]],
    ['ab\u007Fc', [text('ab'), { name: 'backspace' }, text('c')]],
    ['ab\bc', [text('ab'), { name: 'backspace' }, text('c')]],
    ['ab\u0001x', [text('ab'), { name: 'ctrl+a' }, text('x')]],
    ['ab\u0015', [text('ab'), { name: 'ctrl+u' }]],
    ['ab\u0003', [text('ab'), { name: 'ctrl+c' }]],
    ['a\u001B', [text('a'), { name: 'escape' }]],
    ['\r\r', [{ name: 'enter' }, { name: 'enter' }]],
    ['\r\n\r\n', [{ name: 'enter' }, { name: 'enter' }]],
  ])('%j', (chunk, keys) => {
    expect(keysOf(chunk, NOTHING)).toEqual(keys);
  });

  test('nothing typed is lost, however long', () => {
    const long = 'x'.repeat(10_000);
    expect(keysOf(`${long}\r`, NOTHING)).toEqual([text(long), { name: 'enter' }]);
  });
});

describe('a paste', () => {
  test.each([
    ['secret', 'secret'],
    ['secret\n', 'secret'],
    ['secret\r\n', 'secret'],
    ['secret\n\n\n', 'secret'],
    // What stands inside is for the field to judge.
    ['sec\nret', 'sec\nret'],
    ['\nsecret', '\nsecret'],
    [' secret ', ' secret '],
  ])('%j inserts %j, and is no key press', (pasted, inserted) => {
    expect(pasteOf(pasted)).toEqual({ name: 'paste', text: inserted });
  });
});
