import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ApiKeyDto } from '@schema';
import { Confirm } from '../../components/Confirm';
import { Dialog } from '../../components/Dialog';
import { FactList } from '../../components/FactList';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import { ShownOnce } from '../../components/ShownOnce';
import { useChange } from '../../components/useChange';
import { When } from '../../components/When';
import { KEYS } from './keys';

export type Doing = 'show' | 'rotate' | 'disable';

interface Props {
  apiKey: ApiKeyDto;
  onClose: () => void;
}

/** What an administrator does with one key. */
export function KeyDialog({ doing, ...props }: Props & { doing: Doing }) {
  if (doing === 'show') return <Shown {...props} />;
  return doing === 'rotate' ? <Rotate {...props} /> : <Disable {...props} />;
}

/** A key just made. */
export function NewKey({ value, onClose }: { value: string; onClose: () => void }) {
  const { t } = useTranslation('api-keys');
  return (
    <Dialog title={t('new.title')} onClose={onClose}>
      <ShownOnce value={value} label={t('new.label')} text={t('new.text')} />
    </Dialog>
  );
}

function Shown({ apiKey, onClose }: Props) {
  const { t } = useTranslation('api-keys');
  const { scopes, allowAddresses, requestsPerMinute } = apiKey;
  return (
    <Dialog title={t('do.show.title')} onClose={onClose}>
      <FactList
        facts={[
          [t('column.name'), <Ltr key="name">{apiKey.name}</Ltr>],
          [t('column.scopes'), <Ltr key="scopes">{scopes.join(', ')}</Ltr>],
          [
            t('column.addresses'),
            allowAddresses === null ? t('anywhere') : <Ltr key="from">{allowAddresses.join(', ')}</Ltr>,
          ],
          [t('field.limit'), requestsPerMinute ?? t('asSet')],
          [t('column.created'), <When key="created" at={apiKey.createdAt} />],
          [t('column.expires'), <When key="expires" at={apiKey.expiresAt} />],
          [t('column.lastUsed'), <When key="used" at={apiKey.lastUsedAt} />],
          [t('column.disabled'), apiKey.disabledAt === null ? <Nothing /> : <When at={apiKey.disabledAt} />],
        ]}
      />
    </Dialog>
  );
}

function Rotate({ apiKey: { id, name }, onClose }: Props) {
  const { t } = useTranslation('api-keys');
  const rotate = useChange({
    run: () => answerOf(api.POST('/api/v1/api-keys/{id}/rotate', { params: { path: { id } } })),
    lists: [KEYS],
    isShownInPlace: true,
  });
  if (rotate.data !== undefined) return <NewKey value={rotate.data.key} onClose={onClose} />;
  return (
    <Confirm
      title={t('do.rotate.title')}
      text={t('do.rotate.text', { name })}
      label={t('do.rotate.title')}
      isDanger
      change={rotate}
      onClose={onClose}
    />
  );
}

function Disable({ apiKey: { id, name }, onClose }: Props) {
  const { t } = useTranslation('api-keys');
  const disable = useChange({
    run: () => answerOf(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } })),
    lists: [KEYS],
    said: () => t('do.disable.done', { name }),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('do.disable.title')}
      text={t('do.disable.text', { name })}
      label={t('do.disable.title')}
      isDanger
      change={disable}
      onClose={onClose}
    />
  );
}
