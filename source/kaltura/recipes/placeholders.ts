import { checkAddress, checkFirstOnly, checkId, checkNumber, checkOneId } from '../privileges/values.js';

/** A value that a recipe asks for. Its ID is also the name of its flag. */
export interface Placeholder {
  readonly noun: string;
  readonly example: string;
  /** Where to find the value: a sentence. */
  readonly where: string;
  /** The name of several values, if they are allowed, joined with `/`. */
  readonly list?: string;
  /** The only valid values, with their meaning. */
  readonly choices?: Readonly<Record<string, string>>;
  /** Whether a privilege contains the value percent-encoded. */
  readonly isEncoded?: boolean;
  /** Whether the value is a name in any language. */
  readonly isName?: boolean;
  /** Returns what is wrong with one value, in a sentence; null if it is valid. */
  readonly check: (text: string) => string | null;
}

/** A comma ends a privilege in both key versions; a `;` shifts the fields of a version 1 key (docs/kaltura-products.md 2). */
export const checkText = (text: string): string | null => {
  const sign = /[,;]/.exec(text)?.[0];
  if (sign === ',') return 'A comma ends a privilege. Leave it out.';
  return sign === undefined ? null : 'A key of version 1 can’t contain a semicolon. Leave it out.';
};

const checkHost = (text: string): string | null =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text) ? null : 'Give the host only, such as 2345678.kaf.kaltura.com.';

const checkWebUrl = (text: string): string | null =>
  /^https?:\/\//.test(text) && URL.canParse(text) ? null : 'Give a full URL, such as https://www.example.com/done.';

const checkPositive = (text: string): string | null =>
  /^[1-9]\d*$/.test(text) ? null : 'Give a whole number, 1 or more, in digits.';

/** Refuses spaces, because a privilege contains the name as it is. */
const checkApplicationName = (text: string): string | null =>
  /\s/.test(text) ? 'An application name has no spaces here. Write a hyphen instead.' : checkOneId(text);

/** All values that recipes ask for (docs/kaltura-products.md 1). */
export const PLACEHOLDERS = {
  entry: {
    noun: 'entry ID',
    example: '0_abc12345',
    where: 'In KMC: Content → Entries, column ID.',
    check: checkOneId,
  },
  entries: {
    noun: 'entry IDs',
    example: '0_abc12345/0_def67890',
    where: 'In KMC: Content → Entries, column ID. Join several with /.',
    list: 'IDs',
    check: checkId,
  },
  playlist: {
    noun: 'playlist ID',
    example: '0_abc12345',
    where: 'It has the form of an entry ID. kaltura-ks doesn’t know where KMC shows it.',
    check: checkOneId,
  },
  player: {
    noun: 'player number (uiConf ID)',
    example: '54321098',
    where: 'The number of a player in KMC → Studio. Without it, replace PLAYER_NUMBER in the code.',
    check: checkPositive,
  },
  asset: {
    noun: 'caption asset ID',
    example: '1_cap12345',
    where: 'The API call caption_captionAsset.list returns it.',
    check: checkOneId,
  },
  context: {
    noun: 'privacy context',
    example: 'MyPortal',
    where:
      'The label of a portal: a key with it finds only content of the categories that have this label. KMC → Content → Categories, the settings of the category; or category.get, field privacyContext.',
    check: checkFirstOnly,
  },
  category: {
    noun: 'category ID',
    example: '12345678',
    where: 'Limits Genie to this category. KMC → Content → Categories; or category.list.',
    check: checkPositive,
  },
  app: {
    noun: 'application name',
    example: 'shop-www.example.com',
    where: 'You choose it: a name and a domain. Reports use it.',
    check: checkApplicationName,
  },
  event: {
    noun: 'event number',
    example: '1234567',
    where: 'The API calls schedule_scheduleEvent.add and schedule_scheduleEvent.list return it.',
    check: checkPositive,
  },
  'virtual-event': {
    noun: 'virtual event number',
    example: '12345',
    where: 'The number of the virtual event. Ask Kaltura where to find it.',
    check: checkPositive,
  },
  resource: {
    noun: 'room number (schedule resource)',
    example: '987654',
    where: 'The API call schedule_scheduleResource.list returns it. Rooms have the tag vcprovider:newrow.',
    check: checkPositive,
  },
  role: {
    noun: 'role in the application',
    example: 'privateOnlyRole',
    where: 'You choose what the person may do in KAF.',
    choices: {
      viewerRole: 'watch only, no My Media',
      privateOnlyRole: 'the minimum for My Media',
      adminRole: 'publish anywhere',
      unmoderatedAdminRole: 'publish anywhere, without moderation',
    },
    check: () => null,
  },
  'gallery-role': {
    noun: 'role in the gallery',
    example: '3',
    where: 'You choose it. 0 is the manager, not “nothing”.',
    choices: { 0: 'manager', 1: 'moderator', 2: 'contributor', 3: 'member', 4: 'none' },
    check: () => null,
  },
  'role-id': {
    noun: 'role number',
    example: '123456',
    where: 'KMC → Administration → Roles; or userRole.list.',
    check: checkPositive,
  },
  'first-name': {
    noun: 'first name',
    example: 'Jo',
    where: 'Other people see this name.',
    isName: true,
    check: () => null,
  },
  'last-name': {
    noun: 'last name',
    example: 'Doe',
    where: 'Other people see this name.',
    isName: true,
    check: () => null,
  },
  gallery: {
    noun: 'gallery name',
    example: 'Biology 101',
    where: 'The name of the gallery (category) to open in KAF.',
    isName: true,
    check: () => null,
  },
  kaf: {
    noun: 'host of the KAF instance',
    example: '2345678.kaf.kaltura.com',
    where:
      'Usually <partner ID>.kaf.kaltura.com in the US region. Otherwise, ask Kaltura. The page https://<host>/version tests it.',
    check: checkHost,
  },
  'return-url': {
    noun: 'return URL',
    example: 'https://www.example.com/done',
    where: 'Your page that receives the choice. It is on the same domain as the page that shows the picker.',
    isEncoded: true,
    check: checkWebUrl,
  },
  ip: {
    noun: 'IP address of the viewer',
    example: '203.0.113.7',
    where: 'The address from which the viewer’s request reaches your server, not the server’s own.',
    list: 'addresses',
    check: checkAddress,
  },
  calls: {
    noun: 'number of calls',
    example: '10',
    where: 'You choose it. Kaltura’s guides say 4 in one place and 10 in another.',
    check: checkPositive,
  },
  genie: {
    noun: 'Genie ID',
    example: 'default',
    where: 'Ask Kaltura for it.',
    check: checkOneId,
  },
  'genie-config': {
    noun: 'Genie configuration number',
    example: '4321',
    where: 'Ask Kaltura where to find it.',
    check: checkPositive,
  },
  agent: {
    noun: 'agent ID',
    example: 'agent-42',
    where: 'Ask Kaltura where to find it.',
    check: checkOneId,
  },
  search: {
    noun: 'search context',
    example: 'kms_esearch_history_global_context',
    where: 'Kaltura’s guide has kms_esearch_history_global_context. Other values are not confirmed.',
    check: checkOneId,
  },
  'file-id': {
    noun: 'file ID',
    example: '0_abc12345',
    where: 'It is in the link that the server mails.',
    check: checkOneId,
  },
  from: {
    noun: 'start time (Unix seconds)',
    example: '1767225600',
    where: 'date -d 2026-01-01 +%s prints it on Linux.',
    check: checkNumber,
  },
  to: {
    noun: 'end time (Unix seconds)',
    example: '1769904000',
    where: 'date -d 2026-02-01 +%s prints it on Linux.',
    check: checkNumber,
  },
  server: {
    noun: 'command of the MCP server',
    example: 'npx my-mcp-server',
    where: 'The documentation of the MCP server.',
    check: () => null,
  },
} as const satisfies Readonly<Record<string, Placeholder>>;

export type PlaceholderId = keyof typeof PLACEHOLDERS;

export const PLACEHOLDER_IDS = Object.keys(PLACEHOLDERS) as readonly PlaceholderId[];

export const placeholderOf = (id: PlaceholderId): Placeholder => PLACEHOLDERS[id];

/** The values of a recipe's placeholders. */
export type PlaceholderValues = Partial<Readonly<Record<PlaceholderId, string>>>;
