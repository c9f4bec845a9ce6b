import { randomUUID } from 'node:crypto';
import { mailChannel } from '../../src/alerts/mail.channel.js';
import { testMessage } from '../../src/alerts/message.js';
import { loadConfig } from '../../src/config/config.js';
import {
  type Alerting,
  clearQuarantine,
  mailSettings,
  MAIL_TO,
  only,
  pass,
  PUBLIC_URL,
  quarantine,
  startAlerting,
} from './alerting.js';
import { CA_FILE, CREDENTIALS, Mailbox, smtpError } from './mailbox.js';

jest.setTimeout(60_000);

const LOGIN = `${CREDENTIALS.user}:${CREDENTIALS.password}`;

/** One try to send a test to a server at this URL. */
async function tryToSend(smtpUrl: string) {
  const channel = mailChannel(loadConfig(mailSettings(smtpUrl)));
  return channel!.send(randomUUID(), testMessage(new Date(), PUBLIC_URL));
}

describe('a mail server', () => {
  let mailbox: Mailbox;
  afterEach(() => mailbox.close());

  it('with STARTTLS and a password gets the mail by both', async () => {
    const secured: boolean[] = [];
    mailbox = await Mailbox.open({
      ...Mailbox.tls(),
      authOptional: false,
      onMailFrom: (_address, session, done) => {
        secured.push(session.secure);
        done();
      },
    });
    const url = `smtp://${LOGIN}@127.0.0.1:${mailbox.port}?ca=${CA_FILE}`;
    expect(await tryToSend(url)).toEqual({ sent: true, code: null });
    expect(secured).toEqual([true]);
    expect(mailbox.received[0]).toMatchObject({
      subject: '[Rollcall] Test',
      from: { address: 'rollcall@example.org', name: 'Rollcall' },
      recipients: MAIL_TO,
    });
  });

  it('that speaks TLS from the first byte gets it too', async () => {
    mailbox = await Mailbox.open({ ...Mailbox.tls(), secure: true });
    const url = `smtps://127.0.0.1:${mailbox.port}?ca=${CA_FILE}`;
    expect(await tryToSend(url)).toEqual({ sent: true, code: null });
  });

  it('whose certificate nobody knows gets nothing', async () => {
    mailbox = await Mailbox.open(Mailbox.tls());
    expect(await tryToSend(`smtp://127.0.0.1:${mailbox.port}`)).toEqual({ sent: false, code: 'SMTP_TLS' });
    expect(mailbox.received).toEqual([]);
  });

  it('without TLS gets nothing, and above all no password, unless the setting says so', async () => {
    const commands: string[] = [];
    mailbox = await Mailbox.open({
      allowInsecureAuth: true,
      onAuth: ({ username }, _session, done) => {
        commands.push('AUTH');
        done(null, { user: username ?? '' });
      },
    });
    const url = `smtp://${LOGIN}@127.0.0.1:${mailbox.port}`;
    expect(await tryToSend(url)).toEqual({ sent: false, code: 'SMTP_TLS' });
    expect(commands).toEqual([]);
    expect(await tryToSend(`${url}?tls=optional`)).toEqual({ sent: true, code: null });
    expect(commands).toEqual(['AUTH']);
  });

  it('that refuses the password says so', async () => {
    mailbox = await Mailbox.open({ ...Mailbox.tls(), authOptional: false });
    const url = `smtp://alerts:wrong@127.0.0.1:${mailbox.port}?ca=${CA_FILE}`;
    expect(await tryToSend(url)).toEqual({ sent: false, code: 'SMTP_AUTH' });
  });

  it.each([
    ['all receivers for now', () => true, 451, { sent: false, code: 'SMTP_DEFERRED' }, 0],
    ['all receivers for good', () => true, 550, { sent: false, code: 'SMTP_REFUSED' }, 0],
    ['one of two', (to: string) => to === MAIL_TO[0], 550, { sent: true, code: 'SMTP_SOME_REFUSED' }, 1],
  ])('that refuses %s', async (_what, refuses, responseCode, outcome, mails) => {
    mailbox = await Mailbox.open();
    mailbox.onRecipient = (address) => {
      if (refuses(address)) throw smtpError(responseCode, `no ${address} here`);
    };
    expect(await tryToSend(`smtp://127.0.0.1:${mailbox.port}?tls=optional`)).toEqual(outcome);
    expect(mailbox.received).toHaveLength(mails);
  });
});

describe('a notification', () => {
  let alerting: Alerting;

  beforeAll(async () => {
    // by hand alone: the looks of a working process would come in between
    alerting = await startAlerting({ ...only('quarantine_grows'), ROLLCALL_ROLE: 'api' });
  });
  afterEach(async () => {
    await alerting.rollcall.sql('truncate alerts cascade');
    await clearQuarantine(alerting.rollcall);
    alerting.mailbox.received.length = 0;
    alerting.receiver.delivered.length = 0;
  });
  afterAll(() => alerting.stop());

  async function openAlert(): Promise<void> {
    await quarantine(alerting.rollcall, 10);
    await alerting.evaluate();
    await pass(alerting.rollcall, 60);
    await alerting.evaluate();
  }

  const mail = async () => {
    const [row] = await alerting.rollcall.sql<{
      state: string;
      attempts: number;
      error_code: string;
      wait: number;
    }>(
      `select state, attempts, error_code, extract(epoch from next_attempt_at - now())::float8 as wait
       from alert_notifications where channel = 'mail' order by created_at limit 1`,
    );
    return row!;
  };

  it('outlives an hour without a mail server: it is tried ever more seldom, and arrives once', async () => {
    const bringBack = await alerting.mailbox.stop();
    await openAlert();
    const waits: number[] = [];
    for (let elapsed = 0; elapsed < 3600;) {
      await alerting.sendDue();
      const { state, error_code, wait } = await mail();
      expect([state, error_code]).toEqual(['due', 'SMTP_UNREACHABLE']);
      waits.push(Math.round(wait));
      elapsed += wait;
      await pass(alerting.rollcall, wait + 1);
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 900, 900, 900]);
    expect(alerting.receiver.delivered).toHaveLength(1);
    await bringBack();
    await alerting.sendDue();
    await alerting.sendDue();
    expect(alerting.mailbox.received.map(({ subject }) => subject)).toEqual(['[Rollcall] Quarantine grows']);
    expect(await mail()).toMatchObject({ state: 'sent', attempts: 10 });
  });

  it('passes a greylist: refused at first sight, taken when it comes back', async () => {
    let seen = false;
    alerting.mailbox.onRecipient = () => {
      if (seen) return;
      throw smtpError(450, '4.2.0 Greylisted, come back in 5 minutes');
    };
    await openAlert();
    await alerting.sendDue();
    expect(await mail()).toMatchObject({ state: 'due', attempts: 1, error_code: 'SMTP_DEFERRED' });
    await alerting.sendDue();
    expect(await mail()).toMatchObject({ attempts: 1 });
    seen = true;
    await pass(alerting.rollcall, 16);
    await alerting.sendDue();
    expect(await mail()).toMatchObject({ state: 'sent', attempts: 2, error_code: null });
    expect(alerting.mailbox.received).toHaveLength(1);
  });

  it('of the end never overtakes that of the beginning', async () => {
    alerting.mailbox.onMail = () => Promise.reject(smtpError(451, 'later'));
    await openAlert();
    await alerting.sendDue();
    await clearQuarantine(alerting.rollcall);
    await alerting.evaluate();
    await pass(alerting.rollcall, 300);
    await alerting.rollcall.sql(
      `update alert_notifications set next_attempt_at = now() + interval '1 minute' where channel = 'mail'`,
    );
    await alerting.evaluate();
    alerting.mailbox.onMail = () => Promise.resolve();
    await alerting.sendDue();
    expect(alerting.receiver.delivered).toHaveLength(2);
    expect(alerting.mailbox.received).toEqual([]);
    await pass(alerting.rollcall, 60);
    await alerting.sendDue();
    expect(alerting.mailbox.received.map(({ subject }) => subject)).toEqual([
      '[Rollcall] Quarantine grows',
      '[Rollcall] Over: Quarantine grows',
    ]);
  });

  it('is given up after three days', async () => {
    alerting.mailbox.onMail = () => Promise.reject(smtpError(451, 'never'));
    await openAlert();
    await alerting.sendDue();
    await pass(alerting.rollcall, 3 * 86_400);
    await alerting.evaluate();
    expect(await mail()).toMatchObject({ state: 'given_up', error_code: 'SMTP_DEFERRED' });
    alerting.mailbox.onMail = () => Promise.resolve();
  });
});
