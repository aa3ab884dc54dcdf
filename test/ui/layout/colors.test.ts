import { describe, expect, test } from 'vitest';
import { COLOURS } from '../../../source/ui/rows.js';
import { GALLERY, look } from '../gallery.js';

/** The red, green and blue of a color of xterm's cube of 256. */
const rgbOf = (code: number): number[] =>
  [36, 6, 1].map((step) => [0, 95, 135, 175, 215, 255][Math.floor((code - 16) / step) % 6] ?? 0);

/** The relative luminance, as WCAG 2 defines it. */
function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(Object.entries(COLOURS))('the color of %s (%i)', (_name, code) => {
  test('has a contrast of at least 3:1 on black and on white', () => {
    const light = luminance(rgbOf(code));
    expect((light + 0.05) / 0.05).toBeGreaterThanOrEqual(3);
    expect(1.05 / (light + 0.05)).toBeGreaterThanOrEqual(3);
  });
});

test.each(GALLERY)('$name: only signs and the marked option are colored', (scene) => {
  const { frame } = look(scene, { columns: 80, rows: 24 });
  for (const line of frame.lines) {
    const isMarked = line[0]?.text.startsWith('❯ ') === true;
    for (const { text, look: style } of line) if (style in COLOURS && !isMarked) expect(text).not.toMatch(/\p{L}/u);
  }
});
