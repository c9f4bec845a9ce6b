import { mailOf } from './mail.js';
import { type AlertMessage, testMessage } from './message.js';

const ID = '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e';
const MESSAGE: AlertMessage = {
  type: 'alert.resolved',
  timestamp: '2026-11-26T12:10:00.000Z',
  data: {
    id: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
    rule: 'client_secret_expiring',
    subject: '<b>&',
    title: 'Secret of a client ends soon',
    summary: 'A secret of <b>& ends in 6 days; no other one is live.',
    context: { endsInSeconds: 5 },
    openedAt: '2026-11-26T10:00:00.000Z',
    resolvedAt: '2026-11-26T12:10:00.000Z',
    link: 'https://rollcall.example.org/api/v1/alerts/5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
  },
};

describe('a mail', () => {
  it('is plain text, with times as people in Cairo have them', () => {
    expect(mailOf(ID, MESSAGE)).toMatchObject({
      subject: '[Rollcall] Over: Secret of a client ends soon: <b>&',
      text: `Over: Secret of a client ends soon: <b>&

A secret of <b>& ends in 6 days; no other one is live.

Since: 26 Nov 2026, 12:00 (Cairo)
Until: 26 Nov 2026, 14:10 (Cairo)
Look at: ${MESSAGE.data.link}
`,
    });
  });

  it('spells out what a name holds to forge a line, a header or a colour', () => {
    const data = { ...MESSAGE.data, subject: 'x\r\nBcc: y\u001b[2J', summary: 'a\nLook at: \u202eb' };
    const { subject, text, html } = mailOf(ID, { ...MESSAGE, data });
    expect(subject).toContain('ends soon: x\\u000d\\u000aBcc: y\\u001b[2J');
    expect(text).toContain('\n\na\\u000aLook at: \\u202eb\n\n');
    expect(`${subject}${html}`).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('says the same in HTML, where names are text and not markup', () => {
    const { html } = mailOf(ID, MESSAGE);
    expect(html).toContain('A secret of &#60;b&#62;&#38; ends in 6 days');
    expect(html).toContain(`<a href="${MESSAGE.data.link}">`);
    expect(html).not.toContain('<b>');
  });

  it('has one id for all tries, and one thread for all that is told of an alert', () => {
    expect(mailOf(ID, MESSAGE)).toMatchObject({
      messageId: `<${ID}@rollcall.example.org>`,
      references: '<5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1@rollcall.example.org>',
    });
  });

  it('of a test says that nothing is wrong', () => {
    const mail = mailOf(ID, testMessage(new Date(), 'http://localhost:3000'));
    expect(mail.subject).toBe('[Rollcall] Test');
    expect(mail.text).toContain('Nothing is wrong.');
    expect(mail).not.toHaveProperty('references');
  });
});
