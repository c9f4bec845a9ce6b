import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KeyDto } from '@schema';
import type { Column } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { StateBadge } from '../../components/StateBadge';
import { When } from '../../components/When';

const TONES = { current: 'good', opens: 'busy', retired: 'quiet' } as const;

export function useKeyColumns(retire: (id: string) => void): Column<KeyDto>[] {
  const { t } = useTranslation('keys');
  return [
    { id: 'id', header: t('column.id'), cell: ({ id }) => <Ltr>{id}</Ltr> },
    {
      id: 'state',
      header: t('column.state'),
      cell: ({ state }) => <StateBadge tone={TONES[state]}>{t(`state.${state}`)}</StateBadge>,
    },
    { id: 'ring', header: t('column.ring'), cell: ({ inRing }) => t(inRing ? 'inRing' : 'notInRing') },
    { id: 'first', header: t('column.first'), cell: ({ firstUsedAt }) => <When at={firstUsedAt} /> },
    { id: 'last', header: t('column.last'), cell: ({ signedAt }) => <When at={signedAt} /> },
    { id: 'retired', header: t('column.retired'), cell: ({ retiredAt }) => <When at={retiredAt} /> },
    {
      id: 'actions',
      header: t('column.actions'),
      isNumber: true,
      cell: ({ id, state, inRing }) =>
        state === 'opens' &&
        inRing && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t('retire.of', { id })}
            onClick={() => retire(id)}
          >
            {t('retire.open')}
          </Button>
        ),
    },
  ];
}
