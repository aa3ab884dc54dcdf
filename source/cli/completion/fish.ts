import { quoted } from '../../commands/shared/shell-quoting.js';
import type { CompletedCommand } from './completion.js';

const LINE = 'complete -c kaltura-ks';

/** A condition of fish: that the words typed so far lead to this command. */
const isAt = (path: readonly string[]): string => quoted(`__kaltura_ks_at ${quoted(path.join(' '), 'fish')}`, 'fish');

function linesOf(command: CompletedCommand, all: readonly CompletedCommand[]): string[] {
  const at = `-n ${isAt(command.path)}`;
  const helpOf = (name: string): string =>
    all.find(({ path }) => path.join(' ') === [...command.path, name].join(' '))?.help ?? '';
  return [
    ...command.commands.map((name) => `${LINE} ${at} -a ${name} -d ${quoted(helpOf(name), 'fish')}`),
    ...(command.words.length > 0 ? [`${LINE} ${at} -a ${quoted(command.words.join(' '), 'fish')}`] : []),
    ...(command.takesProfile ? [`${LINE} ${at} -a '(kaltura-ks completion names 2>/dev/null)'`] : []),
    ...(command.takesFile ? [`${LINE} ${at} -F`] : []),
    ...command.flags.map((flag) => {
      const value = flag.takesFile ? ' -r -F' : flag.takesValue ? ' -x' : '';
      const values = flag.values.length > 0 ? ` -a ${quoted(flag.values.join(' '), 'fish')}` : '';
      return `${LINE} ${at} -l ${flag.name.replace(/^--/, '')}${value}${values} -d ${quoted(flag.help, 'fish')}`;
    }),
  ];
}

export const fishScript = (commands: readonly CompletedCommand[]): string => `# kaltura-ks completion for fish
function __kaltura_ks_at
  set -l command ''
  for word in (commandline -opc)[2..]
    switch "$command $word"
${commands
  .filter(({ path }) => path.length > 0)
  .map(
    ({ path }) =>
      `      case '${[path.slice(0, -1).join(' '), path.at(-1)].join(' ')}'\n        set command '${path.join(' ')}'`,
  )
  .join('\n')}
    end
  end
  test "$command" = "$argv[1]"
end
${LINE} -f
${commands.flatMap((command) => linesOf(command, commands)).join('\n')}
`;
