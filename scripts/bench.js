import { loadTypeScript } from './load-typescript.js';
import { createHome, manyProfiles, profile } from './saved-profiles.js';

/**
 * How long the built program takes to start, as multiples of a bare Node that does nothing. All are started in the same
 * pseudo-terminal, in turns, so that whatever else the machine does falls on all of them. It is no test: a goal that is
 * missed is said, and does not fail.
 *
 *   node scripts/bench.js [rounds] [--clean]
 *
 * Node is started as it is for the person who runs this: with the NODE_… variables that are set, which are named in the first line, for
 * they can change the measure. NODE_EXTRA_CA_CERTS alone makes a bare Node three times slower, and so every ratio better:
 * --clean leaves them out.
 */
const isClean = process.argv.includes('--clean');
const rounds = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 20);
const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isClean && name.startsWith('NODE_')));
const warmUps = 3;

const { startTerminal } = await loadTypeScript('test/terminal/pseudo-terminal.ts');
const many = await createHome(manyProfiles(500));
const { Secret } = await loadTypeScript('source/kaltura/secret.ts');
const facts = { partnerId: 2_345_678, userId: '', type: 'USER', privileges: '', expiresAt: 9_000_000_000 };
const keeping = await createHome([
  profile({
    name: 'kept',
    keptKey: { ks: new Secret(Buffer.from('v2|2345678|kept').toString('base64url')), facts, confirmedBy: 'key' },
  }),
]);
/** Without asking the server for the time, which would measure the network. */
const local = ['token', '--method', 'local', '--region', 'us', '--partner', '2345678', '--no-clock-check'];

const cases = [
  { name: 'bare node', options: { program: [process.execPath, '-e', '0'] } },
  { name: 'first frame, nothing saved', goal: 3, until: 'step 1 of', options: {} },
  { name: 'first frame, 500 profiles', goal: 4, until: '500 profiles', options: { env: many.env } },
  { name: '--version', goal: 1.3, options: { args: ['--version'] } },
  { name: 'token, signed here', goal: 1.5, options: { args: local, env: { KALTURA_SECRET: 'c0ffee00'.repeat(4) } } },
  { name: 'token, kept key', goal: 2, options: { args: ['token', 'kept'], env: keeping.env } },
];

async function measure({ name, until, options }) {
  const terminal = await startTerminal({ ...options, env: { ...kept, ...options.env } });
  try {
    if (until) {
      await terminal.waitFor(until);
      return performance.now() - terminal.times.started;
    }
    const { code } = await terminal.exit;
    if (code !== 0) throw new Error(`${name} ended with ${code}\n${terminal.frame()}`);
    return terminal.times.ended - terminal.times.started;
  } finally {
    await terminal.close();
  }
}

const quantile = (sorted, part) => sorted[Math.round((sorted.length - 1) * part)];

function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

const times = new Map(cases.map(({ name }) => [name, []]));
try {
  for (let round = -warmUps; round < rounds; round++) {
    for (const each of cases) {
      const time = await measure(each);
      if (round >= 0) times.get(each.name).push(time);
    }
  }
} finally {
  await many.remove();
  await keeping.remove();
}

const bare = summary(times.get('bare node')).median;
const withKept = Object.keys(kept)
  .map((name) => `, ${name}`)
  .join('');
console.log(`Node ${process.version}${withKept}, ${rounds} rounds in turns; milliseconds as median (middle half)\n`);
for (const { name, goal } of cases) {
  const { median, low, high } = summary(times.get(name));
  const ratio = median / bare;
  const verdict = goal ? `goal ${goal.toFixed(1)}  ${ratio <= goal ? 'met' : 'missed'}` : '';
  const spread = `${median.toFixed(0)} (${low.toFixed(0)}-${high.toFixed(0)})`;
  console.log(`${name.padEnd(28)} ${spread.padStart(14)}  ${ratio.toFixed(2).padStart(5)} x  ${verdict}`.trimEnd());
}
