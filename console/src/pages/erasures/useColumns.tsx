import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ErasureDto } from '@schema';
import type { Column } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Name } from '../../components/Name';
import { StateBadge } from '../../components/StateBadge';
import { useChange } from '../../components/useChange';
import { When } from '../../components/When';
import { type Format, saveCertificate } from './erasures';

const TONES = { restricted: 'busy', held: 'warn', erasing: 'busy', erased: 'good' } as const;
const FORMATS = ['pdf', 'json'] as const;

export function useColumns(): Column<ErasureDto>[] {
  const { t } = useTranslation('compliance');
  return [
    {
      id: 'whom',
      header: t('column.whom'),
      cell: ({ applicantIds }) => <Ltr>{applicantIds.join(', ')}</Ltr>,
    },
    { id: 'reason', header: t('column.reason'), cell: ({ reason }) => <Name>{reason}</Name> },
    {
      id: 'state',
      header: t('column.state'),
      cell: ({ state, errorCode }) => (
        <>
          <StateBadge tone={TONES[state]}>{t(`erasureState.${state}`)}</StateBadge>{' '}
          {errorCode !== null && <Ltr>{errorCode}</Ltr>}
        </>
      ),
    },
    { id: 'by', header: t('column.by'), cell: ({ requestedBy }) => <Ltr>{requestedBy}</Ltr> },
    { id: 'at', header: t('column.requested'), cell: ({ requestedAt }) => <When at={requestedAt} /> },
    { id: 'erased', header: t('column.erased'), cell: ({ erasedAt }) => <When at={erasedAt} /> },
    {
      id: 'certificate',
      header: t('column.certificate'),
      cell: ({ id, state }) => state === 'erased' && <Certificate id={id} />,
    },
  ];
}

function Certificate({ id }: { id: string }) {
  const { t } = useTranslation('compliance');
  const save = useChange<void, { id: string; format: Format }>({ run: saveCertificate, lists: [] });
  return (
    <Group gap={4} wrap="nowrap">
      {FORMATS.map((format) => (
        <Button
          key={format}
          variant="default"
          size="compact-sm"
          aria-label={t('erasures.certificateAs', { format: format.toUpperCase() })}
          onClick={() => save.mutate({ id, format })}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </Group>
  );
}
