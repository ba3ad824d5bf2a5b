// The completion scripts. Each asks `weft complete` for candidates, so that a script that was installed once knows the commands
// of every later weft. Candidates are names that a kernel took from anybody: bash must never expand them, so there is no
// `compgen -W` here, and each is quoted before it reaches the command line.

namespace Weft.Cli.Completion;

internal static class Scripts
{
    /// <summary>The shells that there is a script for.</summary>
    public static readonly string[] Shells = ["bash", "zsh", "fish"];

    /// <summary>The script; null for another shell.</summary>
    public static string? Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => null,
    };

    private const string Bash =
        """
        # bash completion for weft. For this shell:  source <(weft completion bash)
        # For every shell:  weft completion bash >/etc/bash_completion.d/weft
        _weft() {
          local cur=${COMP_WORDS[COMP_CWORD]} answers=() answer
          COMPREPLY=()
          [[ $cur == '=' ]] && cur=
          mapfile -t answers < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
          case ${answers[0]-} in
            :files)
              compopt -o filenames 2>/dev/null
              mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
            :folders)
              compopt -o filenames 2>/dev/null
              mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
            :words)
              mapfile -t COMPREPLY < <(compgen -c -f -- "$cur") ;;
            *)
              for answer in "${answers[@]}"; do
                printf -v answer %q "$answer"
                COMPREPLY+=("$answer")
              done ;;
          esac
        }
        complete -F _weft weft

        """;

    private const string Zsh =
        """
        #compdef weft
        # zsh completion for weft. For every shell: weft completion zsh >/usr/local/share/zsh/site-functions/_weft
        # For this shell, after compinit:  source <(weft completion zsh)
        _weft() {
          local -a answers
          answers=("${(@f)$(${words[1]} complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
          case ${answers[1]-} in
            '') return 1 ;;
            :files) compset -P '--*='; _files ;;
            :folders) compset -P '--*='; _files -/ ;;
            :words) _normal ;;
            *) compadd -a answers ;;
          esac
        }
        if [ "$funcstack[1]" = _weft ]; then _weft "$@"; else compdef _weft weft; fi

        """;

    private const string Fish =
        """
        # fish completion for weft. For every shell: weft completion fish >/etc/fish/completions/weft.fish
        # For this shell:  weft completion fish | source
        function __weft_complete
          set -l words (commandline -opc)
          set -l last (commandline -ct)
          set -l answers ($words[1] complete -- $words[2..-1] "$last" 2>/dev/null)
          switch "$answers[1]"
            case ':files' ':words'
              __fish_complete_path "$last"
            case ':folders'
              __fish_complete_directories "$last"
            case '*'
              string join \n -- $answers
          end
        end
        complete -c weft -f -a '(__weft_complete)'

        """;
}
