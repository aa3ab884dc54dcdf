import { Box, render, Text, useInput } from 'ink';
import { useState } from 'react';

/** The app that `npm run bench` compares the program with: 22 rows, one `Text` each, nine of them a list with a marked option. */
const OPTIONS = Array.from({ length: 9 }, (_, index) => `Option ${index + 1}: a short label and a hint beside it`);
const ABOVE = Array.from({ length: 6 }, (_, index) => `Line ${index + 1} of the text above the list.`);
const BELOW = Array.from({ length: 7 }, (_, index) => `Line ${index + 1} of the text below the list.`);

function App() {
  const [marked, setMarked] = useState(0);
  useInput((_input, { upArrow, downArrow }) => {
    const step = Number(downArrow) - Number(upArrow);
    setMarked((index) => (index + step + OPTIONS.length) % OPTIONS.length);
  });
  const rows = [...ABOVE, ...OPTIONS.map((option, index) => `${index === marked ? '❯' : ' '} ${option}`), ...BELOW];
  return (
    <Box flexDirection="column">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows never move.
        <Text key={index}>{row}</Text>
      ))}
    </Box>
  );
}

render(<App />);
