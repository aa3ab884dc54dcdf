import { HOUR } from '../lifetime.js';
import { type RecipeKey, recipesOf, required } from './recipe.js';

const KEY: RecipeKey = {
  type: 'ADMIN',
  user: required('an administrator'),
  lifetime: 4 * HOUR,
  privileges: [],
  holder: 'me',
};

/** MCP servers and agents (docs/kaltura-products.md 1.4). */
export const AGENTS = recipesOf('agents', [
  {
    id: 'mcp-events',
    title: 'Kaltura Events MCP server',
    summary: 'A coding assistant works with Kaltura events.',
    key: KEY,
    next: {
      kind: 'mcp',
      name: 'kaltura-events',
      command: [
        'docker',
        'run',
        '-i',
        '--rm',
        '-e',
        'KALTURA_KS',
        '-e',
        'KALTURA_ENV',
        'ghcr.io/kaltura/mcp-events:latest',
      ],
      env: { KALTURA_ENV: '{{mcp-region}}' },
    },
    mistakes: [
      'The MCP server doesn’t renew the key. Give it a lifetime that covers your work, and restart the server afterwards.',
      'The assistant acts as an administrator.',
    ],
    doubts: ['The MCP server documents three regions: US, EU and DE.'],
    source: 'Kaltura’s repository kaltura/mcp-events',
    testCall: 'category.list',
  },
  {
    id: 'mcp-server',
    title: 'Any MCP server that reads KALTURA_KS',
    summary: 'A coding assistant works with your account through an MCP server.',
    key: { ...KEY, type: 'USER', user: required('the person who works with the assistant') },
    asks: ['server'],
    next: { kind: 'mcp', name: 'kaltura', command: ['{{server}}'], env: {} },
    mistakes: ['The key can’t be renewed while the MCP server runs. Give it a lifetime that covers your work.'],
    doubts: [
      'See the documentation of the MCP server for the key that it needs.',
      'The third-party server zoharbabin/kaltura-mcp takes partner ID, Administrator Secret and user ID, and needs no key.',
    ],
    source: 'no document of Kaltura: each MCP server has its own',
    confidence: 'unconfirmed',
    testCall: 'baseEntry.count',
  },
]);
