# bash completion of rolecall. It asks the program what fits; where nothing does, bash completes names of files.
_rolecall() {
  local args=() current=${COMP_WORDS[COMP_CWORD]} i line value
  # bash takes = for a word of its own: put --flag=value together again.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    if ((i > 1)) && [[ ${COMP_WORDS[i]} == = || ${COMP_WORDS[i - 1]} == = ]]; then
      args[${#args[@]} - 1]+=${COMP_WORDS[i]}
    else
      args[${#args[@]}]=${COMP_WORDS[i]}
    fi
  done
  local last=$((${#args[@]} - 1))
  local whole=${args[last]}
  [[ $current == = ]] && current=
  args[last]="=$whole"

  COMPREPLY=()
  while IFS= read -r line; do
    value=${line%%$'\t'*}
    [[ $value == :* ]] && continue
    COMPREPLY[${#COMPREPLY[@]}]=${value:$((${#whole} - ${#current}))}
    [[ $value == *= ]] && compopt -o nospace 2>/dev/null
  done < <("${COMP_WORDS[0]}" __complete "${args[@]}" 2>/dev/null)
}
complete -o bashdefault -o default -F _rolecall rolecall
