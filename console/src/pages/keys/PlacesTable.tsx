import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ResealDto } from '@schema';
import { Ltr } from '../../components/Ltr';
import { PlainTable } from '../../components/PlainTable';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';

const isEmpty = ({ seen, total, finishedAt }: ResealDto['places'][number]) =>
  seen === 0 && total === 0 && finishedAt !== null;

/** Place by place: how many rows were looked at, and what became of them. Of those without a row it says how many they are. */
export function PlacesTable({ places }: Pick<ResealDto, 'places'>) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const empty = places.filter(isEmpty).length;
  return (
    <>
      <PlainTable
        label={t('progress.title')}
        rows={places.filter((place) => !isEmpty(place))}
        idOf={({ place }) => place}
        columns={[
          { id: 'place', header: t('column.place'), cell: ({ place }) => <Ltr>{place}</Ltr> },
          {
            id: 'seen',
            header: t('column.seen'),
            isNumber: true,
            cell: ({ seen, total }) =>
              t('seenOf', { seen: format.number(seen), total: format.number(Math.max(seen, total)) }),
          },
          {
            id: 'rewritten',
            header: t('column.rewritten'),
            isNumber: true,
            cell: ({ rewritten }) => format.number(rewritten),
          },
          {
            id: 'unopened',
            header: t('column.unopened'),
            isNumber: true,
            cell: ({ unopened }) => format.number(unopened),
          },
          {
            id: 'finished',
            header: t('column.finished'),
            cell: ({ finishedAt }) => <When at={finishedAt} />,
          },
        ]}
      />
      {empty > 0 && (
        <Text size="sm" c="dimmed">
          {t('empty', { count: empty })}
        </Text>
      )}
    </>
  );
}
