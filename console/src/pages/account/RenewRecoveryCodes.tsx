import { Button, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { HiddenInput } from '../../components/HiddenInput';
import { RecoveryCodeList } from '../../components/RecoveryCodeList';
import { Section } from '../../components/Section';
import { useChange } from '../../components/useChange';

/** New recovery codes; those of before end. */
export function RenewRecoveryCodes() {
  const { t } = useTranslation('account');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Section
      title={t('recovery.title')}
      actions={
        <Button variant="default" size="xs" onClick={() => setIsOpen(true)}>
          {t('recovery.renew')}
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        {t('recovery.text')}
      </Text>
      {isOpen && <RenewDialog onClose={() => setIsOpen(false)} />}
    </Section>
  );
}

/** Asks who it is once more, and shows the codes once. */
function RenewDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const renew = useChange({
    run: () => answerOf(api.POST('/api/v1/session/recovery-codes', { body: { password, code } })),
    lists: [],
    isShownInPlace: true,
  });
  if (renew.data !== undefined)
    return (
      <Dialog title={t('recovery.done')} onClose={onClose}>
        <Text size="sm">{t('recovery.doneText')}</Text>
        <RecoveryCodeList codes={renew.data.recoveryCodes} />
      </Dialog>
    );
  const act = {
    label: t('recovery.renew'),
    run: () => renew.mutate(),
    isRunning: renew.isPending,
    isOff: password === '' || code === '',
  };
  return (
    <Dialog title={t('recovery.renew')} error={renew.error} act={act} onClose={onClose}>
      <Text size="sm">{t('recovery.text')}</Text>
      <HiddenInput
        label={t('password.current')}
        autoComplete="current-password"
        dir="ltr"
        data-autofocus
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <TextInput
        label={t('password.code')}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={6}
        w={140}
        dir="ltr"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
    </Dialog>
  );
}
