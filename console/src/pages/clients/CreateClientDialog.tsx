import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { NewSecret } from '../../components/GiveSecret';
import { useChange } from '../../components/useChange';
import { CLIENTS } from './clients';

export function CreateClientDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('clients');
  const [clientId, setClientId] = useState('');
  const [name, setName] = useState('');
  const create = useChange({
    run: () =>
      answerOf(
        api.POST(CLIENTS, {
          body: { clientId: clientId.trim(), ...(name.trim() !== '' && { name: name.trim() }) },
        }),
      ),
    lists: [CLIENTS],
    isShownInPlace: true,
  });
  if (create.data !== undefined) return <NewSecret created={create.data} onClose={onClose} />;
  return (
    <Dialog
      title={t('create.title')}
      error={create.error}
      act={{
        label: t('create.send'),
        run: () => create.mutate(),
        isRunning: create.isPending,
        isOff: clientId.trim() === '',
      }}
      onClose={onClose}
    >
      <TextInput
        label={t('column.id')}
        description={t('create.idText')}
        value={clientId}
        onChange={(event) => setClientId(event.currentTarget.value)}
        dir="ltr"
        data-autofocus
      />
      <TextInput
        label={t('column.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </Dialog>
  );
}
