/** Draws the rows of a terminal (runs of cells that look the same) as an SVG: text only, no script, no font from elsewhere. */

const fontSize = 14;
const cell = { width: 8.43, height: 19 };
const margin = { x: 18, top: 40, bottom: 16 };
const background = '#1b1f27';
const foreground = '#d3d8e2';
const basic = [
  ...['#3b4252', '#e06c75', '#98c379', '#e5c07b', '#6ca6e8', '#c58ae0', '#56b6c2', '#d3d8e2'],
  ...['#7d8799', '#f08a92', '#b3d898', '#f0d399', '#8fbcf0', '#d7a8ec', '#7fcfd9', '#ffffff'],
];

const hex = (...parts) => `#${parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
const partsOf = (color) => [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));

/** The 256 colors of xterm: 16 that each terminal chooses, a cube of 6 x 6 x 6, and 24 greys. */
function rgbOf(color) {
  if (typeof color === 'string') return color;
  if (color < 16) return basic[color];
  if (color >= 232) return hex(...Array(3).fill(8 + (color - 232) * 10));
  const level = (step) => (step === 0 ? 0 : 55 + step * 40);
  const place = color - 16;
  return hex(level(Math.floor(place / 36)), level(Math.floor(place / 6) % 6), level(place % 6));
}

const between = (color, other, part) => {
  const others = partsOf(other);
  return hex(...partsOf(color).map((value, index) => value + (others[index] - value) * part));
};

function paintOf(style) {
  const fg = rgbOf(style.fg ?? foreground);
  const bg = rgbOf(style.bg ?? background);
  const [ink, paper] = style.inverse ? [bg, fg] : [fg, bg];
  return { ink: style.dim ? between(ink, paper, 0.4) : ink, paper };
}

const round = (number) => Number(number.toFixed(2));
const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const attributes = (all) =>
  Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');

/** Words are placed one by one, and so is each sign beyond ASCII: a font that lacks a sign, or is wider, shifts nothing else. */
function wordsOf(text, column) {
  const words = [];
  for (const { 0: word, index } of text.matchAll(/[\x21-\x7e]+(?: [\x21-\x7e]+)*|[^\x20-\x7e]/gu)) {
    words.push({ word, column: column + [...text.slice(0, index)].length, width: [...word].length });
  }
  return words;
}

function drawRow(runs, row) {
  const top = margin.top + row * cell.height;
  const papers = [];
  const texts = [];
  let column = 0;
  for (const { text, width, style } of runs) {
    const { ink, paper } = paintOf(style);
    const place = {
      x: round(margin.x + column * cell.width),
      y: top,
      width: round(width * cell.width),
      height: cell.height,
    };
    if (paper !== background) papers.push(`<rect${attributes({ ...place, fill: paper })}/>`);
    for (const each of wordsOf(text, column)) {
      const looks = {
        x: round(margin.x + each.column * cell.width),
        textLength: each.width > 1 ? round(each.width * cell.width) : undefined,
        fill: ink === foreground ? undefined : ink,
        'font-weight': style.bold ? 'bold' : undefined,
        'font-style': style.italic ? 'italic' : undefined,
        'text-decoration': style.underline ? 'underline' : undefined,
      };
      texts.push(`<tspan${attributes(looks)}>${escaped(each.word)}</tspan>`);
    }
    column += width;
  }
  const line = texts.length > 0 ? `<text y="${top + 14}">${texts.join('')}</text>` : '';
  return [...papers, line].filter(Boolean);
}

/** The same rows and title give the same bytes. */
export function drawScreen({ rows, columns, title }) {
  const width = Math.ceil(2 * margin.x + columns * cell.width);
  const height = margin.top + rows.length * cell.height + margin.bottom;
  const dots = [0, 1, 2].map((place) => `<circle cx="${22 + place * 18}" cy="19" r="5" fill="#3b4252"/>`);
  const font = `ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${background}"/>`,
    ...dots,
    `<g font-family="${font}" font-size="${fontSize}" fill="${foreground}">`,
    ...rows.flatMap(drawRow),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
