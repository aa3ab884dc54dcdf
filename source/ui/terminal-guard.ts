const PASTE_BEGINS = '\u001B[200~';
const PASTE_ENDS = '\u001B[201~';
const CTRL_C = '\u0003';

/**
 * Hears Ctrl-C where Ink does not: a paste whose end never comes (the connection broke off, or a program wrote its beginning) swallows
 * every key after it. The last character of what was read while a paste is open counts; others can be part of what is pasted.
 *
 * It looks at what `read` gives to Ink. A listener of its own for `data` would take the bytes from Ink, one for `readable` cannot look
 * without taking, and a stream put in between would go on reading while the terminal is lent to a program that asks on it.
 *
 * @returns what ends it
 */
export function watchForCancel(stdin: Pick<NodeJS.ReadStream, 'read'>, onCancel: () => void): () => void {
  const { read } = stdin;
  let isOpen = false;
  let rest = '';
  stdin.read = (size) => {
    const chunk = read.call(stdin, size);
    if (chunk === null) return chunk;
    // A marker may come in two pieces.
    const text = rest + chunk;
    const [begins, ends] = [text.lastIndexOf(PASTE_BEGINS), text.lastIndexOf(PASTE_ENDS)];
    if (begins !== ends) isOpen = begins > ends;
    rest = text.slice(1 - PASTE_BEGINS.length);
    if (isOpen && text.endsWith(CTRL_C)) onCancel();
    return chunk;
  };
  return () => {
    stdin.read = read;
  };
}
