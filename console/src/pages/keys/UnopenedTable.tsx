import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ResealDto } from '@schema';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import { PlainTable } from '../../components/PlainTable';

/** Rows that no key opens, or that say something else than what was sealed: they stay as they are. */
export function UnopenedTable({ rows }: Pick<ResealDto, 'rows'>) {
  const { t } = useTranslation('keys');
  return (
    <>
      <Title order={3} size="h6" mt="md">
        {t('unopened.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('unopened.text')}
      </Text>
      <PlainTable
        label={t('unopened.title')}
        rows={rows}
        idOf={({ place, rowKey }) => `${place} ${rowKey}`}
        columns={[
          { id: 'place', header: t('column.place'), cell: ({ place }) => <Ltr>{place}</Ltr> },
          { id: 'row', header: t('column.row'), cell: ({ rowKey }) => <Ltr>{rowKey}</Ltr> },
          {
            id: 'key',
            header: t('column.id'),
            cell: ({ keyId }) => (keyId === null ? <Nothing /> : <Ltr>{keyId}</Ltr>),
          },
          { id: 'why', header: t('column.why'), cell: ({ code }) => <Ltr>{code}</Ltr> },
        ]}
      />
    </>
  );
}
