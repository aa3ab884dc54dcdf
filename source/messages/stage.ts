import type { Stage } from '../kaltura/sign-in/key-request.js';

/** Returns the progress text of a stage. */
export function stageText(stage: Stage): string {
  switch (stage.name) {
    case 'signing':
      return 'Signing the key on this computer…';
    case 'starting-session':
      return 'Starting the session…';
    case 'logging-in':
      return 'Logging in…';
    case 'asking-the-key':
      return 'Asking the server what the new key is…';
    case 'opening-widget-session':
      return 'Opening a public session of the account…';
    case 'trying-hash':
      return `Proving the app token (${stage.hash}, ${stage.attempt} of ${stage.of})…`;
  }
}
