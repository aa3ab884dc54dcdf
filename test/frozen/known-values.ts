/** The public test values of the practice server, which it prints when it starts. They work on no other server. */
export const ADMIN_SECRET = 'c0ffee00c0ffee00c0ffee00c0ffee00';
const USER_SECRET = 'decaf000decaf000decaf000decaf000';
const APP_TOKEN = '7ea7ea7ea7ea7ea7ea7ea7ea7ea7ea7e';
/** An invented secret of another account than the practice account. */
export const OTHER_SECRET = '0123456789abcdef0123456789abcdef';
export const CODE_SEED = 'PRACTICEPRACTICE';

/** All secrets that may sign a key in the output, including the invented secrets of the cases. */
export const SECRETS = [
  ADMIN_SECRET,
  USER_SECRET,
  '11111111111111111111111111111111',
  '22222222222222222222222222222222',
  '33333333333333333333333333333333',
  '44444444444444444444444444444444',
  OTHER_SECRET,
  'abc',
  'C0FFEE00C0FFEE00C0FFEE00C0FFEE00',
];

export const APP_TOKENS = [APP_TOKEN, ...SECRETS];
