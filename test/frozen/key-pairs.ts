/** A profile in plain JSON, with the fields of the saved record. */
export interface PlainProfile {
  readonly name: string;
  readonly region: string;
  readonly serviceUrl: string;
  readonly method: string;
  readonly ksVersion: number;
  readonly partnerId: number | null;
  readonly loginId: string | null;
  readonly tokenId: string | null;
  readonly holder: string | null;
  readonly type: string;
  readonly userId: string;
  readonly lifetime: number;
  readonly privileges: string;
  readonly acceptedRisks: readonly string[];
  readonly secretPlace: Readonly<Record<string, unknown>> & { readonly kind: string };
  readonly keptKey: PlainKey | null;
  readonly lastKeyEndedAt: number | null;
  readonly savedAt: number;
}

export interface PlainKey {
  /** Null if the key is stored in the secret source. */
  readonly ks: string | null;
  readonly facts: {
    readonly partnerId: number | null;
    readonly userId: string | null;
    readonly type: string | null;
    readonly privileges: string | null;
    readonly expiresAt: number | null;
  };
  readonly confirmedBy: string | null;
}

/** Two profiles, and answers that a user types instead of those of the second profile. */
export interface Pair {
  readonly one: PlainProfile;
  readonly other: PlainProfile;
  readonly typed: Readonly<Partial<Record<'partnerId' | 'userId' | 'loginId' | 'tokenId' | 'otherLifetime', string>>>;
  /** Two key texts, which may be the same key in two spellings. */
  readonly keys: readonly [string, string];
}

/** The current time for all pairs, in epoch seconds. */
export const NOW = 1_800_000_000;

/** Returns a random generator of numbers from 0 to 1 with a fixed seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const HOSTS: Readonly<Record<string, string>> = {
  us: 'https://www.kaltura.com',
  eu: 'https://api.eu.kaltura.com',
  own: 'https://video.example',
  practice: 'http://127.0.0.1:47102',
};

const KEYS = [
  'djJ8MTIzNDU2N3xhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3g-_3',
  'djJ8MTIzNDU2N3xhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3g+/3',
  'djJ8MTIzNDU2N3xhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3g-_3==',
  'djJ8MTIzNDU2N3xhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3g-_4',
  'djJ8MTIzNDU2OHxhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3g-_3',
  'djJ8MTIzNDU2N3xhYmNk ZWZnaGlqa2xtbm9wcXJzdHV2d3g-_3',
  'ZGY4Y2M2NjY3YjQ4YjM0NGE0ZmQ1ZTU2M2I1Y2IxYTZhOWNjZWQ3YnwxMDI7MTAyOzE4MDAwMDAwMDA7Mjs',
];

const FACTS = {
  partnerId: [1234567, 1234568, null],
  userId: ['', '0', 'jo', 'editor@example.com', null],
  type: ['USER', 'ADMIN', null],
  privileges: ['', 'list:*', 'sview:0_a,setrole:5', 'setrole:5,sview:0_a', '*', null],
  expiresAt: [NOW + 3600, NOW + 86_400, NOW + 3630, NOW + 7200, NOW - 10, null],
} as const;

/** The possible values of each field, including different spellings of the same value. */
const FIELDS: {
  readonly [Field in Exclude<keyof PlainProfile, 'serviceUrl' | 'keptKey'>]: readonly PlainProfile[Field][];
} = {
  name: ['Acme', 'acme', 'Other'],
  region: ['us', 'eu', 'own', 'practice'],
  method: ['server', 'local', 'login', 'app-token'],
  ksVersion: [1, 2],
  partnerId: [1234567, 1234568, null],
  loginId: [null, 'a@b.example', 'A@b.example', 'c@d.example'],
  tokenId: [null, '0_abc12345', '1_abc12345'],
  holder: ['me', 'server', 'browser', 'vendor', 'nobody', null],
  type: ['USER', 'ADMIN'],
  userId: ['', '0', 'jo', 'Jo', 'editor@example.com'],
  lifetime: [3600, 3601, 86_400, 900],
  privileges: [
    '',
    'list:*',
    'sview:0_a,setrole:5',
    'setrole:5,sview:0_a',
    'sview:0_a, setrole:5',
    '*',
    'disableentitlement',
  ],
  acceptedRisks: [[], ['admin-type'], ['admin-disableentitlement'], ['admin-type', 'admin-disableentitlement']],
  secretPlace: [
    { kind: 'ask' },
    { kind: 'keychain' },
    { kind: 'file' },
    { kind: 'variable', name: 'A' },
    { kind: 'variable', name: 'B' },
    { kind: 'command', command: ['op', 'read', 'x'], usesShell: false },
    { kind: 'command', command: ['op read x'], usesShell: true },
  ],
  lastKeyEndedAt: [null, NOW - 100],
  savedAt: [NOW, NOW - 5],
};

/** Creates pairs from a seed. About half of the pairs differ in exactly one field, a tenth in none, the others in several. */
export function pairsOf(seed: number, count: number): Pair[] {
  const random = seeded(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const fields = Object.keys(FIELDS) as (keyof typeof FIELDS)[];

  const newKey = (): PlainKey | null =>
    random() < 0.3
      ? null
      : {
          ks: random() < 0.3 ? null : pick(KEYS),
          facts: {
            partnerId: pick(FACTS.partnerId),
            userId: pick(FACTS.userId),
            type: pick(FACTS.type),
            privileges: pick(FACTS.privileges),
            expiresAt: pick(FACTS.expiresAt),
          },
          confirmedBy: pick(['key', 'server', null]),
        };

  const located = (profile: PlainProfile): PlainProfile => {
    // Only a login needs no account.
    const partnerId = profile.method === 'login' ? profile.partnerId : (profile.partnerId ?? 1234567);
    const loginId = profile.method === 'login' ? (profile.loginId ?? 'a@b.example') : profile.loginId;
    const tokenId = profile.method === 'app-token' ? (profile.tokenId ?? '0_abc12345') : profile.tokenId;
    return { ...profile, partnerId, loginId, tokenId, serviceUrl: HOSTS[profile.region] ?? '' };
  };

  const newProfile = (): PlainProfile => {
    const values = Object.fromEntries(fields.map((field) => [field, pick<unknown>(FIELDS[field])]));
    return located({ ...(values as unknown as PlainProfile), keptKey: newKey() });
  };

  const changed = (profile: PlainProfile, changes: number): PlainProfile => {
    let next = profile;
    for (let change = 0; change < changes; change++) {
      const field = pick([...fields, 'keptKey' as const, 'keptKey' as const]);
      next = { ...next, [field]: field === 'keptKey' ? changedKey(next.keptKey) : pick<unknown>(FIELDS[field]) };
    }
    return located(next);
  };

  const changedKey = (key: PlainKey | null): PlainKey | null => {
    if (key === null || random() < 0.3) return newKey();
    if (random() < 0.4) return { ...key, ks: random() < 0.3 ? null : pick(KEYS) };
    const field = pick(Object.keys(FACTS) as (keyof typeof FACTS)[]);
    return { ...key, facts: { ...key.facts, [field]: pick<unknown>(FACTS[field]) } };
  };

  const typedOver = ({ partnerId, userId, loginId, lifetime }: PlainProfile): Pair['typed'] => {
    switch (Math.floor(random() * 16)) {
      case 0:
        return { partnerId: ` ${partnerId ?? ''} ` };
      case 1:
        return { userId: ` ${userId}` };
      case 2:
        return { loginId: `${loginId ?? ''} ` };
      case 3:
        return { otherLifetime: `${lifetime}s` };
      case 4:
        return { otherLifetime: `${lifetime / 60}m` };
      default:
        return {};
    }
  };

  return Array.from({ length: count }, () => {
    const one = newProfile();
    const chance = random();
    const changes = chance < 0.1 ? 0 : chance < 0.7 ? 1 : chance < 0.95 ? 2 : 5;
    const other = changed(one, changes);
    return { one, other, typed: typedOver(other), keys: [pick(KEYS), pick(KEYS)] };
  });
}
