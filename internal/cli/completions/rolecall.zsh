#compdef rolecall
# zsh completion of rolecall. It asks the program what fits.
_rolecall() {
  local line value about place
  local -a plain open
  for line in "${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT-1]}" "=${PREFIX}" 2>/dev/null)}"; do
    value=${line%%$'\t'*} about=${line#*$'\t'}
    case $value in
      '') ;;
      :*) place=${value#:} ;;
      *=) open+=("${value//:/\\:}${about:+:$about}") ;;
      *) plain+=("${value//:/\\:}${about:+:$about}") ;;
    esac
  done
  (( $#plain )) && _describe rolecall plain
  (( $#open )) && _describe rolecall open -S ''
  case $place in
    files) compset -P '*='; _files ;;
    folders) compset -P '*='; _files -/ ;;
  esac
}
if [[ $funcstack[1] == _rolecall ]]; then
  _rolecall "$@"
else
  compdef _rolecall rolecall
fi
