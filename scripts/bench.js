import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from '@lydell/node-pty';
import { build } from 'esbuild';
import { loadTypeScript } from './load-typescript.js';
import { createHome, manyProfiles, profile } from './saved-profiles.js';

/**
 * Compares the speed of the built program with a plain Ink app (the yardstick) and with a bare Node. Each round runs every program once, so
 * that other work on the machine slows all of them alike. Reports goals, and never fails.
 *
 *   node scripts/bench.js [rounds]
 *
 * The environment of the programs is made from nothing. NODE_EXTRA_CA_CERTS, for example, makes a bare Node start three times slower.
 */
const rounds = Number(process.argv[2] ?? 20);
const keysPerRound = 20;
const millisecondsBetweenKeys = 120;

const [down, up, enter, backspace] = ['\x1b[B', '\x1b[A', '\r', '\x7f'];
const endOfFrame = '\x1b[?2026l';
const program = resolve('dist/cli.js');

const emptyDebugger = {
  name: 'empty-debugger',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
  },
};

/** Bundles the yardstick the ordinary way. */
async function buildYardstick() {
  const outfile = resolve('node_modules/.cache/kaltura-ks/yardstick.mjs');
  await build({
    entryPoints: ['scripts/yardstick.jsx'],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [emptyDebugger],
    // CommonJS packages need `require`, and Ink needs what Node 20 lacks.
    banner: {
      js: `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((...settle) => ([resolve, reject] = settle));
  return { promise, resolve, reject };
};`,
    },
  });
  return outfile;
}

const clean = (env) => ({ PATH: '/usr/bin:/bin', TERM: 'xterm-256color', LANG: 'C.UTF-8', TZ: 'UTC', ...env });

/** Runs a program in a pseudo-terminal of 100 columns and 30 rows. */
function open(file, env) {
  const started = performance.now();
  const terminal = spawn(process.execPath, [file], { cols: 100, rows: 30, cwd: env.HOME, env: clean(env) });
  const exited = new Promise((done) => terminal.onExit(done));
  let [output, lastOutputAt, notify] = ['', started, () => {}];
  terminal.onData((chunk) => {
    output += chunk;
    lastOutputAt = performance.now();
    notify();
  });
  const waitFor = (text) =>
    new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`No ${JSON.stringify(text)} in ${output}`)), 30_000);
      notify = () => {
        if (!output.includes(text)) return;
        clearTimeout(timer);
        done();
      };
      notify();
    });
  return {
    /** Milliseconds from the start to this text on the screen. */
    async timeTo(text) {
      await waitFor(text);
      return lastOutputAt - started;
    },
    /** Milliseconds from a key press to the last byte of the repaint that follows. */
    async press(key) {
      output = '';
      const pressed = performance.now();
      terminal.write(key);
      await Promise.all([sleep(millisecondsBetweenKeys), waitFor(endOfFrame)]);
      return lastOutputAt - pressed;
    },
    /** Megabytes at the peak; undefined if the system doesn't have /proc. */
    peakMemory() {
      if (process.platform !== 'linux') return undefined;
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${terminal.pid}/status`, 'utf8'))[1]) / 1024;
    },
    async close() {
      terminal.kill('SIGKILL');
      await exited;
    },
  };
}

const samples = new Map();
const add = (name, value) => samples.set(name, [...(samples.get(name) ?? []), value]);

async function pressAll(app, name, keys) {
  for (let count = 0; count < keysPerRound; count++) add(name, await app.press(keys[count % keys.length]));
}

/** Measures an app from its start, as in `use`, to its end. */
async function measureApp(name, file, env, firstText, use) {
  const app = open(file, env);
  try {
    add(`${name}: first frame`, await app.timeTo(firstText));
    await use(app);
    add(`${name}: memory`, app.peakMemory());
  } finally {
    await app.close();
  }
}

function measureCommand(name, args, env) {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env: clean(env), encoding: 'utf8' });
  add(name, performance.now() - started);
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
}

const local = ['token', '--method', 'local', '--region', 'us', '--partner', '2345678', '--no-clock-check'];

async function measureRound({ yardstick, empty, many, saved }) {
  await measureApp('yardstick', yardstick, empty.env, endOfFrame, (app) => pressAll(app, 'yardstick: key', [down]));
  await measureApp('wizard', program, empty.env, endOfFrame, async (app) => {
    await pressAll(app, 'wizard: arrow', [down, up]);
    // The last region is the user's own server, which has a field for its address.
    for (const key of [up, enter]) await app.press(key);
    await pressAll(app, 'wizard: typing', ['k', backspace]);
  });
  await measureApp('2,000 profiles', program, many.env, '2000 profiles', (app) =>
    pressAll(app, '2,000 profiles: arrow', [down]),
  );
  measureCommand('bare node', ['-e', '0'], empty.env);
  measureCommand('token, signed locally', [program, ...local], { ...empty.env, KALTURA_SECRET: 'c0ffee00'.repeat(4) });
  measureCommand('token, saved key', [program, 'token', 'saved'], saved.env);
}

/** What is measured, what it is compared with, the largest ratio that meets the goal, and whether it holds at the 95th percentile too. */
const goals = [
  ['wizard: arrow', 'yardstick: key', 1.2, true],
  ['wizard: typing', 'yardstick: key', 1.2, true],
  ['2,000 profiles: arrow', 'yardstick: key', 1.3],
  ['wizard: first frame', 'yardstick: first frame', 0.7],
  ['2,000 profiles: first frame', 'wizard: first frame', 1.5],
  ['token, signed locally', 'bare node', 2.2],
  ['token, saved key', 'bare node', 2],
  ['wizard: memory', 'yardstick: memory', 1],
];

function quantile(name, part) {
  const sorted = samples.get(name).toSorted((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * part)];
}

function row(name, base, goal, part, label) {
  const ratio = quantile(name, part) / quantile(base, part);
  const verdict = Number.isNaN(ratio) ? 'not measured' : ratio <= goal ? 'met' : 'missed';
  return [name, label, quantile(name, part)?.toFixed(1), ratio.toFixed(2), goal.toFixed(1), verdict];
}

function print(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => String(cells[column]).length)));
  for (const cells of rows)
    console.log(
      cells
        .map((cell, column) => String(cell).padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}

const { Secret } = await loadTypeScript('source/kaltura/secret.ts');
const facts = { partnerId: 2_345_678, userId: '', type: 'USER', privileges: '', expiresAt: 9_000_000_000 };
const ks = new Secret(Buffer.from('v2|2345678|kept').toString('base64url'));
const homes = {
  empty: await createHome([]),
  many: await createHome(manyProfiles(2000)),
  saved: await createHome([profile({ name: 'saved', savedKey: { ks, facts, confirmedBy: 'key' } })]),
};
try {
  const yardstick = await buildYardstick();
  for (let round = 0; round < rounds; round++) await measureRound({ yardstick, ...homes });
} finally {
  for (const home of Object.values(homes)) await home.remove();
}

console.log(`Node ${process.version}, ${rounds} rounds of ${keysPerRound} key presses\n`);
print([
  ['measure', '', 'value', 'ratio', 'goal', ''],
  ...goals.flatMap(([name, base, goal, hasP95]) => [
    row(name, base, goal, 0.5, 'median'),
    ...(hasP95 ? [row(name, base, goal, 0.95, '95 %')] : []),
  ]),
]);
console.log('\nAll samples in ms or MB. A wide middle half means that the machine was busy.\n');
print([
  ['sample', '25 %', 'median', '75 %', '95 %', 'count'],
  ...[...samples].map(([name, { length }]) => [
    name,
    ...[0.25, 0.5, 0.75, 0.95].map((part) => quantile(name, part)?.toFixed(1)),
    length,
  ]),
]);
