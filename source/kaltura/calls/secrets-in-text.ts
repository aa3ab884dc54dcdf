import { isKsText } from '../ks/peek.js';
import { isSecretName } from './secret-names.js';

/** Replaces a secret in an answer. */
export const MASK = '[secret]';

/** A key of version 2 anywhere in a text, and a key of any version in a URL: `?ks=…`, `/ks/…` (docs/kaltura-facts.md 1.1, 1.2). Group 1: the text before the key. */
const KEYS = [/()djJ8[\w+-]{30,}(?:={1,2}|(?:%3D){1,2})?/gi, /([?&/;]ks(?:[=/]|%3D|%2F))[^&/?#\s"'<>]{8,}/gi];

/** Characters of a key of any version. No key is shorter. */
const KEY_CHARACTERS = /[\w+/-]{30,}={0,2}/g;

/** Masks session keys. */
export const maskKeys = (text: string): string =>
  KEYS.reduce(
    (masked, pattern) => masked.replaceAll(pattern, `$1${MASK}`),
    text.replaceAll(KEY_CHARACTERS, (run) => (isKsText(run) ? MASK : run)),
  );

const QUOTED = `"[^"]*"|'[^']*'`;

/** `?token=…&`, `secret = "…"`, `"secret": "…"`, also in the encoding of a URL. Groups: before the name, the name, before the value. */
const ASSIGNMENT = new RegExp(
  String.raw`(^|[^\w%]|%[0-9a-f]{2})([\w.[\]-]{2,64})((?:\]|%5D)?\s{0,4}(?:\\*["']\s{0,4}:|=|%3D)\s{0,4})(?:${QUOTED}|\\*["']?(?!=)(?:(?!%26)[^&#\s"'<>\\])+)`,
  'gi',
);

/** The text of an XML element, also if it is escaped. Groups: the start tag, the name. */
const ELEMENT =
  /((?:<|&lt;)([\w:.-]{2,64})(?:\s[^<>]{0,200}?)?(?:>|&gt;)\s{0,100})(?:<!\[CDATA\[[^\]]{0,4000}\]\]>|(?:(?!&lt;)[^<])+)/gi;

const HEADER =
  /(\bauthorization\\*["']?\s{0,4}:\s{0,4}\\*["']?(?:\w+ +)?|\bbearer +(?=[\w.~+/-]{0,40}\d))[^\s"'<>,\\]+/gi;

/** A private key in the format PEM, also if its end is missing. */
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY( BLOCK)?-----.*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY( BLOCK)?-----|$)/gs;

/** `sftp://user:password@host`, also in the encoding of a URL. Group 1: the text before the password. */
const URL_PASSWORD =
  /((?:\\?\/\\?\/|%2F%2F)[^\s/?#"'<>@:%]*(?:%(?!3A|2F|40)[^\s/?#"'<>@:%]*)*(?::|%3A))(?:(?!%2F)[^\s/?#"'<>])+(?=@|%40)/gi;

/** Masks session keys, private keys, passwords in URLs, and values that the text itself gives the name of a secret: in URLs, in XML and in settings. */
export function maskSecretsInText(text: string): string {
  const maskIfSecret = (whole: string, name: string, before: string) =>
    isSecretName(name) ? `${before}${MASK}` : whole;
  return maskKeys(text.replaceAll(PRIVATE_KEY, MASK))
    .replaceAll(URL_PASSWORD, `$1${MASK}`)
    .replaceAll(HEADER, `$1${MASK}`)
    .replaceAll(ELEMENT, (whole: string, before: string, name: string) => maskIfSecret(whole, name, before))
    .replaceAll(ASSIGNMENT, (whole: string, start: string, name: string, before: string) =>
      maskIfSecret(whole, name, `${start}${name}${before}`),
    );
}
