import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { AcceptedDto } from '@schema';
import { useLoggedIn } from '../../app/session';
import { RecoveryCodeList } from '../../components/RecoveryCodeList';

/** Shown this once. */
export function RecoveryCodes({ accepted: { recoveryCodes, ...me } }: { accepted: AcceptedDto }) {
  const { t } = useTranslation('login');
  const [isKept, setIsKept] = useState(false);
  const navigate = useNavigate();
  const loggedIn = useLoggedIn();
  return (
    <Stack gap="sm">
      <Text size="sm">{t('recovery.text')}</Text>
      <RecoveryCodeList codes={recoveryCodes} />
      <Checkbox
        label={t('recovery.kept')}
        checked={isKept}
        onChange={(event) => setIsKept(event.currentTarget.checked)}
      />
      <Button
        disabled={!isKept}
        onClick={() => {
          loggedIn(me);
          void navigate('/', { replace: true });
        }}
      >
        {t('recovery.open')}
      </Button>
    </Stack>
  );
}
