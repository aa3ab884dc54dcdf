#!/usr/bin/env node
import manifest from './package.json' with { type: 'json' };
import { main } from './source/cli/main.js';
import { createNodeRuntime } from './source/platform/node-runtime.js';
import { exitIfHungUp } from './source/platform/signals.js';

const { version } = manifest;
// The exit code if the program ends before `main` returns.
process.exitCode = 1;

// If a promise never settles, Node exits silently once no work is pending. Report that as a fault.
const reportStop = (): void => {
  process.stderr.write(
    'kaltura-ks: Stopped before the command was finished. This is a fault in kaltura-ks. Run the command again.\n',
  );
};
process.once('beforeExit', reportStop);

async function start(): Promise<void> {
  const code = await main(process.argv.slice(2), createNodeRuntime(version), version);
  process.off('beforeExit', reportStop);
  process.exitCode = code;
  exitIfHungUp();
}

// Files of the program are loaded when first used, and an update deletes those of the running version. So this handler uses none of them.
void start().catch((error: unknown) => {
  process.off('beforeExit', reportStop);
  if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error;
  process.stderr.write(
    'kaltura-ks: A file of kaltura-ks is missing, perhaps because it was updated or removed meanwhile. Start kaltura-ks again. If that doesn’t help, install it again.\n',
  );
});
