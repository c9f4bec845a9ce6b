import { Argument, type Command } from 'commander';
import type { CliContext } from './context.js';

/** The words of this command, and of those below it, by the words before. */
type Words = [path: string, words: string[]];

/** Scripts that complete nouns, verbs and options, made from the commands as they are. */
export function register(completion: Command, _context: CliContext, whole: () => Promise<Command>): void {
  completion
    .addArgument(new Argument('<shell>', 'which one').choices(['bash', 'zsh']))
    .addHelpText(
      'after',
      '\nbash: source <(rollcall completion bash)\nzsh:  source <(rollcall completion zsh)',
    )
    .action(async (shell: string) => {
      const words = wordsOf(await whole());
      process.stdout.write(`${shell === 'zsh' ? ZSH : ''}${scriptOf(words)}`);
    });
}

/** `bashcompinit` needs what a `.zshrc` may not have begun. */
const ZSH =
  '(( ${+functions[compdef]} )) || { autoload -U +X compinit && compinit }\nautoload -U +X bashcompinit && bashcompinit\n';

/** The deepest come first: `case` takes the first that fits. */
function wordsOf(command: Command, path: string[] = []): Words[] {
  const children = command.commands.filter((child) => child.name() !== 'help');
  const options = command.options.flatMap((option) => option.long ?? []);
  const own: Words = [path.join(' '), [...children.map((child) => child.name()), ...options, '--help']];
  return [...children.flatMap((child) => wordsOf(child, [...path, child.name()])), own];
}

/** `path` and `words` are names that zsh has for itself. */
function scriptOf(all: Words[]): string {
  const cases = all.map(
    ([path, words]) => `    ${path === '' ? '*' : `'${path}'*`}) known='${words.join(' ')}' ;;`,
  );
  return `_rollcall() {
  local word before='' said='' known
  for word in "\${COMP_WORDS[@]:1:$((COMP_CWORD - 1))}"; do
    case "$before" in --url|--key|--profile) before=''; continue ;; esac
    before="$word"
    case "$word" in -*) ;; *) said="$said$word " ;; esac
  done
  case "$said" in
${cases.join('\n').replaceAll("'*)", " '*)")}
  esac
  COMPREPLY=($(compgen -W "$known" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _rollcall rollcall
`;
}
