export interface CompletedFlag {
  readonly name: string;
  readonly help: string;
  readonly takesValue: boolean;
  readonly takesFile: boolean;
  /** The values that it can have, where they are few. */
  readonly values: readonly string[];
}

/** One command as completion offers it. */
export interface CompletedCommand {
  /** Its name and those of the commands around it; none for the program itself. */
  readonly path: readonly string[];
  readonly help: string;
  /** The names of the commands in it. */
  readonly commands: readonly string[];
  readonly flags: readonly CompletedFlag[];
  readonly takesProfile: boolean;
  readonly takesFile: boolean;
  /** What may stand as its argument, where it is one of a few words. */
  readonly words: readonly string[];
}
