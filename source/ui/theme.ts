import type { TextProps } from 'ink';
import type { Look } from './layout/line.js';

/** How each meaning looks. Red is for danger alone. */
const THEME: Readonly<Record<Look, Pick<TextProps, 'color' | 'bold' | 'dimColor'>>> = {
  plain: {},
  dim: { dimColor: true },
  strong: { bold: true },
  accent: { color: 'cyan' },
  good: { color: 'green' },
  caution: { color: 'yellow' },
  danger: { color: 'red' },
};

export const styleOf = (look: Look): Pick<TextProps, 'color' | 'bold' | 'dimColor'> => THEME[look];
