# Completes convergence in fish: convergence completion fish > ~/.config/fish/completions/convergence.fish
function __convergence_complete
    set -l words (commandline -opc) (commandline -ct)
    $words[1] __complete -- $words[2..-1] 2>/dev/null
end
complete -c convergence -f -a '(__convergence_complete)'
complete -c convergence -n 'test (count (__convergence_complete)) -eq 0' -F
