import { ApiError } from './api-error.js';

/** The result of an action: a bare value, an object, null for nothing, or an error. */
export type ApiValue = null | boolean | number | string | readonly ApiValue[] | ApiObject | ApiError;

/**
 * An API object. Its fields keep their order. JSON omits null fields, XML writes them as empty elements
 * (docs/kaltura-facts.md 3.3).
 */
export interface ApiObject {
  readonly [field: string]: ApiValue | undefined;
  readonly objectType: string;
}

/** Formats JSON like PHP: escapes slashes and all characters beyond ASCII. */
export function formatJson(value: ApiValue): string {
  const json = JSON.stringify(value, (_name, inner) =>
    inner instanceof ApiError ? errorObject(inner) : (inner ?? undefined),
  );
  return (json ?? 'null')
    .replaceAll('/', '\\/')
    .replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Without arguments, `args` is an empty list, not an object (docs/kaltura-facts.md 0.8). */
const errorObject = ({ code, message, args }: ApiError): object => ({
  code,
  message,
  objectType: 'KalturaAPIException',
  args: Object.keys(args).length === 0 ? [] : args,
});

/**
 * Formats XML.
 *
 * @param ignoreNull leaves out null fields and the empty `relatedObjects` (docs/kaltura-facts.md 3.1)
 */
export function formatXml(value: ApiValue, ignoreNull: boolean): string {
  // The execution time is invented; only its presence matters.
  const result = `<result>${xmlValue(value, ignoreNull)}</result><executionTime>0.001</executionTime>`;
  return `<?xml version="1.0" encoding="utf-8"?><xml>${result}</xml>`;
}

function xmlValue(value: ApiValue | undefined, ignoreNull: boolean): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value !== 'object') return escapeXml(String(value));
  if (value instanceof ApiError) return xmlError(value);
  if (isList(value)) return value.map((item) => `<item>${xmlValue(item, ignoreNull)}</item>`).join('');
  const { objectType, ...fields } = value;
  const inner = Object.entries(fields)
    .filter(([, field]) => !ignoreNull || (field ?? null) !== null)
    .map(([name, field]) => `<${name}>${xmlValue(field, ignoreNull)}</${name}>`);
  return `${element('objectType', objectType)}${ignoreNull ? '' : '<relatedObjects></relatedObjects>'}${inner.join('')}`;
}

function xmlError({ code, message, args }: ApiError): string {
  const items = Object.entries(args).map(
    ([name, value]) =>
      `<item>${element('objectType', 'KalturaApiExceptionArg')}${element('name', name)}${element('value', value)}</item>`,
  );
  const error = [element('code', code), element('message', message), element('objectType', 'KalturaAPIException')];
  return `<error>${error.join('')}<args>${items.join('')}</args></error>`;
}

const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`;

const isList = (value: readonly ApiValue[] | ApiObject): value is readonly ApiValue[] => Array.isArray(value);

const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
