import { type CommandSpec, GROUP } from './command-spec.js';
import { JSON_FLAG, NO_INPUT, SHOW_ANSWER } from './flags.js';

export const SET_UP: readonly CommandSpec[] = [
  {
    name: 'practice',
    group: 'Set up',
    description: 'Run a practice server on this computer',
    flags: [{ flag: '--port <number>', help: 'the port of the server (default: 47102)' }],
    notes: `The practice server behaves like a Kaltura server, with invented accounts. When it starts, it prints its URL, a partner ID, the
secrets, and a request to try. Use them in your code. Ctrl+C stops the server.

You can create practice keys without starting the server.`,
    examples: ['kaltura-ks practice', 'kaltura-ks token --region practice'],
  },
  {
    name: 'status',
    group: 'Set up',
    description: 'Show what is saved, and check that everything works',
    flags: [
      { flag: '--timeout <time>', help: 'how long to wait for each server (default: 5s)', group: GROUP.server },
      JSON_FLAG,
      SHOW_ANSWER,
    ],
    notes: 'Asks the servers of your profiles for the time, and sends nothing else.',
    examples: ['kaltura-ks status', 'kaltura-ks status --json'],
  },
  {
    name: 'completion <shell>',
    group: 'Set up',
    description: 'Print a completion script for bash, zsh, fish or PowerShell',
    notes:
      'Add the line for your shell (see the examples) to its file: ~/.bashrc, ~/.zshrc (after compinit), ~/.config/fish/config.fish or $PROFILE.',
    examples: [
      'source <(kaltura-ks completion bash)',
      'source <(kaltura-ks completion zsh)',
      'kaltura-ks completion fish | source',
      'kaltura-ks completion powershell | Out-String | Invoke-Expression',
    ],
  },
  {
    name: 'forget',
    group: 'Set up',
    description: 'Delete everything that kaltura-ks has saved',
    flags: [{ flag: '--yes', help: 'delete without asking for the typed word', group: GROUP.confirm }, NO_INPUT],
    notes: `This deletes all profiles, their stored secrets (keychain, encrypted files) and their saved keys. You type a word to confirm.`,
    examples: ['kaltura-ks forget', 'kaltura-ks forget --yes'],
  },
  {
    name: 'help [topic...]',
    group: 'Set up',
    description: 'Explain a topic, or show the help of a command',
    notes: 'Topics: secrets, privileges, environment, exit-codes.',
    examples: ['kaltura-ks help secrets', 'kaltura-ks help app-tokens create'],
  },
];
