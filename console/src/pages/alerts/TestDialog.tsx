import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { FactList } from '../../components/FactList';
import { Ltr } from '../../components/Ltr';
import { StateBadge } from '../../components/StateBadge';
import { useChange } from '../../components/useChange';

const TONES = { sent: 'good', failed: 'bad', not_configured: 'quiet' } as const;

/** Sends a test over every channel, and says what became of it. */
export function TestDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('alerts');
  const send = useChange({
    run: () => answerOf(api.POST('/api/v1/alerts/test')),
    lists: [],
    isShownInPlace: true,
  });
  return (
    <Dialog
      title={t('test.title')}
      error={send.error}
      act={{ label: t('test.send'), run: () => send.mutate(), isRunning: send.isPending }}
      onClose={onClose}
    >
      <Text size="sm">{t('test.text')}</Text>
      {send.data !== undefined && (
        <FactList
          facts={send.data.channels.map(({ channel, outcome, code }) => [
            t(`channel.${channel}`),
            <span key={channel}>
              <StateBadge tone={TONES[outcome]}>{t(`outcome.${outcome}`)}</StateBadge>{' '}
              {code !== null && <Ltr>{code}</Ltr>}
            </span>,
          ])}
        />
      )}
    </Dialog>
  );
}
