import type { PathItem, View } from '../../wizard/view.js';
import type { Glyphs } from './glyphs.js';
import { cut, type Line, type Look, lineWidth, type Segment, widthOf } from './line.js';

const NAME = 'kaltura-ks';

/** Who speaks, and where one is. */
export function titleLine(view: View, width: number, glyphs: Glyphs): Line {
  const room = width - widthOf(view.heading) - widthOf(NAME);
  if (room < 2) return [{ text: cut(view.heading, width, glyphs.more), look: 'dim' }];
  return [
    { text: NAME, look: 'accent' },
    { text: ' '.repeat(room) + view.heading, look: 'dim' },
  ];
}

const LOOKS: Readonly<Record<PathItem['state'], Look>> = { done: 'good', here: 'strong', ahead: 'dim' };

const WIDEST_ANSWER = 22;

/** What was answered so far, folded from the left, then cut at the right, where it does not fit. */
export function pathLine(path: readonly PathItem[], width: number, glyphs: Glyphs): Line {
  const items = path.map(({ label, state }): Segment => {
    const sign = { done: glyphs.done, here: glyphs.here, ahead: glyphs.ahead }[state];
    return { text: `${sign} ${cut(label, WIDEST_ANSWER, glyphs.more)}`, look: LOOKS[state] };
  });
  const joined = (segments: readonly Segment[]): Segment[] =>
    segments.flatMap((segment, index) => (index === 0 ? [segment] : [{ text: '  ', look: 'dim' as const }, segment]));
  const here = path.findIndex((item) => item.state === 'here');
  const folded: Segment = { text: glyphs.more, look: 'dim' };
  for (let from = 0; from <= here; from++) {
    const line = joined(from === 0 ? items : [folded, ...items.slice(from)]);
    if (lineWidth(line) <= width) return line;
  }
  const tail = joined([...(here > 0 ? [folded] : []), ...items.slice(here)]);
  const fitting: Segment[] = [];
  for (const segment of tail) {
    if (lineWidth(fitting) + widthOf(segment.text) > width - 2) break;
    fitting.push(segment);
  }
  return fitting;
}
