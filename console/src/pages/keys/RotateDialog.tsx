import { Alert, Text } from '@mantine/core';
import { IconRefreshAlert } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { ApiError } from '../../api/problem';
import { Copy } from '../../components/Copy';
import { Dialog } from '../../components/Dialog';
import { Ltr } from '../../components/Ltr';
import { useChange } from '../../components/useChange';
import { KEYS } from './keys';

const COMMAND = 'rollcall keys rotate';

/** Makes a new key where Rollcall keeps the ring itself; elsewhere it says what to type. */
export function RotateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('keys');
  const rotate = useChange({
    run: () => answerOf(api.POST('/api/v1/keys/rotate')),
    lists: [KEYS],
    isShownInPlace: true,
  });
  const { data, error } = rotate;
  const isInSettings = error instanceof ApiError && error.code === 'KEYS_IN_SETTINGS';
  const act = { label: t('rotate.send'), run: () => rotate.mutate(), isRunning: rotate.isPending };
  return (
    <Dialog
      title={t('rotate.open')}
      error={isInSettings ? null : error}
      act={data === undefined && !isInSettings ? act : undefined}
      onClose={onClose}
    >
      {data !== undefined && (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconRefreshAlert />}
          title={t('rotate.done')}
          role="status"
        >
          <Ltr>{data.id}</Ltr> · {t('rotate.restart')}
        </Alert>
      )}
      {isInSettings && (
        <Alert color="petrol" variant="light" title={t('rotate.inSettings')} role="status">
          <Text size="sm" mb="xs">
            {t('rotate.inSettingsText')}
          </Text>
          <Copy value={COMMAND} label={t('rotate.command')} />
        </Alert>
      )}
      {data === undefined && !isInSettings && <Text size="sm">{t('rotate.text')}</Text>}
    </Dialog>
  );
}
