// Loaded before a program (node --require). Sends a signal to the program right before its nth change of the config folder, start of
// a child process, or call of scrypt.
const { appendFileSync } = require('node:fs');
const fs = require('node:fs');
const childProcess = require('node:child_process');
const crypto = require('node:crypto');

const { KILL_AT = '', KILL_BY = 'SIGKILL', KILL_COUNT = '' } = process.env;
let moments = 0;
// The program reads the cost of scrypt from its host, the process. With this cost, encryption takes a millisecond.
process.scryptCost = { N: 2 ** 10, r: 8, p: 1 };

function count(what) {
  moments += 1;
  if (KILL_COUNT !== '') appendFileSync(KILL_COUNT, `${what}\n`);
  if (moments === Number(KILL_AT)) process.kill(process.pid, KILL_BY);
}

const isOurs = (path) => typeof path === 'string' && path.includes('kaltura-ks');

function watch(module, name, isCounted = () => true) {
  const original = module[name];
  module[name] = function watched(...args) {
    if (isCounted(...args)) count(name);
    return original.apply(this, args);
  };
}

for (const name of [
  'writeFileSync',
  'renameSync',
  'linkSync',
  'rmSync',
  'mkdirSync',
  'mkdtempSync',
  'unlinkSync',
  'copyFileSync',
]) {
  watch(fs, name, isOurs);
}
watch(
  fs,
  'openSync',
  (path, flags) => isOurs(path) && flags !== 'r' && flags !== undefined && typeof flags !== 'number',
);
watch(childProcess, 'spawn');
watch(crypto, 'scrypt');
