import { Secret } from '../../source/kaltura/secret.js';
import { createNodeRuntime } from '../../source/platform/node-runtime.js';
import { createProfileEffects } from '../../source/ui/profile-effects.js';
import { sampleProfile } from '../profiles/sample-profile.js';

// Saves a profile with the wizard's code, without its screens. Tests interrupt this program with signals.
const [kind = ''] = process.argv.slice(2);
const runtime = createNodeRuntime('0.0.0');
const openSecretKeeper = () => runtime.openSecretKeeper(() => {});
const { openEnvFiles } = runtime;
const effects = createProfileEffects({ openSecretKeeper, openEnvFiles }, await runtime.openStore());
await effects.save(
  {
    do: 'save-profile',
    profile: sampleProfile({ name: 'p', secretSource: { kind: kind === 'keychain' ? kind : 'file' } }),
    isReplacing: true,
    secret: runtime.secretVariables.get('KALTURA_SECRET') ?? new Secret(''),
    passphrase: runtime.secretVariables.get('KALTURA_PASSPHRASE') ?? new Secret(''),
    moveFrom: null,
    backTo: 'home',
  },
  (event) => {
    if (event.type !== 'profiles-failed') return;
    process.stderr.write(`${event.reason}\n`);
    process.exitCode = 1;
  },
);
