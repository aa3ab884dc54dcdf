import { HTML, isQuotedPrintable, LAYERS, type Layer, QUOTED_PRINTABLE, type Unwrapping } from './layers.js';

export interface Unwrapped {
  readonly text: string;
  /** In the order in which they were taken away. */
  readonly unwrapped: readonly Unwrapping[];
}

const peel = ({ text, unwrapped }: Unwrapped, [name, decode]: Layer): Unwrapped | null => {
  const decoded = decode(text);
  return decoded === text || decoded === '' ? null : { text: decoded, unwrapped: [...unwrapped, name] };
};

/** Takes away what is certainly no part of a key: character references, and the encoding of mails. */
export function unwrapSurely(text: string): Unwrapped {
  const bare: Unwrapped = { text, unwrapped: [] };
  const html = peel(bare, HTML) ?? bare;
  return isQuotedPrintable(html.text) ? (peel(html, QUOTED_PRINTABLE) ?? html) : html;
}

/** In characters: the texts inside, all together. Decoding more would take too long. */
const BUDGET = 400_000;
const DEEPEST = 3;

/** Yields the texts that may be inside this one, with the fewest layers first. */
export function* unwrapMore(outer: Unwrapped): Generator<Unwrapped> {
  let budget = BUDGET;
  const seen = new Set([outer.text]);
  let level = [outer];
  for (let depth = 0; depth < DEEPEST; depth++) {
    const inner: Unwrapped[] = [];
    for (const text of level) {
      for (const layer of LAYERS) {
        budget -= text.text.length;
        if (budget < 0) return;
        const found = peel(text, layer);
        if (found === null || seen.has(found.text)) continue;
        seen.add(found.text);
        // What was inside may have character references or the encoding of mails again.
        const surely = unwrapSurely(found.text);
        const whole = { text: surely.text, unwrapped: [...found.unwrapped, ...surely.unwrapped] };
        yield whole;
        inner.push(whole);
      }
    }
    level = inner;
  }
}
