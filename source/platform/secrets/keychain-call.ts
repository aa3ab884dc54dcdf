import type * as Keyring from '@napi-rs/keyring';

/** One order to the keychain, on the standard input of the process that carries it out. */
export interface KeychainOrder {
  /** The file from which the optional package is looked for. */
  readonly from: string;
  readonly service: string;
  readonly account: string;
  readonly action: 'read' | 'has' | 'write' | 'remove' | 'try' | 'list';
  /** To write; or to try with. */
  readonly value: string;
}

/** Its answer, on standard output. */
export type KeychainAnswer =
  | { readonly kind: 'value'; readonly value: string | null }
  | { readonly kind: 'done'; readonly was: boolean }
  | { readonly kind: 'accounts'; readonly accounts: readonly string[] }
  | { readonly kind: 'trouble'; readonly stage: 'load' | 'open' | 'call' | 'verify'; readonly text: string };

/**
 * Carries out one order. Its text is handed to a bare node, so it may use nothing from outside itself.
 *
 * In a process of its own because the package connects to the Secret Service while it blocks its thread (2 seconds where that is
 * silent), and a call that waits for a window to be answered can be given up, but not stopped: the program could not end before it.
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
    // Without this it falls back to the kernel's keyring, which forgets everything at the next start of the computer.
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
