import type { SecretText } from './mistake.js';

/** Returns the texts that code may have used in place of the secret, each with how it differs: the secret itself first. */
export function secretTexts(secret: string): readonly (readonly [difference: SecretText | null, text: string])[] {
  const variants: readonly (readonly [SecretText, string])[] = [
    ['line-end', `${secret}\n`],
    ['line-end', `${secret}\r\n`],
    ['line-end', `${secret}\r`],
    ['upper-case', secret.toUpperCase()],
    ['lower-case', secret.toLowerCase()],
    ['quotes', `"${secret}"`],
    ['quotes', `'${secret}'`],
    ['spaces', ` ${secret}`],
    ['spaces', `${secret} `],
    ['spaces', secret.trim()],
    ['spaces', `${secret}\t`],
    ['spaces', `${secret}\u00A0`],
    ['byte-order-mark', `\uFEFF${secret}`],
    ['base64', Buffer.from(secret, 'utf8').toString('base64')],
    ['base64', Buffer.from(`${secret}\n`, 'utf8').toString('base64')],
    ['shortened', secret.slice(0, -1)],
    ['shortened', secret.slice(1)],
    ['repeated', `${secret}${secret}`],
    // The bytes of UTF-16, which are text with NUL characters for a secret in ASCII.
    ['utf-16', secret.replaceAll(/./g, '$&\0')],
    ['utf-16', secret.replaceAll(/./g, '\0$&')],
  ];
  return [[null, secret], ...variants.filter(([, text]) => text !== secret && text !== '')];
}
