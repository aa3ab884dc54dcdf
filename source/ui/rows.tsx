import { Box, Text, type TextProps } from 'ink';
import TextInput from 'ink-text-input';
import type { ReactNode } from 'react';
import { terminalLine } from '../terminal/text.js';
import type { Line, Look, Segment } from './layout/line.js';

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

const styleOf = (look: Look): Pick<TextProps, 'color' | 'bold' | 'dimColor'> => THEME[look];

const ignore = (): void => {};

/**
 * The visible part of a field. The text input only draws: it has not the focus, since left to itself it loses keys that come together and
 * takes control characters for text. The terminal's own cursor shows where one types.
 */
function FieldPart({ text: raw, look }: Segment): ReactNode {
  const text = terminalLine(raw);
  if (look === 'dim')
    return <TextInput value="" placeholder={text} focus={false} showCursor={false} onChange={ignore} />;
  return (
    <Text {...styleOf(look)}>
      <TextInput value={text} focus={false} showCursor={false} onChange={ignore} />
    </Text>
  );
}

function Row({ line }: { readonly line: Line }): ReactNode {
  if (line.length === 0) return <Text> </Text>;
  return (
    <Text wrap="truncate">
      {line.map((segment, index) =>
        segment.isField === true ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the segments of a row have no identity but their place
          <FieldPart key={index} {...segment} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Text key={index} {...styleOf(segment.look)}>
            {terminalLine(segment.text)}
          </Text>
        ),
      )}
    </Text>
  );
}

/** Rows that were laid out already: each is a row of the terminal. Everything that the wizard draws passes here, and is sanitized. */
export function Rows({ lines }: { readonly lines: readonly Line[] }): ReactNode {
  return (
    <Box flexDirection="column">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen
        <Row key={index} line={line} />
      ))}
    </Box>
  );
}
