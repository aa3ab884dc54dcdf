import type { Stage } from '../kaltura/sign-in/key-request.js';

/** Returns the progress text of a stage. */
export function stageText(stage: Stage): string {
  switch (stage.name) {
    case 'signing':
      return 'Signing the key on this computer…';
    case 'starting-session':
      return 'Creating the key…';
    case 'logging-in':
      return 'Logging in…';
    case 'reading-the-key':
      return 'Reading the details of the new key from the server…';
    case 'opening-widget-session':
      return 'Opening a public session of the account…';
    case 'trying-hash':
      return `Signing in with the app token (${stage.hash}, ${stage.attempt} of ${stage.of})…`;
  }
}
