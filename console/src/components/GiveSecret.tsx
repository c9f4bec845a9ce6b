import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreatedClientDto } from '@schema';
import { answerOf, api } from '../api/client';
import { Confirm } from './Confirm';
import { Copy } from './Copy';
import { Dialog } from './Dialog';
import { FactList } from './FactList';
import { ShownOnce } from './ShownOnce';
import { useChange } from './useChange';

const OVERLAPS = { none: 0, hour: 3600, day: 86_400, week: 604_800 } as const;
type Overlap = keyof typeof OVERLAPS;

/** Makes an OAuth client another secret, and shows it this once. Its texts are in the area `clients`. */
export function GiveSecret({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const { t } = useTranslation('clients');
  const [overlap, setOverlap] = useState<Overlap>('day');
  const give = useChange({
    run: () =>
      answerOf(
        api.POST('/api/v1/clients/{clientId}/secrets', {
          params: { path: { clientId } },
          body: { overlapSeconds: OVERLAPS[overlap] },
        }),
      ),
    lists: ['/api/v1/clients'],
    isShownInPlace: true,
  });
  if (give.data !== undefined) return <NewSecret created={give.data} onClose={onClose} />;
  return (
    <Confirm
      title={t('doTitle.secret')}
      text={t('doText.secret', { name: clientId })}
      label={t('give')}
      isDanger={overlap === 'none'}
      change={give}
      onClose={onClose}
    >
      <NativeSelect
        label={t('keepFor')}
        data={(Object.keys(OVERLAPS) as Overlap[]).map((value) => ({ value, label: t(`overlap.${value}`) }))}
        value={overlap}
        onChange={(event) => setOverlap(event.currentTarget.value as Overlap)}
      />
    </Confirm>
  );
}

/** Both halves of what stands in eNROLL's panel. */
export function NewSecret({
  created: { clientId, clientSecret },
  onClose,
}: {
  created: CreatedClientDto;
  onClose: () => void;
}) {
  const { t } = useTranslation('clients');
  return (
    <Dialog title={t('new.title')} onClose={onClose}>
      <FactList facts={[[t('column.id'), <Copy key="id" value={clientId} label={t('column.id')} />]]} />
      <ShownOnce value={clientSecret} label={t('new.label')} text={t('new.text')} />
    </Dialog>
  );
}
