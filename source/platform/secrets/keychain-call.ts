import type * as Keyring from '@napi-rs/keyring';

/** A request to the keychain, on the standard input of the process that runs it. */
export interface KeychainOrder {
  /** The file from which the optional package is resolved. */
  readonly from: string;
  readonly service: string;
  readonly account: string;
  readonly action: 'read' | 'has' | 'write' | 'remove' | 'try' | 'list';
  /** The value to write, or to test with. */
  readonly value: string;
}

/** The response, on standard output. */
export type KeychainAnswer =
  | { readonly kind: 'value'; readonly value: string | null }
  | { readonly kind: 'done'; readonly was: boolean }
  | { readonly kind: 'accounts'; readonly accounts: readonly string[] }
  | { readonly kind: 'trouble'; readonly stage: 'load' | 'open' | 'call' | 'verify'; readonly text: string };

/**
 * Runs one request. Its source text is passed to a bare node process, so it must not use anything from outside. A separate process, because
 * the package blocks its thread while it connects to the Secret Service (2 seconds if there is no response). A call that waits for a dialog
 * can't be stopped, so the program could not exit.
 */
export async function keychainCall(): Promise<void> {
  const { readFileSync, writeSync } = process.getBuiltinModule('node:fs');
  const { createRequire } = process.getBuiltinModule('node:module');
  const answer = (given: KeychainAnswer): void => {
    const bytes = Buffer.from(JSON.stringify(given));
    for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
  };
  let stage: 'load' | 'open' | 'call' = 'load';
  try {
    const order = JSON.parse(readFileSync(0, 'utf8')) as KeychainOrder;
    const { AsyncEntry, findCredentialsAsync } = createRequire(order.from)('@napi-rs/keyring') as typeof Keyring;
    stage = 'open';
    // Otherwise it falls back to the kernel's keyring, which is empty after a restart.
    const entry = new AsyncEntry(order.service, order.account, { linux: { store: 'secret-service' } });
    stage = 'call';
    const holds = async (value: string | null): Promise<boolean> => ((await entry.getPassword()) ?? null) === value;
    const verified = async (value: string | null, was: boolean): Promise<KeychainAnswer> =>
      (await holds(value)) ? { kind: 'done', was } : { kind: 'trouble', stage: 'verify', text: '' };
    switch (order.action) {
      case 'read':
        answer({ kind: 'value', value: (await entry.getPassword()) ?? null });
        break;
      case 'has':
        answer({ kind: 'done', was: !(await holds(null)) });
        break;
      case 'write':
        await entry.setPassword(order.value);
        answer(await verified(order.value, true));
        break;
      case 'remove':
        answer(await verified(null, await entry.deleteCredential()));
        break;
      case 'list':
        answer({
          kind: 'accounts',
          accounts: (await findCredentialsAsync(order.service)).map(({ account }) => account),
        });
        break;
      case 'try': {
        await entry.setPassword(order.value);
        const came = await holds(order.value);
        await entry.deleteCredential();
        answer(came ? await verified(null, true) : { kind: 'trouble', stage: 'verify', text: '' });
      }
    }
  } catch (error) {
    answer({ kind: 'trouble', stage, text: error instanceof Error ? error.message : '' });
  }
}
