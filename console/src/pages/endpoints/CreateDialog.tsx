import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answerOf, api } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { ShownOnce } from '../../components/ShownOnce';
import { useChange } from '../../components/useChange';
import { createBody, NEW_ENDPOINT } from './settings';
import { SettingsForm } from './SettingsForm';

/** A new endpoint. Its secret is shown once; closing that leads to its page, where a test can be sent. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('endpoints');
  const navigate = useNavigate();
  const [settings, setSettings] = useState(NEW_ENDPOINT);
  const create = useChange({
    run: () => answerOf(api.POST('/api/v1/endpoints', { body: createBody(settings) })),
    lists: ['/api/v1/endpoints'],
    isShownInPlace: true,
  });
  if (create.data !== undefined) {
    const { id, secret } = create.data;
    return (
      <Dialog title={t('create.done')} onClose={() => void navigate(`/endpoints/${id}`)}>
        <ShownOnce value={secret} label={t('column.secret')} text={t('create.secret')} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t('create.open')}
      error={create.error}
      act={{
        label: t('create.send'),
        run: () => create.mutate(),
        isRunning: create.isPending,
        isOff: settings.name.trim() === '' || settings.url.trim() === '',
      }}
      onClose={onClose}
    >
      <SettingsForm settings={settings} onChange={setSettings} />
    </Dialog>
  );
}
