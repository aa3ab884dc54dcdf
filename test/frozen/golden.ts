import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whether this run records the expected data instead of comparing with it. */
export const isRecording = process.env['RECORD'] === '1';

export const frozenPath = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export const readFrozen = (name: string): string =>
  existsSync(frozenPath(name)) ? readFileSync(frozenPath(name), 'utf8') : '';

export function writeFrozen(name: string, text: string): void {
  mkdirSync(dirname(frozenPath(name)), { recursive: true });
  writeFileSync(frozenPath(name), text);
}
