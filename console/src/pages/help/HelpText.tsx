import { Anchor } from '@mantine/core';
import { createElement, Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Attributes, Node } from './guides';

/** What the docs may hold; console/help.mjs makes nothing else. */
const TAGS = new Set('h2 h3 h4 p ul ol li strong em blockquote table thead tbody tr th td br'.split(' '));

/** Texts and elements of the docs. None is written as HTML. */
export function HelpText({ nodes }: { nodes: readonly Node[] }): ReactNode {
  return nodes.map((node, index) => (
    <Fragment key={index}>{typeof node === 'string' ? node : <Element node={node} />}</Fragment>
  ));
}

function Element({ node: [tag, attributes, children] }: { node: Exclude<Node, string> }): ReactNode {
  const inner = children.length > 0 ? <HelpText nodes={children} /> : undefined;
  if (tag === 'a') return <A {...attributes}>{inner}</A>;
  if (tag === 'code') return <code dir="ltr">{inner}</code>;
  if (tag === 'pre') return <Block>{inner}</Block>;
  if (tag === 'table') return <WideTable>{inner}</WideTable>;
  if (!TAGS.has(tag)) return inner;
  const { id, start } = attributes;
  return createElement(tag, { id, start, ...(tag === 'th' && { scope: 'col' }) }, inner);
}

function A({ to, href, children }: Attributes & { children: ReactNode }) {
  if (to !== undefined)
    return (
      <Anchor component={Link} to={to} inherit>
        {children}
      </Anchor>
    );
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" inherit>
      {children}
    </Anchor>
  );
}

/** Commands and what they print: from left to right in every language, with a bar where a line is long. */
function Block({ children }: { children: ReactNode }) {
  const { t } = useTranslation('help');
  return (
    <pre dir="ltr" tabIndex={0} role="region" aria-label={t('code')}>
      <code>{children}</code>
    </pre>
  );
}

function WideTable({ children }: { children: ReactNode }) {
  const { t } = useTranslation('help');
  return (
    <div className="help-table" tabIndex={0} role="region" aria-label={t('table')}>
      <table>{children}</table>
    </div>
  );
}
