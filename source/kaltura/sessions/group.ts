/** Characters that no form of a key changes or splits at (docs/kaltura-facts.md 1.3, 1.4). */
export const isGroupId = (id: string): boolean => /^[\w.-]{1,64}$/.test(id);

/** Returns the ID of a new session group: 16 hexadecimal characters. */
export const newGroupId = (randomBytes: (length: number) => Uint8Array): string =>
  Buffer.from(randomBytes(8)).toString('hex');
