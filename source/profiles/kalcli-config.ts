import { Secret } from '../kaltura/secret.js';

/** The accounts of kalcli's `config.ini` (docs/kaltura-products.md 3). */
export interface KalcliConfig {
  /** The host of the API, usually without a scheme. `readServiceUrl` adds https://, or http:// for this computer. */
  readonly apiHost: string;
  /** Whether the file has an `apiHost`. */
  readonly namesHost: boolean;
  readonly accounts: readonly { readonly partnerId: string; readonly secret: Secret }[];
  /** The partner IDs that occur with different secrets. */
  readonly ambiguous: readonly string[];
}

/** The class of a section with accounts. */
export const PRESET_CLASS = 'KalturaPresetSecretRepository';

const SECTION = /^\[([^\]]*)\]/;
const SETTING = /^([^=;#]+?)\s*=\s*(.*)$/;

/** Returns the value of a line of a PHP ini file, without its quotes or comment. */
function settingValue(text: string): string {
  const [, quoted] = /^"([^"]*)"/.exec(text) ?? /^'([^']*)'/.exec(text) ?? [];
  return quoted ?? text.replace(/\s*;.*$/, '').trim();
}

/** Reads the accounts of the preset sections; null if the text is no `config.ini` of kalcli. Reads no database section. */
export function readKalcliConfig(text: string): KalcliConfig | null {
  const found: { readonly name: string; readonly value: string; readonly section: { isPreset: boolean } }[] = [];
  let host: string | null = null;
  let section: { readonly name: string; isPreset: boolean } = { name: '', isPreset: false };
  let hasPreset = false;
  for (const line of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((one) => one.trim())) {
    const [, heading] = SECTION.exec(line) ?? [];
    if (heading !== undefined) {
      section = { name: heading.trim(), isPreset: false };
      continue;
    }
    const [, name = '', raw = ''] = SETTING.exec(line) ?? [];
    const value = settingValue(raw);
    if (name === 'class' && value === PRESET_CLASS) {
      section.isPreset = true;
      hasPreset = true;
    }
    if (section.name === 'general' && name === 'apiHost' && value !== '') host = value;
    if (/^\d+$/.test(name) && value !== '') found.push({ name, value, section });
  }
  if (!hasPreset) return null;
  // The class may follow the accounts of its section. The first section with a secret of an account wins.
  const accounts = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { name, value } of found.filter((one) => one.section.isPreset)) {
    if (!accounts.has(name)) accounts.set(name, value);
    else if (accounts.get(name) !== value) ambiguous.add(name);
  }
  return {
    apiHost: host ?? 'www.kaltura.com',
    namesHost: host !== null,
    accounts: [...accounts].map(([partnerId, secret]) => ({ partnerId, secret: new Secret(secret) })),
    ambiguous: [...ambiguous],
  };
}

/** Counts the lines that look like an account of `config.ini`, in any section. */
export const countAccountLines = (text: string): number => [...text.matchAll(/^[ \t]*\d+[ \t]*=[ \t]*\S/gm)].length;
