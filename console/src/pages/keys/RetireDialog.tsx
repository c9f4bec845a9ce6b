import { Alert, Checkbox, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { ApiError } from '../../api/problem';
import { Dialog } from '../../components/Dialog';
import { FactList } from '../../components/FactList';
import { Ltr } from '../../components/Ltr';
import { useChange } from '../../components/useChange';
import { useFormat } from '../../i18n/format';
import { KEYS } from './keys';

/** Ends a key; where something still uses it, it says what, and nothing changes. */
export function RetireDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('keys');
  const [endCredentials, setEndCredentials] = useState(false);
  const retire = useChange({
    run: () =>
      answerOf(api.POST('/api/v1/keys/{id}/retire', { params: { path: { id } }, body: { endCredentials } })),
    lists: [KEYS],
    said: () => t('retire.done'),
    onDone: onClose,
    isShownInPlace: true,
  });
  const uses = retire.error instanceof ApiError ? retire.error.uses : undefined;
  return (
    <Dialog
      title={t('retire.of', { id })}
      error={uses === undefined ? retire.error : null}
      act={{
        label: t('retire.send'),
        run: () => retire.mutate(),
        isRunning: retire.isPending,
        isDanger: true,
      }}
      onClose={onClose}
    >
      <Text size="sm">{t('retire.text')}</Text>
      <Checkbox
        label={t('retire.end')}
        description={t('retire.endText')}
        checked={endCredentials}
        onChange={(event) => setEndCredentials(event.currentTarget.checked)}
      />
      {uses !== undefined && <Uses uses={uses} />}
    </Dialog>
  );
}

function Uses({ uses }: { uses: Record<string, number> }) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  return (
    <Alert color="orange" variant="light" title={t('retire.inUse')} role="alert">
      <FactList
        facts={Object.entries(uses).map(([place, count]) => [
          place,
          <Ltr key={place}>{format.number(count)}</Ltr>,
        ])}
      />
      <Text size="sm" mt="xs">
        {t('retire.inUseText')}
      </Text>
    </Alert>
  );
}
