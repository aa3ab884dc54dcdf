/** The script for zsh. `_describe` gets `value:description`. The words go through a pipe, because other users see arguments. */
export const ZSH_SCRIPT = `#compdef kaltura-ks
# kaltura-ks completion for zsh
_kaltura_ks() {
  local kind index
  local -a lines
  lines=("\${(@f)$(printf '%s\\0' zsh "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" | kaltura-ks completion words 2>/dev/null)}")
  kind=$lines[1]
  shift lines
  if [[ $kind == command ]]; then
    index=$words[(i)--]
    (( index < CURRENT )) || return
    shift $index words
    (( CURRENT -= index ))
    _normal
    return
  fi
  [[ $PREFIX == --*=* ]] && compset -P 1 '*='
  case $kind in
    words) (( $#lines )) && _describe -t values 'kaltura-ks' lines ;;
    files) _files ;;
  esac
}
if [[ $funcstack[1] == _kaltura_ks ]]; then
  _kaltura_ks "$@"
else
  compdef _kaltura_ks kaltura-ks
fi
`;
