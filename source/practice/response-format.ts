import type { ApiError } from './api-error.js';

/** The result of an action: a bare value, an object, or null for nothing. */
export type ApiValue = null | boolean | number | string | readonly ApiValue[] | ApiObject;

/**
 * An API object. Its fields keep their order. JSON omits null fields, XML writes them as empty elements
 * (docs/kaltura-facts.md 3.3).
 */
export interface ApiObject {
  readonly [field: string]: ApiValue | undefined;
  readonly objectType: string;
}

/** Formats JSON like PHP: escapes slashes and all characters beyond ASCII. */
export const jsonAnswer = (value: ApiValue): string => (value === null ? 'null' : phpJson(value));

/** Formats an error as JSON. Without arguments, `args` is an empty list, not an object (docs/kaltura-facts.md 0.8). */
export const jsonError = ({ code, message, args }: ApiError): string =>
  phpJson({ code, message, objectType: 'KalturaAPIException', args: Object.keys(args).length === 0 ? [] : args });

function phpJson(value: unknown): string {
  return JSON.stringify(value, (_name, inner) => (inner === null ? undefined : inner))
    .replaceAll('/', '\\/')
    .replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export const xmlAnswer = (value: ApiValue): string => xmlDocument(xmlValue(value));

export function xmlError({ code, message, args }: ApiError): string {
  const items = Object.entries(args).map(
    ([name, value]) =>
      `<item>${element('objectType', 'KalturaApiExceptionArg')}${element('name', name)}${element('value', value)}</item>`,
  );
  const error = [element('code', code), element('message', message), element('objectType', 'KalturaAPIException')];
  return xmlDocument(`<error>${error.join('')}<args>${items.join('')}</args></error>`);
}

// The execution time is invented; only its presence matters.
const xmlDocument = (result: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><xml><result>${result}</result><executionTime>0.001</executionTime></xml>`;

const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`;

function xmlValue(value: ApiValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value !== 'object') return escapeXml(String(value));
  if (isList(value)) return value.map((item) => `<item>${xmlValue(item)}</item>`).join('');
  const { objectType, ...fields } = value;
  const inner = Object.entries(fields).map(([name, field]) => `<${name}>${xmlValue(field)}</${name}>`);
  return `${element('objectType', objectType)}<relatedObjects></relatedObjects>${inner.join('')}`;
}

const isList = (value: readonly ApiValue[] | ApiObject): value is readonly ApiValue[] => Array.isArray(value);

const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
