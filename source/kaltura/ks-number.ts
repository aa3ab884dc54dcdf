/** A number as keys and answers write it (an account, a type), null where the text is anything else. */
export const ksNumber = (text: string): number | null => (/^-?\d{1,12}$/.test(text) ? Number(text) : null);

/**
 * A moment in epoch seconds, null where the text is none. Twelve digits reach past the year 30000. The server was seen to give keys that
 * end within a second, where one was asked for a life that was not whole (recording 392).
 */
export const ksMoment = (text: string): number | null => (/^-?\d{1,12}(\.\d{1,6})?$/.test(text) ? Number(text) : null);
