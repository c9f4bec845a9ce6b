import { readFile } from 'node:fs/promises';

const BEGIN = '<!-- commands: generated from src/cli by `npm run gen` -->';
const END = '<!-- end of commands -->';

/**
 * docs/command-line.md with the table of every command.
 * @param program the whole commander program
 * @param calls the verbs that are requests of the API, by their noun
 */
export async function commandsPage(path, program, calls) {
  const page = await readFile(path, 'utf8');
  const rows = program.commands.flatMap((noun) => {
    const verbs = noun.commands.filter((verb) => verb.name() !== 'help');
    return verbs.length === 0 ? [rowOf([noun], calls)] : verbs.map((verb) => rowOf([noun, verb], calls));
  });
  const table = `| Command | What it does | From another machine |\n| - | - | :-: |\n${rows.join('\n')}`;
  return `${page.slice(0, page.indexOf(BEGIN))}${BEGIN}\n\n${table}\n\n${page.slice(page.indexOf(END))}`;
}

function rowOf(commands, calls) {
  const last = commands.at(-1);
  const args = last.registeredArguments.map((one) => {
    const name = `${one.name()}${one.variadic ? '...' : ''}`;
    return one.required ? `<${name}>` : `[${name}]`;
  });
  const words = [...commands.map((command) => command.name()), ...args].join(' ');
  const verb = commands.length === 1 ? '' : last.name();
  const isCall = (calls[commands[0].name()] ?? []).some((call) => call.verb.split(' ')[0] === verb);
  return `| \`${words}\` | ${last.description().replaceAll('|', '\\|')} | ${isCall ? '●' : ''} |`;
}
