import { expect, test } from 'vitest';
import { jsonText } from '../../source/commands/shared/report.js';

test('JSON output escapes control characters, and keeps every value', () => {
  const value = {
    name: 'a\u0000\u001B\u007F\u009B\u00AD\u200B\u202E\u2028\u2066\uFEFF\u{E0041}\n“ü”',
    list: [1, null],
  };
  const text = jsonText(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(text).toContain('“ü”');
  expect(text.split('\n')).toHaveLength(7);
});
