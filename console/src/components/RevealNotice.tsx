import { Alert, Button, Group, Text } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Problem } from './Problem';
import { ReasonDialog } from './ReasonDialog';
import type { Reveal } from './useReveal';
import { When } from './When';

interface Props<Key extends string> {
  reveal: Reveal<Key>;
  /** What it is called on the page. */
  nameOf: (key: Key) => string;
}

/** What a reveal needs besides its button: the reason, and where nothing is shown yet, why: it waits for a second person, or failed. */
export function RevealNotice<Key extends string>({ reveal, nameOf }: Props<Key>) {
  const { t } = useTranslation('common');
  const { asked, error, waiting, claim, pending, giveReason } = reveal;
  return (
    <>
      {error !== null && <Problem error={error} />}
      {waiting !== undefined && (
        <Alert color="blue" variant="light" icon={<IconUserCheck />} title={t('second.title')} role="status">
          <Text size="sm">{t('second.text', { field: nameOf(waiting.key) })}</Text>
          <Group gap="md" mt="xs">
            <Text size="xs" span>
              {t('second.until')} <When at={waiting.request.expiresAt} />
            </Text>
            <Button size="compact-sm" variant="default" onClick={claim} loading={pending !== undefined}>
              {t('second.claim')}
            </Button>
          </Group>
        </Alert>
      )}
      {asked !== undefined && (
        <ReasonDialog
          title={t('reveal.title', { field: nameOf(asked) })}
          text={t('reveal.text')}
          choices={[t('reveal.choice.dispute'), t('reveal.choice.document'), t('reveal.choice.request')]}
          submit={t('reveal.submit')}
          onClose={() => giveReason(undefined)}
          onSubmit={giveReason}
        />
      )}
    </>
  );
}
