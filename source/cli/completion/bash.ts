import type { CompletedCommand } from './completion.js';

const pathOf = ({ path }: CompletedCommand): string => path.join(' ');

function branch(command: CompletedCommand): string {
  const { commands, flags, words, takesProfile, takesFile } = command;
  const values = flags
    .filter((flag) => flag.values.length > 0 || flag.takesFile || flag.takesValue)
    .map((flag) => {
      const offered = flag.takesFile ? 'files=1' : `words='${flag.values.join(' ')}'`;
      return `        ${flag.name}) ${offered}; value=1 ;;`;
    });
  return `    '${pathOf(command)}')
      words='${[...commands, ...words].join(' ')}'
      flags='${flags.map(({ name }) => name).join(' ')}'
      profiles=${takesProfile ? 1 : ''}
      files=${takesFile ? 1 : ''}
      case "$prev" in
${[...values, '        *) ;;'].join('\n')}
      esac
      ;;`;
}

/** Whatever is in the name of a profile is quoted, and nothing of it is expanded. Works with bash 3.2, which macOS has. */
export const bashScript = (commands: readonly CompletedCommand[]): string => `# kaltura-ks completion for bash
_kaltura_ks() {
  local cur prev word command='' words='' flags='' profiles='' files='' value='' name index
  cur=\${COMP_WORDS[COMP_CWORD]}
  prev=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [ "$word" = -- ]; then
      COMPREPLY=($(compgen -c -- "$cur"))
      return
    fi
    case "$command $word" in
${commands
  .filter(({ path }) => path.length > 0)
  .map(({ path }) => `      '${[path.slice(0, -1).join(' '), path.at(-1)].join(' ')}') command='${path.join(' ')}' ;;`)
  .join('\n')}
    esac
  done
  case "$command" in
${commands.map(branch).join('\n')}
  esac
  if [ -n "$files" ]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$cur"))
    return
  fi
  if [ -z "$value" ]; then
    case "$cur" in
      -*) words=$flags profiles='' ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  if [ -n "$profiles" ] && [ -z "$value" ]; then
    while IFS= read -r name; do
      name=$(printf '%q' "$name")
      case "$name" in
        "$cur"*) COMPREPLY+=("$name") ;;
      esac
    done < <(kaltura-ks completion names 2>/dev/null)
  fi
}
complete -F _kaltura_ks kaltura-ks
`;
