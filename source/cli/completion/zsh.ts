import type { CompletedCommand, CompletedFlag } from './completion.js';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What stands in a description of \`_describe\`: a colon ends it. */
const plain = (text: string): string => text.replaceAll(/[:\\]/g, ' ');

const entry = (name: string, help: string): string => quoted(`${name}:${plain(help)}`);

function valueBranch(flag: CompletedFlag): string {
  const offered = flag.takesFile ? '_files' : `compadd -- ${flag.values.join(' ')}`;
  return `        ${flag.name}) ${flag.takesFile || flag.values.length > 0 ? offered : ':'}; return ;;`;
}

function branch(command: CompletedCommand, all: readonly CompletedCommand[]): string {
  const helpOf = (name: string): string =>
    all.find(({ path }) => path.join(' ') === [...command.path, name].join(' '))?.help ?? '';
  const words = [...command.commands.map((name) => entry(name, helpOf(name))), ...command.words.map(quoted)];
  return `    ${quoted(command.path.join(' '))})
      case $words[CURRENT-1] in
${[...command.flags.filter((flag) => flag.takesValue || flag.values.length > 0).map(valueBranch), '        *) ;;'].join('\n')}
      esac
      offered=(${words.join(' ')})
      flags=(${command.flags.map(({ name, help }) => entry(name, help)).join(' ')})
      takes=${command.takesProfile ? 'profile' : command.takesFile ? 'file' : ''}
      ;;`;
}

export const zshScript = (commands: readonly CompletedCommand[]): string => `#compdef kaltura-ks
# kaltura-ks completion for zsh
_kaltura_ks() {
  local command='' takes='' index
  local -a offered flags names
  for ((index = 2; index < CURRENT; index++)); do
    if [[ $words[index] == -- ]]; then
      _command_names -e
      return
    fi
    case "$command $words[index]" in
${commands
  .filter(({ path }) => path.length > 0)
  .map(({ path }) => `      '${[path.slice(0, -1).join(' '), path.at(-1)].join(' ')}') command='${path.join(' ')}' ;;`)
  .join('\n')}
    esac
  done
  case $command in
${commands.map((command) => branch(command, commands)).join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then
    _describe -o flag flags
    return
  fi
  (( $#offered )) && _describe command offered
  if [[ $takes == profile ]]; then
    names=("\${(@f)$(kaltura-ks completion names 2>/dev/null)}")
    (( $#names )) && [[ -n $names[1] ]] && compadd -- "$names[@]"
  elif [[ $takes == file ]]; then
    _files
  fi
}
if [[ $funcstack[1] == _kaltura_ks ]]; then
  _kaltura_ks "$@"
else
  compdef _kaltura_ks kaltura-ks
fi
`;
