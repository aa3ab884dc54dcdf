interface NotStored {
  readonly what: 'secret' | 'token value';
  /** How each command can get it: `Give --dotenv with`. */
  readonly provide: string;
  /** What the option that stores it belongs to: `--replace`. */
  readonly store: string;
}

/** Says that a new profile has no stored secret, and how to store it. */
export const notStoredText = ({ what, provide, store }: NotStored): string =>
  `No ${what} is stored with the profile. ${provide} each command, or enter the ${what} each time. To store it: ${store} with --store keychain or --store file.`;
