import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SettingDto } from '@schema';
import type { Column } from '../../components/DataTable';
import { Copy } from '../../components/Copy';
import { Ltr } from '../../components/Ltr';

export function useColumns(): Column<SettingDto>[] {
  const { t } = useTranslation('settings');
  return [
    {
      id: 'name',
      header: t('column.name'),
      cell: ({ name, group }) => (
        <>
          <Copy value={name} label={name} />
          <Text size="xs" c="dimmed">
            {t(`group.${group}`)}
          </Text>
        </>
      ),
    },
    { id: 'value', header: t('column.value'), cell: (setting) => <Value setting={setting} /> },
    { id: 'source', header: t('column.source'), cell: ({ source }) => t(`source.${source}`) },
    {
      id: 'description',
      header: t('column.description'),
      cell: ({ description }) => (
        <Text size="xs" c="dimmed" lang="en" dir="ltr" maw={560}>
          {description.replaceAll('`', '')}
        </Text>
      ),
    },
  ];
}

/** What somebody chose stands out from what is as shipped. */
function Value({ setting: { value, isDefault, isSecret, isSet } }: { setting: SettingDto }) {
  const { t } = useTranslation('settings');
  const nothing = isSecret && isSet ? t('secretSet') : t('notSet');
  return (
    <Text size="sm" maw={320} c={isDefault ? 'dimmed' : undefined} fw={isDefault ? undefined : 600}>
      {value === null ? nothing : <Ltr>{value}</Ltr>}
    </Text>
  );
}
