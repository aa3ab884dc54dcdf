import { inspect } from 'node:util';

const MASK = '[secret]';

/**
 * A text that must never be shown by accident: an account secret, a password, a one-time code, an app token or a KS.
 * Printing, logging, interpolating or serializing it gives a mask. Only `reveal()` returns the text, so a search for
 * that name finds every use.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  /** Returns whether both secrets have the same text. */
  equals(other: Secret): boolean {
    return this.#text === other.#text;
  }

  /** Length in characters, as shown to the person who typed it. */
  get length(): number {
    return [...this.#text].length;
  }

  /** The last four characters if at least eight others stay hidden; otherwise ''. */
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
