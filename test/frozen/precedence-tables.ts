/** A source of one answer, and what it adds to the command. */
interface Source {
  readonly label: string;
  /** Words after the command. */
  readonly words?: string;
  /** `NAME=value` before the command. */
  readonly variable?: string;
  /** Standard input of the command. */
  readonly stdin?: string;
}

/** A run of the program, and the rows of the table that it fills. */
export interface Run {
  /** The command, as in a transcript. */
  readonly command: string;
  readonly directives: readonly string[];
  readonly rows: readonly Row[];
  readonly isOnlyFull: boolean;
}

export interface Row {
  /** The given sources, as the table shows them. */
  readonly given: string;
  /** Finds the used value in the recorded lines. */
  readonly outcome: (lines: readonly string[]) => string;
}

export interface Table {
  readonly name: string;
  readonly runs: readonly Run[];
}

interface Answer {
  readonly name: string;
  readonly flag: string;
  readonly variable: string;
  /** Whether a run without a profile fails if this answer is missing. */
  readonly isRequired?: boolean;
}

const variableOf = (name: string): string => `KALTURA_${name.toUpperCase().replaceAll('-', '_')}`;

const PARTNER: Answer = { name: 'partner', flag: '11', variable: '22', isRequired: true };
const HOLDER: Answer = { name: 'holder', flag: 'vendor', variable: 'browser' };
const TYPE: Answer = { name: 'type', flag: 'admin', variable: 'user' };
const USER: Answer = { name: 'user', flag: 'flag', variable: 'variable' };
const EXPIRY: Answer = { name: 'expiry', flag: '90m', variable: '30m' };
const PRIVILEGE: Answer = { name: 'privilege', flag: 'sview:0_flag', variable: 'sview:0_env' };
const URL_ANSWER: Answer = { name: 'url', flag: '{server}/flag', variable: '{server}/variable', isRequired: true };

/** The answers of each sign-in method that flags, variables and profiles can give. */
const ANSWERS: Readonly<Record<string, readonly Answer[]>> = {
  local: [
    { name: 'region', flag: 'sg', variable: 'ca', isRequired: true },
    PARTNER,
    { name: 'ks-version', flag: '1', variable: '2' },
    HOLDER,
    TYPE,
    USER,
    EXPIRY,
    PRIVILEGE,
  ],
  server: [URL_ANSWER, PARTNER, HOLDER, TYPE, USER, EXPIRY, PRIVILEGE],
  login: [
    URL_ANSWER,
    PARTNER,
    { name: 'login-id', flag: 'flag@b.example', variable: 'variable@b.example', isRequired: true },
    HOLDER,
    EXPIRY,
    PRIVILEGE,
  ],
  'app-token': [
    URL_ANSWER,
    PARTNER,
    { name: 'app-token-id', flag: '0_flag1234', variable: '0_environ1', isRequired: true },
    HOLDER,
    TYPE,
    USER,
    EXPIRY,
    PRIVILEGE,
  ],
};

const SECRETS =
  'KALTURA_SECRET=c0ffee00c0ffee00c0ffee00c0ffee00 KALTURA_PASSWORD=Practice-1! KALTURA_APP_TOKEN=7ea7ea7ea7ea7ea7ea7ea7ea7ea7ea7e';

const HOME = ['home precedence', 'server hangs up'];

/** The four combinations of flag and variable. */
const COMBINATIONS = [
  { isFlag: false, isVariable: false },
  { isFlag: false, isVariable: true },
  { isFlag: true, isVariable: false },
  { isFlag: true, isVariable: true },
];

/** Finds the lines of `-v` with the answers and their sources, or else the error. */
function reported(names: readonly string[]): Row['outcome'] {
  return (lines) => {
    const found = names.map((name) => lines.find((line) => line.startsWith(`err   kaltura-ks: ${name} `)));
    const texts = found.flatMap((line) => (line === undefined ? [] : [line.slice('err   kaltura-ks: '.length)]));
    return texts.length > 0 ? texts.join(', ') : refusal(lines);
  };
}

const refusal = (lines: readonly string[]): string => {
  const exit = lines.find((line) => line.startsWith('exit')) ?? '';
  const error = lines.filter((line) => line.startsWith('err')).at(-1) ?? '';
  return `${exit.replace('  ', ' ')}: ${error.replace(/^err {3}(kaltura-ks: )?/, '')}`;
};

/** Finds the fields of the key, or the sent request. */
const used: Row['outcome'] = (lines) => {
  const key = lines.find((line) => line.startsWith('out'));
  if (key !== undefined) return key.replace(/^out +/, '');
  const [, ...fields] = lines.filter((line) => line.startsWith('sent')).map((line) => line.replace(/^sent +/, ''));
  const [first = 'nothing'] = lines.filter((line) => line.startsWith('sent')).map((line) => line.slice(6));
  const end = fields.findIndex((field) => field.startsWith('POST'));
  return `${first} ${fields.slice(0, end === -1 ? fields.length : end).join(' ')}`;
};

/** Builds a table of all combinations of flag, variable and profile for each answer. A run has a different combination for each answer. */
function answersTable(method: string, answers: readonly Answer[]): Table {
  const runs = [true, false].flatMap((hasProfile) =>
    COMBINATIONS.map((_, rotation): Run => {
      const chosen = answers.map((answer, index) => {
        const combination = COMBINATIONS[(index + rotation) % COMBINATIONS.length] as (typeof COMBINATIONS)[number];
        const isMissing = !hasProfile && answer.isRequired === true && !combination.isFlag && !combination.isVariable;
        return { ...answer, ...(isMissing ? { isFlag: true, isVariable: true } : combination) };
      });
      const flags = chosen.flatMap(({ name, flag, isFlag }) => (isFlag ? [`--${name} ${flag}`] : []));
      const variables = chosen.flatMap(({ name, variable, isVariable }) =>
        isVariable ? [`${variableOf(name)}=${variable}`] : [],
      );
      const words = [
        ...variables,
        SECRETS,
        'kaltura-ks token',
        ...(hasProfile ? [method] : [`--method ${method}`]),
        ...flags,
        '--no-clock-check --accept-risk all -v',
      ];
      const rows = chosen.map(({ name, isFlag, isVariable }) => ({
        given: `${name}: ${named({ flag: isFlag, variable: isVariable, profile: hasProfile })}`,
        outcome: reported([name]),
      }));
      const all = [...variables, ...flags, ...(hasProfile ? ['profile'] : [])].join(' ');
      return {
        command: words.join(' '),
        directives: HOME,
        rows: [...rows, { given: `used of: ${all}`, outcome: used }],
        isOnlyFull: false,
      };
    }),
  );
  return { name: `answers of --method ${method}`, runs };
}

const named = (given: Readonly<Record<string, boolean>>): string => {
  const names = Object.keys(given).filter((name) => given[name]);
  return names.length === 0 ? 'nothing' : names.join(', ');
};

/** Returns every choice of at most one source from each group. */
function choices(groups: readonly (readonly Source[])[]): readonly (readonly Source[])[] {
  return groups.reduce<readonly (readonly Source[])[]>(
    (before, group) => before.flatMap((some) => [some, ...group.map((source) => [...some, source])]),
    [[]],
  );
}

/**
 * Builds a table of the choices with at most `most` sources. The small setting only runs choices with at most `few` sources, and those
 * with a source of each group.
 */
function choicesTable(
  name: string,
  groups: readonly (readonly Source[])[],
  command: {
    readonly before: string;
    readonly after: string;
    readonly directives: readonly string[];
    readonly few: number;
    readonly most?: number;
  },
  outcome: Row['outcome'],
): Table {
  const { few, most = groups.length } = command;
  const chosen = choices(groups).filter((some) => some.length <= most || some.length === groups.length);
  const runs = chosen.map((some): Run => {
    const [words, variables, stdins] = [
      some.flatMap((source) => source.words ?? []),
      some.flatMap((source) => source.variable ?? []),
      some.flatMap((source) => (source.stdin === undefined ? [] : [`stdin ${source.stdin}`])),
    ];
    return {
      command: [...variables, command.before, ...words, command.after].filter((part) => part !== '').join(' '),
      directives: [...command.directives, ...stdins],
      rows: [{ given: some.map(({ label }) => label).join(', ') || 'nothing', outcome }],
      isOnlyFull: some.length > few && some.length < groups.length,
    };
  });
  return { name, runs };
}

const flag = (words: string): Source => ({ label: words, words });
const variable = (text: string): Source => ({ label: text, variable: text });
const profile = (name: string): Source => ({ label: `profile ${name}`, words: name });

const KEY_FILE = 'file key.txt 600 {user key}';

/** All tables, in the order of `precedence.txt`. */
export const TABLES: readonly Table[] = [
  ...Object.entries(ANSWERS).map(([method, answers]) => answersTable(method, answers)),
  choicesTable(
    'region and service URL',
    [
      [profile('local')],
      [flag('--region sg')],
      [flag('--url https://flag.example')],
      [variable('KALTURA_REGION=ca')],
      [variable('KALTURA_URL=https://variable.example')],
    ],
    {
      before: 'KALTURA_SECRET=c0ffee00c0ffee00c0ffee00c0ffee00 kaltura-ks token',
      after: '--partner 1234567 --method local --type user --no-clock-check -v',
      directives: ['home precedence'],
      few: 2,
    },
    reported(['region', 'url']),
  ),
  choicesTable(
    'sign-in method',
    [
      [profile('server'), profile('login')],
      [flag('--method local')],
      [variable('KALTURA_METHOD=app-token')],
      [flag('--login-id a@b.example'), variable('KALTURA_LOGIN_ID=a@b.example')],
      [flag('--app-token-id 0_flag1234'), variable('KALTURA_APP_TOKEN_ID=0_environ1')],
    ],
    {
      before: 'KALTURA_URL={server} KALTURA_PARTNER=1234567 kaltura-ks token',
      after: '--type user -v',
      directives: HOME,
      few: 1,
      most: 3,
    },
    (lines) => `${reported(['method'])(lines)}${lines.includes('exit  2') ? `; ${refusal(lines)}` : ''}`,
  ),
  choicesTable(
    'secret',
    [
      [profile('variable')],
      [{ label: '--secret-stdin', words: '--secret-stdin', stdin: '11111111111111111111111111111111' }],
      [flag('--secret-file secret.txt')],
      [variable('KALTURA_SECRET=33333333333333333333333333333333')],
      [variable('CI_SECRET=44444444444444444444444444444444')],
    ],
    {
      before: 'kaltura-ks token',
      after: '--method local --region eu --partner 1234567 --no-clock-check',
      directives: ['home precedence', 'file secret.txt 600 22222222222222222222222222222222'],
      few: 2,
    },
    (lines) => (lines[0]?.startsWith('out') ? used(lines) : refusal(lines)),
  ),
  choicesTable(
    'profile',
    [[profile('local')], [variable('KALTURA_PROFILE=variable')]],
    {
      before: 'KALTURA_SECRET=c0ffee00c0ffee00c0ffee00c0ffee00 kaltura-ks token',
      after: '--no-clock-check -v',
      directives: ['home precedence'],
      few: 2,
    },
    reported(['profile']),
  ),
  choicesTable(
    'key of check',
    [
      [profile('kept')],
      [{ label: '--ks-stdin', words: '--ks-stdin', stdin: '{admin key}' }],
      [flag('--ks-file key.txt')],
      [variable('KALTURA_KS={version 1 key}')],
      [variable('KALTURA_PROFILE=other')],
    ],
    {
      before: 'KALTURA_SERVICE_URL=https://variable.example kaltura-ks check',
      after: '--plan -v',
      directives: ['home precedence', KEY_FILE],
      few: 1,
    },
    reported(['key:']),
  ),
  choicesTable(
    'server of a key',
    [
      [{ label: 'profile kept', words: 'kept' }],
      [flag('--region sg')],
      [flag('--url https://flag.example')],
      [variable('KALTURA_SERVICE_URL=https://exec.example')],
      [variable('KALTURA_URL=https://variable.example')],
      [variable('KALTURA_REGION=ca')],
    ],
    {
      before: 'kaltura-ks check',
      after: '--ks-file key.txt --plan --no-input',
      directives: ['home precedence', 'file key.txt 600 {user key}'],
      few: 1,
    },
    (lines) => (lines.includes('exit  0') ? (/Sent to (.+?) with/.exec(lines.join('\n'))?.[1] ?? '') : refusal(lines)),
  ),
];
