#!/usr/bin/env node
import manifest from './package.json' with { type: 'json' };
import { main } from './source/main.js';
import { createNodeRuntime } from './source/runtime/node-runtime.js';

const { version } = manifest;
process.exitCode = await main(process.argv.slice(2), createNodeRuntime(version), version);
