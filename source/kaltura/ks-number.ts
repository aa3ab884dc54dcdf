/** A number as keys and answers write it (an account, a type, a moment in seconds), null where the text is anything else. Twelve digits reach past the year 30000. */
export const ksNumber = (text: string): number | null => (/^-?\d{1,12}$/.test(text) ? Number(text) : null);
