import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { SettingDto } from '@schema';
import { DataTable } from '../../components/DataTable';
import { FilterBar, FilterSelect, FilterText } from '../../components/FilterBar';
import { PageHeader } from '../../components/PageHeader';
import { useEmpty } from '../../components/useEmpty';
import { useFilters } from '../../components/useFilters';
import { useWhole } from '../../components/useWhole';
import { useColumns } from './useColumns';

const PATH = '/api/v1/settings';
const GROUPS = [
  'listening',
  'database',
  'keys',
  'callers',
  'singleSignOn',
  'log',
  'tls',
  'enroll',
  'images',
  'handingOn',
  'alerts',
  'keeping',
] as const satisfies readonly SettingDto['group'][];
const SOURCES = [
  'environment',
  'file',
  'command',
  'default',
] as const satisfies readonly SettingDto['source'][];

/** What the server was started with. It is changed where it is started, never here. */
export function Component() {
  const { t } = useTranslation('settings');
  const filters = useFilters(['name', 'group', 'source']);
  const { name = '', group, source } = filters.values;
  const whole = useWhole(PATH, (signal) => answerOf(api.GET(PATH, { signal })));
  const fits = (one: SettingDto) =>
    one.name.includes(name.toUpperCase()) &&
    (group === undefined || one.group === group) &&
    (source === undefined || one.source === source);
  const { data } = whole.query;
  const query = {
    ...whole.query,
    data: data && { ...data, items: data.items.filter(fits) },
  } as typeof whole.query;
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="name" label={t('name')} />
        <FilterSelect
          filters={filters}
          name="group"
          label={t('topic')}
          options={GROUPS.map((value) => ({ value, label: t(`group.${value}`) }))}
        />
        <FilterSelect
          filters={filters}
          name="source"
          label={t('column.source')}
          options={SOURCES.map((value) => ({ value, label: t(`source.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t('title')}
        pages={{ ...whole, query }}
        columns={useColumns()}
        idOf={(one) => one.name}
        empty={useEmpty(filters, t('filtered'), { kind: 'first', title: t('none') })}
      />
    </>
  );
}
