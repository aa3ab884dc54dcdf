/** The script for fish. The words go through a pipe, because other users see arguments. */
export const FISH_SCRIPT = `# kaltura-ks completion for fish
function __kaltura_ks_complete
  set -l token (commandline -ct)
  set -l words (commandline -opc)
  set -l lines (printf '%s\\0' fish $words[2..] "$token" | kaltura-ks completion words 2>/dev/null)
  switch "$lines[1]"
    case words
      printf '%s\\n' $lines[2..]
    case files
      set -l flag (string match -r -- '^--[^=]*=' $token)
      set -l path (string replace -- "$flag" '' $token)
      for line in (__fish_complete_path "$path")
        printf '%s\\n' "$flag$line"
      end
    case command
      set -l index (contains -i -- -- $words)
      set -l rest $words[(math $index + 1)..]
      complete -C (string join ' ' -- (string escape -- $rest) "$token")
  end
end
complete -c kaltura-ks -f -a '(__kaltura_ks_complete)'
`;
