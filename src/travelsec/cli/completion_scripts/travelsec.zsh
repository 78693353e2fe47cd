#compdef travelsec
# Completion of travelsec for zsh.
#
# travelsec answers with a word for what is to be completed, then a candidate on each line, with
# a description behind a tab. zsh quotes what it inserts; nothing that travelsec says is run.

_travelsec() {
  local line value
  local -a lines values values_shown names names_shown per_line
  lines=("${(@f)$(_TRAVELSEC_COMPLETE=zsh command travelsec \
    "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
  case $lines[1] in
    files) compset -P 1 '--*='; _files; return ;;
    folders) compset -P 1 '--*='; _path_files -/; return ;;
  esac
  for line in "${(@)lines[2,-1]}"; do
    value=${line%%$'\t'*}
    [[ $line == *$'\t'* ]] && per_line=(-l)
    if [[ $value == *= ]]; then
      names+=("$value") names_shown+=("${line/$'\t'/  -- }")
    else
      values+=("$value") values_shown+=("${line/$'\t'/  -- }")
    fi
  done
  # A value is still to follow a name, so no space does.
  compadd -V travelsec -S '' $per_line -d names_shown -a names
  compadd -V travelsec $per_line -d values_shown -a values
  (( ${#names} + ${#values} ))
}

# Loaded by compinit, this file is the function; read by `source`, it only defines it.
if [[ $funcstack[1] == _travelsec ]]; then
  _travelsec "$@"
else
  compdef _travelsec travelsec
fi
