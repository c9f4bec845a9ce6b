import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointDetailDto } from '@schema';
import { answerOf, api } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { useChange } from '../../components/useChange';
import { settingsOf, updateBody } from './settings';
import { SettingsForm } from './SettingsForm';

/** Other settings for an endpoint; what waits already is sent by them, too. */
export function EditDialog({ endpoint, onClose }: { endpoint: EndpointDetailDto; onClose: () => void }) {
  const { t } = useTranslation('endpoints');
  const [before] = useState(() => settingsOf(endpoint));
  const [settings, setSettings] = useState(before);
  const body = updateBody(before, settings);
  const edit = useChange({
    run: () => answerOf(api.PATCH('/api/v1/endpoints/{id}', { params: { path: { id: endpoint.id } }, body })),
    lists: ['/api/v1/endpoints'],
    said: () => t('edit.done'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Dialog
      title={t('edit.title')}
      error={edit.error}
      act={{
        label: t('edit.send'),
        run: () => edit.mutate(),
        isRunning: edit.isPending,
        isOff: Object.keys(body).length === 0,
      }}
      onClose={onClose}
    >
      <SettingsForm settings={settings} isThere onChange={setSettings} />
    </Dialog>
  );
}
