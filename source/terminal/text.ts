/**
 * Characters that a terminal may act on, or that are invisible: control and format characters (escape sequences, text direction, zero width),
 * line and paragraph separators, lone surrogates, and everything that Unicode calls default-ignorable.
 */
const unsafe = (): RegExp => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Most text is plain ASCII and needs no Unicode tables, which V8 loads when it reads a pattern with `\p`. */
const PLAIN = /^[ -~]*$/;
const PLAIN_LINES = /^[\n\t -~]*$/;

const REPLACEMENT = '\uFFFD';

/** Replaces unsafe characters by the replacement character. For a single line: line breaks and tabs are replaced too. */
export const terminalLine = (text: string): string => escapeUnsafe(text, () => REPLACEMENT);

/** Like `terminalLine`, but keeps line breaks and tabs. Every text on its way to a terminal passes through this function or `terminalLine`. */
export const terminalText = (text: string): string =>
  PLAIN_LINES.test(text)
    ? text
    : text.replaceAll(unsafe(), (character) => (character === '\n' || character === '\t' ? character : REPLACEMENT));

/** Replaces each unsafe character, line breaks and tabs included, by what `codeOf` returns for it. */
export const escapeUnsafe = (text: string, codeOf: (character: string) => string): string =>
  PLAIN.test(text) ? text : text.replaceAll(unsafe(), codeOf);

/** The code point of the first unsafe character, such as `U+001B`; null if there is none. */
export function unsafeCharacter(text: string): string | null {
  const code = PLAIN.test(text) ? undefined : unsafe().exec(text)?.[0].codePointAt(0);
  return code === undefined ? null : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What the sanitizer needs of a stream. */
interface Writable {
  write(text: string): unknown;
}

const rawStreams = new WeakMap<object, object>();

/**
 * Wraps a stream so that everything written to it is sanitized. This is where text reaches the terminal, so no caller can forget it. Intended
 * escape sequences go through `unsanitizedStream`.
 *
 * @param convert what else to do with the text, such as `asciiText`
 */
export function sanitizedStream<Stream extends Writable & object>(
  stream: Stream,
  convert: (text: string) => string = (text) => text,
): Stream {
  const wrapped = convertedStream(stream, (text) => convert(terminalText(text)));
  rawStreams.set(wrapped, stream);
  return wrapped;
}

/** Wraps a stream so that everything written to it is converted. */
export function convertedStream<Stream extends Writable & object>(
  stream: Stream,
  convert: (text: string) => string,
): Stream {
  const decoder = new TextDecoder();
  const write = (chunk: string | Uint8Array, ...others: unknown[]): unknown => {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    // Encoded as text now, so an encoding given for bytes doesn't apply.
    return Reflect.apply(stream.write, stream, [convert(text), ...others]);
  };
  // The stream's own methods run on the stream itself: they use fields that a proxy can't reach.
  return new Proxy(stream, {
    get: (target, property) => {
      if (property === 'write') return write;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, property, value) => Reflect.set(target, property, value, target),
  });
}

/**
 * The stream without the sanitizer, for escape sequences of our own: bracketed paste, the clipboard (OSC 52), what Ink draws. Text from
 * elsewhere must not be written to it.
 */
export const unsanitizedStream = <Stream extends Writable & object>(stream: Stream): Stream =>
  (rawStreams.get(stream) as Stream | undefined) ?? stream;
