#compdef convergence
# Completes convergence in zsh: convergence completion zsh > ~/.zfunc/_convergence
_convergence() {
  local -a found
  local line
  for line in "${(@f)$("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  if ((${#found})); then
    _describe convergence found
  else
    _files
  fi
}
compdef _convergence convergence
