/** A command of the operator's guide, with what the guide says of it. */
export interface Step {
  /** The question that it answers. */
  question: string;
  /** As it is printed, without the prompt. */
  typed: string;
  args: string[];
  input?: string;
  code: number;
  lines: string[];
}

/** Something that happens in the guide between two commands, in its words. */
export interface Happening {
  question: string;
  happens: string;
}

const COMMAND = /^\$ (?:echo (?<input>\S+) \| )?rollcall (?<words>.*?)(?:\s+# exit (?<code>\d+))?$/;
const WORD = /'[^']*'|"[^"]*"|\S+/g;

/**
 * Reads the blocks ```console of a page: `$ …` is a command, `# …` is something that happens, the rest is what a command prints.
 * @throws where a command is of no form that is known here
 */
export function stepsOf(page: string): (Step | Happening)[] {
  return page
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const question = section.split('\n', 1)[0] ?? '';
      const blocks = [...section.matchAll(/^```console\n(.*?)^```/gms)];
      return blocks.flatMap(([, text = '']) => stepsOfBlock(question, text));
    });
}

function stepsOfBlock(question: string, text: string): (Step | Happening)[] {
  const found: (Step | Happening)[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const last = found.at(-1);
    if (line.startsWith('# ')) found.push({ question, happens: line.slice(2) });
    else if (line.startsWith('$ ')) found.push(commandOf(question, line));
    else if (last !== undefined && 'lines' in last) last.lines.push(line);
    else throw new Error(`what prints this? ${line}`);
  }
  return found;
}

function commandOf(question: string, line: string): Step {
  const { input, words = '', code = '0' } = COMMAND.exec(line)?.groups ?? {};
  const args = [...words.matchAll(WORD)].map(([word]) => word.replace(/^(['"])(.*)\1$/, '$2'));
  if (args.length === 0) throw new Error(`the script does not know this command: ${line}`);
  return {
    question,
    typed: line.slice(2),
    args,
    ...(input !== undefined && { input: `${input}\n` }),
    code: Number(code),
    lines: [],
  };
}

/** Of whatever has an id, and of deliveries. */
const ID = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|msg_\d+_\d+_[0-9a-f]+)$/i;
/** What is another one at every run and every machine. */
const VOLATILE: [RegExp, string][] = [
  [/[\u2066-\u2069]/g, ''],
  [/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, '<time>'],
  [/\d{4}-\d\d(-\d\d( [\d:]*)?)?…/g, '<time>'],
  [/\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?( [+-][\d:]*…?)?/g, '<time>'],
  [/\d{4}-\d\d-\d\d/g, '<date>'],
  [/\b(ROLLCALL_(API_KEY|\w*…)|cli:\S+)/g, '<caller>'],
  [/\b127\.0\.0\.1:\d+/g, '<host>'],
  [/\bversion \d+\.\d+\.\d+/g, 'version <release>'],
  [/\b\d+ ms\b/g, '<ms>'],
  [/(postgres:\/\/)\S+/g, '$1<database>'],
];

/** What the ids of the guide are in this run: each is bound when a line with it is first seen. */
export class Bindings {
  private readonly actual = new Map<string, string>();

  /** The guide's words with the ids of this run, and its days as the days before and after today. */
  here(text: string, guideDay: string): string {
    const withIds = [...this.actual].reduce((now, [guide, actual]) => now.replaceAll(guide, actual), text);
    return withIds.replace(/\b\d{4}-\d\d-\d\d\b/g, (day) => {
      const days = (Date.parse(day) - Date.parse(guideDay)) / 86_400_000;
      return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    });
  }

  /**
   * Finds each line of the guide in what was printed, in this order. Its words stand there in their order, others may stand
   * between them: a table may have more columns. A word that ends with "…" is the beginning of one.
   * @returns the first line that is missing
   */
  missing(lines: readonly string[], printed: string): string | undefined {
    const rest = printed.split('\n').map(wordsOf);
    for (const line of lines.filter((one) => one.trim() !== '…')) {
      const at = rest.findIndex((words) => this.fits(wordsOf(line), words));
      if (at < 0) return line;
      rest.splice(0, at + 1);
    }
    return undefined;
  }

  private fits(expected: string[], words: string[]): boolean {
    const found = new Map<string, string>();
    let at = 0;
    for (const word of expected) {
      const ahead = words.slice(at).findIndex((one) => this.same(word, one, found));
      if (ahead < 0) return false;
      at += ahead + 1;
    }
    for (const [guide, actual] of found) this.actual.set(guide, actual);
    return true;
  }

  private same(expected: string, word: string, found: Map<string, string>): boolean {
    const trimmed = expected.replace(/,$/, '');
    if (ID.test(trimmed)) return this.sameId(trimmed, word.replace(/,$/, ''), found);
    if (expected.endsWith('…')) return word.startsWith(expected.slice(0, -1));
    return word === expected || (word.endsWith('…') && expected.startsWith(word.slice(0, -1)));
  }

  private sameId(expected: string, word: string, found: Map<string, string>): boolean {
    const bound = this.actual.get(expected) ?? found.get(expected);
    if (bound !== undefined) return bound === word;
    if (!ID.test(word)) return false;
    found.set(expected, word);
    return true;
  }
}

function wordsOf(line: string): string[] {
  const plain = VOLATILE.reduce((now, [pattern, by]) => now.replace(pattern, by), line);
  return plain.split(/\s+/).filter((word) => word !== '' && word !== '…');
}
