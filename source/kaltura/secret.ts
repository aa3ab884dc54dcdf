import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A text that must not be seen by accident: a permanent secret, a password, a one-time code, an app token or a
 * KS. Printing, logging, interpolating or serialising it gives a mask; `reveal()` is the only way to the text, so that
 * every place that uses one can be found by searching for that word.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  /** Whether both hold the same text. */
  equals(other: Secret): boolean {
    return this.#text === other.#text;
  }

  /** Length in characters, as shown to the person who typed it. */
  get length(): number {
    return [...this.#text].length;
  }

  /** The last four characters where that leaves at least eight hidden, else nothing. */
  get ending(): string {
    return this.length >= 12 ? this.#text.slice(-4) : '';
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
