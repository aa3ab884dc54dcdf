/** Actions of the API that the facts name, for completion and suggestions (docs/kaltura-facts.md, docs/kaltura-products.md). */
export const KNOWN_ACTIONS: readonly string[] = [
  'appToken.add',
  'appToken.delete',
  'appToken.get',
  'appToken.list',
  'appToken.startSession',
  'appToken.update',
  'baseEntry.add',
  'baseEntry.addFromUploadedFile',
  'baseEntry.count',
  'baseEntry.flag',
  'baseEntry.get',
  'baseEntry.getContextData',
  'baseEntry.list',
  'caption_captionAsset.list',
  'category.add',
  'category.get',
  'category.list',
  'categoryEntry.add',
  'cuePoint.add',
  'cuePoint.delete',
  'cuePoint.get',
  'flavorAsset.getUrl',
  'liveStream.add',
  'media.add',
  'media.addContent',
  'media.addFromRecordedWebcam',
  'media.addFromUploadedFile',
  'media.update',
  'metadata.add',
  'partner.count',
  'partner.get',
  'partner.getInfo',
  'partner.getPublicInfo',
  'partner.list',
  'partner.listPartnersForUser',
  'partner.update',
  'permission.get',
  'reach_entryVendorTask.add',
  'reach_vendorCatalogItem.list',
  'report.getTable',
  'schedule_scheduleEvent.add',
  'schedule_scheduleResource.list',
  'session.end',
  'session.get',
  'stats.collect',
  'system.getTime',
  'system.getVersion',
  'system.ping',
  'uploadToken.add',
  'uploadToken.list',
  'uploadToken.upload',
  'user.get',
  'userEntry.add',
  'userRole.list',
];

const lower = (text: string): string => text.toLowerCase();

/** Returns an action in the spelling of the facts, if they name it. Names ignore case (docs/kaltura-facts.md 3.1). */
const spelled = (action: string): string => KNOWN_ACTIONS.find((known) => lower(known) === lower(action)) ?? action;

/** Checks for the form `service.action`. The name of a plugin's service contains an underscore. */
export const isActionName = (text: string): boolean => /^[a-z]\w{0,63}\.[a-z]\w{0,63}$/i.test(text);

/** First words of the names of actions that change nothing. */
const READING = ['get', 'list', 'count', 'ping', 'search', 'serve', 'is'];

/** Names that begin with such a word, and change something all the same. */
const EXCEPTIONS = /^getExclusive/i;

/**
 * Returns whether an action only reads, judged by the first word of its name. Any other action counts as one that writes. The word ends with
 * the name or before a capital and a small letter. A name without capitals has no visible words: then only a whole name, or a known action,
 * counts.
 */
export function isReadingAction(action: string): boolean {
  const [, name = ''] = spelled(action).split('.');
  if (EXCEPTIONS.test(name)) return false;
  const [first = name] = /^[A-Za-z][a-z]*(?=(?:[A-Z][a-z0-9]+)+$)/.exec(name) ?? [];
  return READING.includes(lower(first));
}

/** `1[service]`, `2:action`: names of parameters that put several calls into one (docs/kaltura-facts.md 3.3). */
const INNER_CALL = /^(\d+)(?:\[|:)(service|action)\b/i;

/**
 * Returns whether a call only reads. A call of several actions (`multirequest`) only reads if each of them does.
 *
 * @param parameters the values by the names in which a form sends them
 */
export function isReadingCall(action: string, parameters: Readonly<Record<string, unknown>>): boolean {
  const inner = new Map<string, { service: unknown[]; action: unknown[] }>();
  for (const [name, value] of Object.entries(parameters)) {
    const [, index, part] = INNER_CALL.exec(name) ?? [];
    if (index === undefined || part === undefined) continue;
    const call = inner.get(index) ?? { service: [], action: [] };
    call[lower(part) as keyof typeof call].push(value);
    inner.set(index, call);
  }
  const isMultirequest = /^multirequest\./i.test(action);
  if (!isMultirequest && !isReadingAction(action)) return false;
  if (isMultirequest && inner.size === 0) return false;
  return [...inner.values()].every((call) => {
    const name = `${call.service.join()}.${call.action.join()}`;
    return isActionName(name) && !/^multirequest\./i.test(name) && isReadingAction(name);
  });
}
