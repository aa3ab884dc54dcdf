#!/usr/bin/env node
import manifest from './package.json' with { type: 'json' };
import { main } from './source/cli/main.js';
import { createNodeRuntime } from './source/platform/node-runtime.js';
import { exitIfHungUp } from './source/platform/signals.js';

const { version } = manifest;
// The exit code if the program ends before `main` returns.
process.exitCode = 1;
void main(process.argv.slice(2), createNodeRuntime(version), version).then((code) => {
  process.exitCode = code;
  exitIfHungUp();
});
