import { Secret } from '../../source/kaltura/secret.js';
import { createNodeRuntime } from '../../source/platform/node-runtime.js';
import { createSaving } from '../../source/ui/saving.js';
import { sampleProfile } from '../profiles/sample-profile.js';

// What the wizard does when a profile is saved, without its screens: for the tests that kill it.
const [kind = ''] = process.argv.slice(2);
const runtime = createNodeRuntime('0.0.0');
const saving = createSaving({
  store: await runtime.openStore(),
  openSecretKeeper: () => runtime.openSecretKeeper(() => {}),
  now: runtime.now,
});
try {
  await saving.save({
    do: 'save-profile',
    profile: sampleProfile({ name: 'p', secretPlace: { kind: kind === 'keychain' ? kind : 'file' } }),
    isReplacing: true,
    secret: runtime.secretVariables.get('KALTURA_SECRET') ?? new Secret(''),
    passphrase: runtime.secretVariables.get('KALTURA_PASSPHRASE') ?? new Secret(''),
    backTo: 'home',
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : ''}\n`);
  process.exitCode = 1;
}
