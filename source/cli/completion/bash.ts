/**
 * The script for bash. Works with bash 3.2, which macOS has. The words go through a pipe, because other users see arguments.
 */
export const BASH_SCRIPT = `# kaltura-ks completion for bash
_kaltura_ks() {
  local kind='' path='' kept='' action='' line index=0
  COMPREPLY=()
  {
    IFS= read -r kind
    if [ "$kind" = words ]; then
      while IFS= read -r line; do COMPREPLY+=("$line"); done
    else
      IFS= read -r path
      IFS= read -r kept
    fi
  } < <(printf '%s\\0' bash "$COMP_WORDBREAKS" "\${COMP_LINE:0:COMP_POINT}" | kaltura-ks completion words 2>/dev/null)
  if [ "$kind" = files ]; then
    action=file
  elif [ "$kind" = command ]; then
    while ((index < COMP_CWORD)) && [ "\${COMP_WORDS[index]}" != -- ]; do index=$((index + 1)); done
    index=$((index + 1))
    if declare -F _command_offset >/dev/null; then
      _command_offset "$index"
      return
    fi
    [ "$index" = "$COMP_CWORD" ] && action=command || action=file
  fi
  if [ -n "$action" ]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do
      COMPREPLY+=("\${line#"$kept"}")
    done < <(compgen -A "$action" -- "$path")
  fi
}
complete -F _kaltura_ks kaltura-ks
`;
