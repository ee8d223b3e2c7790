// The scripts by which shells ask this program what could be typed next. Data: they decide nothing themselves.

import { hiddenCommand } from "./hidden-command.ts";

/** For bash from 3.2 on, which macOS has. A world's name and a file may both follow: candidates first, then paths. */
const bash = `# completion of vault-teardown for bash; add to ~/.bashrc:  eval "$(vault-teardown completion bash)"
_vault_teardown() {
  local current="\${COMP_WORDS[COMP_CWORD]}" line value path
  [ "$current" = "=" ] && current=""
  COMPREPLY=()
  while IFS= read -r line; do
    value="\${line%%$'\\t'*}"
    case "$line" in
      :none) ;;
      :files|:folders)
        compopt -o filenames 2>/dev/null
        [ "$line" = ":files" ] && line=-f || line=-d
        # The word is here as it was typed; paths have neither its backslashes nor its quotation mark.
        case "$current" in [\\"\\']*) path="\${current:1}" ;; *) path="\${current//\\\\/}" ;; esac
        while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen "$line" -- "$path") ;;
      *) COMPREPLY+=("$value"); [ "\${value%:}" = "$value" ] || compopt -o nospace 2>/dev/null ;;
    esac
  done < <("\${COMP_WORDS[0]}" ${hiddenCommand} "\${COMP_WORDS[@]:1:COMP_CWORD-1}" "$current" 2>/dev/null)
}
complete -F _vault_teardown vault-teardown
`;

const zsh = `#compdef vault-teardown
# completion of vault-teardown for zsh; add to ~/.zshrc after compinit:  eval "$(vault-teardown completion zsh)"
_vault_teardown() {
  local line value paths=none
  local -a candidates
  while IFS= read -r line; do
    value="\${line%%$'\\t'*}"
    case "$line" in
      :files|:folders|:none) paths="\${line#:}" ;;
      *) candidates+=("\${value//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done < <("\${words[1]}" ${hiddenCommand} "\${(@)words[2,CURRENT-1]}" "\${words[CURRENT]}" 2>/dev/null)
  (( \${#candidates} )) && _describe -V 'vault-teardown' candidates
  case "$paths" in
    files) _files ;;
    folders) _files -/ ;;
  esac
}
compdef _vault_teardown vault-teardown
`;

const fish = `# completion of vault-teardown for fish; save as ~/.config/fish/completions/vault-teardown.fish
function __vault_teardown_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] ${hiddenCommand} $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path $current
            case :folders
                __fish_complete_directories $current
            case :none
            case '*'
                echo $line
        end
    end
end
complete -c vault-teardown -f -a '(__vault_teardown_complete)'
`;

export type CompletedShell = "bash" | "zsh" | "fish";

export const completionScripts: Readonly<Record<CompletedShell, string>> = { bash, zsh, fish };

/** The shells for which there is a script. */
export const completedShells: readonly CompletedShell[] = Object.keys(completionScripts) as CompletedShell[];
