import { printable } from '../problem/printable.js';
import type { AlertMessage } from './message.js';

const TO_PEOPLE = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Africa/Cairo',
  dateStyle: 'medium',
  timeStyle: 'short',
});

const BEGINNINGS: Record<AlertMessage['type'], string> = {
  'alert.opened': '',
  'alert.reminder': 'Still: ',
  'alert.resolved': 'Over: ',
  'alert.test': '',
};

/** A message for people: plain text, and the same as simple HTML. */
export function mailOf(id: string, { type, data }: AlertMessage) {
  const host = new URL(data.link).hostname;
  const about = printable(data.subject === '' ? data.title : `${data.title}: ${data.subject}`);
  const summary = printable(data.summary);
  const subject = BEGINNINGS[type] + about;
  const facts = factsOf(data);
  return {
    messageId: `<${id}@${host}>`,
    // one per alert, so that mail programs group its mails
    ...(data.id !== null && { references: `<${data.id}@${host}>` }),
    subject: `[Rollcall] ${subject}`,
    text: [subject, '', summary, '', ...facts.map(([name, value]) => `${name}: ${value}`), ''].join('\n'),
    html: htmlOf(subject, summary, facts),
    // RFC 3834: so that no out-of-office reply comes back
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

function factsOf({ openedAt, resolvedAt, link }: AlertMessage['data']): [name: string, value: string][] {
  const facts: [string, string][] = [];
  if (openedAt !== null) facts.push(['Since', spelled(openedAt)]);
  if (resolvedAt !== null) facts.push(['Until', spelled(resolvedAt)]);
  return [...facts, ['Look at', link]];
}

function spelled(time: string): string {
  return `${TO_PEOPLE.format(new Date(time))} (Cairo)`;
}

function htmlOf(subject: string, summary: string, facts: [name: string, value: string][]): string {
  const rows = facts.map(([name, value]) => {
    const shown = escaped(value);
    const cell = /^https?:/.test(value) ? `<a href="${shown}">${shown}</a>` : shown;
    return `<tr><td style="padding-right:1em;color:#666">${name}</td><td>${cell}</td></tr>`;
  });
  return (
    `<div style="font-family:sans-serif;font-size:14px;line-height:1.5"><h2 style="font-size:18px">${escaped(subject)}</h2>` +
    `<p>${escaped(summary)}</p><table style="border-collapse:collapse">${rows.join('')}</table></div>`
  );
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
