import { peekKs } from './ks.js';

/** Servers and proxies commonly refuse header lines and addresses that are longer, and no key comes near it. */
const LONGEST_KS = 8192;

/** Both alphabets (facts 1.2). The server skips blanks and line ends inside a key; one that is handed on has none. */
const KS_ALPHABETS = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** Whether a text of unknown origin may be shown, copied and handed on as a key: nothing in it but what a KS is made of, and it names its account. */
export function isKsText(text: string): boolean {
  if (text.length > LONGEST_KS || !KS_ALPHABETS.test(text)) return false;
  try {
    return Number.isSafeInteger(peekKs(text).partnerId);
  } catch {
    return false;
  }
}
