/** Warns about a host of Kaltura's that doesn't show its region. `source` is a flag, a variable or a field. */
export const unknownHostText = (source: string): string =>
  `${source}: this host belongs to Kaltura, but its name doesn’t show the region. It is used as it is. To find the region of an account: kaltura-ks regions <partner ID>.`;
