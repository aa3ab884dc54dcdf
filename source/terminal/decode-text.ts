/** Returns the encoding of a text: UTF-8, or UTF-16 as PowerShell writes it. Without a byte order mark, zero bytes tell. */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16be' | 'utf-16le' {
  const [first, second, third, fourth] = bytes;
  const isBigEndian = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && third === 0);
  const isLittleEndian = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && fourth === 0);
  return isBigEndian ? 'utf-16be' : isLittleEndian ? 'utf-16le' : 'utf-8';
}

/** Decodes UTF-8, or UTF-16 as PowerShell writes it, and removes the byte order mark. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}
