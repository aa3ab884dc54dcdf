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
 * Returns whether an action only reads, judged by the first word of its name. Any other action counts as one that writes. A name without
 * capitals has no visible words: then only a whole name, or a known action, counts.
 */
export function isReadingAction(action: string): boolean {
  const [, name = ''] = spelled(action).split('.');
  if (EXCEPTIONS.test(name)) return false;
  const [first = ''] = /^[A-Z]*[a-z0-9]*$/.test(name) ? [name] : name.split(/(?=[A-Z])|_/);
  return READING.includes(lower(first));
}
