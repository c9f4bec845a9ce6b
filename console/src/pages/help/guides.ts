import type { Language } from '../../i18n/i18n';

/** A text, or an element: its tag, its attributes, and what is in it. */
export type Node = string | readonly [tag: string, attributes: Attributes, children: Node[]];

export interface Attributes {
  /** Where links lead to. */
  id?: string;
  /** Of a link within help: `/help/errors#NOT_FOUND`, or `#runs` of the same page. */
  to?: string;
  /** Of a link to another server. */
  href?: string;
  /** The first number of a list. */
  start?: number;
}

/** A page of the project's docs, as console/help.mjs makes it of Markdown when the console is built. */
export interface Guide {
  title: string;
  sections: { id: string; title: string }[];
  body: Node[];
}

/** Each a chunk of its own. */
const FILES = import.meta.glob<Guide>(
  ['../../../../docs/*.md', '../../../../docs/ar/*.md', '../../../../README.md'],
  {
    import: 'default',
  },
);
const DOCS = '../../../../docs/';

/** In the order in which somebody needs them. What is not here is for those who build Rollcall; links may lead there. */
export const GROUPS = {
  first: ['quick-start', 'console', 'operators-guide', 'integrators-guide', 'errors', 'glossary'],
  enrollments: ['images', 'reconciliation', 'reveal', 'statistics', 'contract', 'enroll-api'],
  handingOn: ['handing-on', 'webhooks', 'feed', 'exports', 'verifying-signatures'],
  compliance: ['privacy', 'audit', 'audit-actions', 'erasure', 'subject-access'],
  access: ['access', 'api-keys', 'scopes'],
  running: [
    'operations',
    'command-line',
    'configuration',
    'alerts',
    'backup',
    'upgrading',
    'hardening',
    'security',
  ],
} as const;

/** How a page is loaded, in which language; undefined where there is no such page. */
export function findGuide(name: string, language: Language) {
  const own = FILES[`${DOCS}${language}/${name}.md`];
  if (own !== undefined) return { load: own, language };
  const load = FILES[name === 'quick-start' ? '../../../../README.md' : `${DOCS}${name}.md`];
  return load === undefined ? undefined : { load, language: 'en' as const };
}
