/** A secret that came with something around it. */
export interface WrappedSecret {
  readonly secret: string;
  /** How it came, as the end of a sentence: `was in quotes`. */
  readonly what: string;
}

/** 32 hex digits (docs/kaltura-facts.md 7). */
const HEX_32 = /^[0-9a-f]{32}$/;

const QUOTED = /^\\?["'`\u2018-\u201F](.*?)\\?["'`\u2018-\u201F][,;]?$/;

/** `NAME=…` of a shell or an .env file, and a property of JSON, YAML or PHP. */
const NAMED =
  /^[{\s]*(?:export\s+|set\s+|\$env:|ENV\s+)?(["']?[\w .-]{1,60}["']?)\s*(?:=>?|:=?)\s*([^\s"'=:]+=?|"[^"]*"|'[^']*')\s*(?:#.*|[,;}\s]*)$/i;

const XML = /^<([\w:.-]{1,60})[^<>]*>\s*([^<>\s]+)\s*<\/\1>$/;

/** Base64 of 32 characters, with or without a line end after them. */
const BASE64 = /^[A-Za-z0-9+/_-]{42,46}={0,2}$/;

function decodedSecret(text: string): string | null {
  if (!BASE64.test(text)) return null;
  const decoded = Buffer.from(text, 'base64').toString('latin1').trim();
  return HEX_32.test(decoded) ? decoded : null;
}

/** Finds the secret in one value: 32 hex digits, plain, in quotes or in base64. */
function secretIn(value: string): string | null {
  const bare = QUOTED.exec(value)?.[1]?.trim() ?? value;
  return /^[0-9a-f]{32}$/i.test(bare) ? bare : decodedSecret(bare);
}

/** Finds the secret in quotes, in `NAME=…`, in a property, in an XML element or in base64; null if the text is something else. */
export function wrappedSecret(text: string): WrappedSecret | null {
  const decoded = decodedSecret(text);
  if (decoded !== null) return { secret: decoded, what: 'was base64' };
  const quoted = QUOTED.exec(text)?.[1]?.trim();
  const inQuotes = quoted === undefined ? null : secretIn(quoted);
  if (inQuotes !== null) return { secret: inQuotes, what: 'was in quotes' };
  const value = (NAMED.exec(text) ?? XML.exec(text))?.[2];
  const named = value === undefined ? null : secretIn(value);
  if (named === null) return null;
  return { secret: named, what: 'came with its name' };
}

/** A line of a file that can stand beside a secret: empty, a comment, or the value of another name. */
const OTHER_LINE =
  /^\s*(?:[#;/].*)?$|^\s*(?:export\s+)?["']?[\w.-]+["']?\s*[=:]|^\s*[{}[\]]\s*[,;]?\s*$|^\[[\w .-]+\]$/;

const SECRET_NAME = /secret|token|kaltura/i;

/** Finds the only secret in several lines, such as those of an .env file; null if there is none, or more than one. */
export function secretInLines(text: string): WrappedSecret | null {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim());
  if (lines.length < 2 || !lines.every((line) => HEX_32.test(line) || OTHER_LINE.test(line))) return null;
  const found = lines
    .map((line) => (HEX_32.test(line) ? line : SECRET_NAME.test(line) ? wrappedSecret(line)?.secret : undefined))
    .filter((secret) => secret !== undefined);
  const [secret] = found;
  return secret !== undefined && new Set(found).size === 1 ? { secret, what: 'was in one of several lines' } : null;
}

/** Warns about what was probably copied together with a password. It stays a part of it, because a password can have any character. */
export function passwordWarning(text: string): string | null {
  if (/^(?:export\s+|set\s+|\$env:)?\w*(?:PASSWORD|PASSWD|PASS|PWD)\s*[=:]/i.test(text)) {
    return `The password came with its name. The name is used as part of the password.`;
  }
  if (/^(["'`]).*\1$|^[\u2018\u201C\u201E].*[\u2019\u201D\u201C]$/.test(text)) {
    return 'The password is in quotes. They are used as part of the password.';
  }
  return null;
}
