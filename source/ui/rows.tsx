import chalk from 'chalk';
import { Box, Text } from 'ink';
import TextInput from 'ink-text-input';
import type { ReactNode } from 'react';
import { type Hyperlink, withHyperlinks } from '../terminal/hyperlinks.js';
import { terminalLine } from '../terminal/text.js';
import type { Line, Look, Segment } from './layout/line.js';

/** Colors of the 256: each has a contrast of at least 3:1 on black and on white, which no green, yellow or cyan of the 16 has. */
export const COLOURS = { accent: 31, good: 28, caution: 130, danger: 160 } as const;

/** Bold tells the meaning where there are only 16 colors, whose shades depend on the terminal. */
const colored = (name: keyof typeof COLOURS): ((text: string) => string) =>
  chalk.level >= 2 ? chalk.bold.ansi256(COLOURS[name]) : chalk.bold;

/** The style of each meaning. Only danger is red. */
const THEME: Readonly<Record<Look, (text: string) => string>> = {
  plain: (text) => text,
  dim: chalk.dim,
  selected: chalk.inverse,
  strong: chalk.bold,
  accent: colored('accent'),
  good: colored('good'),
  caution: colored('caution'),
  danger: colored('danger'),
};

const ignore = (): void => {};

/**
 * The visible part of a field. The text input only draws and has no focus, because it loses keys that arrive together and accepts control
 * characters as text. The terminal's own cursor shows the position.
 */
function FieldPart({ text: raw, look }: Segment): ReactNode {
  const text = terminalLine(raw);
  if (look === 'dim')
    return <TextInput value="" placeholder={text} focus={false} showCursor={false} onChange={ignore} />;
  return <TextInput value={THEME[look](text)} focus={false} showCursor={false} onChange={ignore} />;
}

const NO_LINKS: readonly Hyperlink[] = [];

const styled = ({ text, look }: Segment, links: readonly Hyperlink[]): string =>
  THEME[look](withHyperlinks(terminalLine(text), links));

/** A row is one `Text` with the styles in its string: Ink's work for a frame grows with the number of components. Only a field has its own. */
function Row({ line, links }: { readonly line: Line; readonly links: readonly Hyperlink[] }): ReactNode {
  const styledText = (segments: Line): string => segments.map((segment) => styled(segment, links)).join('');
  if (line.length === 0) return <Text> </Text>;
  const field = line.findIndex(({ isField }) => isField === true);
  if (field < 0) return <Text wrap="truncate">{styledText(line)}</Text>;
  return (
    <Text wrap="truncate">
      {styledText(line.slice(0, field))}
      {line.slice(field, field + 1).map((segment) => (
        <FieldPart key="field" {...segment} />
      ))}
      {styledText(line.slice(field + 1))}
    </Text>
  );
}

interface RowsProps {
  readonly lines: readonly Line[];
  readonly links?: readonly Hyperlink[];
}

/** Draws laid-out rows, one per row of the terminal. Everything that the wizard draws passes through here and is sanitized. */
export function Rows({ lines, links = NO_LINKS }: RowsProps): ReactNode {
  return (
    <Box flexDirection="column">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen
        <Row key={index} line={line} links={links} />
      ))}
    </Box>
  );
}
