import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { projectRoot } from '../../src/config/root.js';

/** A language of the page: what makes a program of its snippet, which reads requests and says of each `ok` or `refused`. */
interface Language {
  fence: string;
  file: string;
  program: (snippet: string) => string;
  commands: string[][];
}

const LANGUAGES: Record<string, Language> = {
  Node: {
    fence: 'js',
    file: 'verify.mjs',
    program: (snippet) => `${snippet}
      import { readFileSync } from 'node:fs';
      for (const line of readFileSync(0, 'utf8').split('\\n').filter(Boolean)) {
        const [body, id, timestamp, signature, secrets] = line.split('\\t');
        const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
        try { verify(Buffer.from(body, 'base64'), headers, secrets.split(',')); console.log('ok'); }
        catch { console.log('refused'); }
      }`,
    commands: [[process.execPath, 'verify.mjs']],
  },
  Python: {
    fence: 'python',
    file: 'verify.py',
    program: (snippet) => `${snippet}
import sys
for line in sys.stdin:
    body, id, timestamp, signature, secrets = line.rstrip("\\n").split("\\t")
    headers = {"webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature}
    try:
        verify(base64.b64decode(body), headers, secrets.split(","))
        print("ok")
    except ValueError:
        print("refused")
`,
    commands: [['python3', 'verify.py']],
  },
  Java: {
    fence: 'java',
    file: 'Main.java',
    // run from its source, Java starts the first class of the file
    program: (snippet) =>
      snippet.replace(
        'final class RollcallSignature',
        `class Main {
          public static void main(String[] none) throws Exception {
            var lines = new java.io.BufferedReader(new java.io.InputStreamReader(System.in, UTF_8));
            for (String line; (line = lines.readLine()) != null;) {
              String[] part = line.split("\\t");
              try {
                RollcallSignature.verify(Base64.getDecoder().decode(part[0]), part[1], part[2], part[3], List.of(part[4].split(",")));
                System.out.println("ok");
              } catch (SecurityException refusal) { System.out.println("refused"); }
            }
          }
        }
        final class RollcallSignature`,
      ),
    commands: [['java', '-XX:TieredStopAtLevel=1', 'Main.java']],
  },
  'C#': {
    fence: 'csharp',
    file: 'verify.cs',
    program: (snippet) => `${snippet}
      static class Program {
        static void Main() {
          string line;
          while ((line = Console.ReadLine()) != null) {
            var part = line.Split('\\t');
            try {
              RollcallSignature.Verify(Convert.FromBase64String(part[0]), part[1], part[2], part[3], part[4].Split(','));
              Console.WriteLine("ok");
            } catch (CryptographicException) { Console.WriteLine("refused"); }
          }
        }
      }`,
    commands: [
      ['mcs', '-r:System.Core', 'verify.cs'],
      ['mono', 'verify.exe'],
    ],
  },
  PHP: {
    fence: 'php',
    file: 'verify.php',
    program: (snippet) => `<?php ${snippet}
      while (($line = fgets(STDIN)) !== false) {
        [$body, $id, $timestamp, $signature, $secrets] = explode("\\t", rtrim($line, "\\n"));
        $headers = ['webhook-id' => $id, 'webhook-timestamp' => $timestamp, 'webhook-signature' => $signature];
        try { verify(base64_decode($body), $headers, explode(',', $secrets)); echo "ok\\n"; }
        catch (RuntimeException) { echo "refused\\n"; }
      }`,
    commands: [['php', 'verify.php']],
  },
};

const PAGE = readFileSync(join(projectRoot, 'docs/verifying-signatures.md'), 'utf8');
const here = Object.entries(LANGUAGES).filter(([, { commands }]) =>
  commands.every(([tool = '']) => spawnSync(tool, ['--version']).error === undefined),
);

const BODY = '{"type":"applicant.created","name":"منى"}';
const secret = () => `whsec_${randomBytes(24).toString('base64')}`;
const [SECRET, NEXT, OTHER] = [secret(), secret(), secret()];

/** A line for the programs: what is sent, signed by the standard's own package, and what the receiver knows. */
function request({ signedBy = [SECRET], sent = BODY, secondsAgo = 0, knows = [SECRET] } = {}) {
  const at = new Date(Date.now() - secondsAgo * 1000);
  const signatures = signedBy.map((own) => new Webhook(own).sign('msg_1', at, BODY)).join(' ');
  const seconds = Math.floor(at.getTime() / 1000);
  return [Buffer.from(sent).toString('base64'), 'msg_1', seconds, signatures, knows.join(',')].join('\t');
}

const CASES: [string, 'ok' | 'refused'][] = [
  [request(), 'ok'],
  [request({ secondsAgo: 200 }), 'ok'],
  [request({ signedBy: [NEXT, SECRET] }), 'ok'],
  [request({ signedBy: [NEXT], knows: [SECRET, NEXT] }), 'ok'],
  [request({ sent: `${BODY} ` }), 'refused'],
  [request({ signedBy: [OTHER] }), 'refused'],
  [request({ secondsAgo: 400 }), 'refused'],
  [request({ secondsAgo: -400 }), 'refused'],
  [request().replace('v1,', 'v1,A'), 'refused'],
  [request().replace('v1,', 'v1a,'), 'refused'],
  [request().replace('msg_1', 'msg_2'), 'refused'],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-snippets-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('docs/verifying-signatures.md', () => {
  it.each(here)(
    'the snippet for %s takes what is signed and nothing else',
    (_, { fence, file, program, commands }) => {
      const snippet = new RegExp(`\`\`\`${fence}\n(.*?)\`\`\``, 's').exec(PAGE)?.[1] ?? '';
      writeFileSync(join(folder, file), program(snippet));
      const input = CASES.map(([line]) => `${line}\n`).join('');
      let said = '';
      for (const [tool = '', ...args] of commands)
        said = execFileSync(tool, args, { cwd: folder, input }).toString();
      expect(said.trim().split(/\r?\n/)).toEqual(CASES.map(([, answer]) => answer));
    },
  );
});
