import { useTranslation } from 'react-i18next';
import { FilterBar, FilterSelect, FilterText } from './FilterBar';
import { FilterDay } from './FilterDay';
import type { Filters } from './useFilters';
import { type FILTERS, OUTCOMES } from './applicant-filters';

/** Of the list of applicants, and of what is made of it. Its texts are of the area `applicants`. */
export function ApplicantFilters({ filters }: { filters: Filters<(typeof FILTERS)[number]> }) {
  const { t } = useTranslation(['applicants', 'common']);
  const outcomes = OUTCOMES.map((value) => ({ value, label: t(`common:outcome.${value}`) }));
  return (
    <FilterBar filters={filters} views="applicants">
      <FilterSelect filters={filters} name="outcome" label={t('column.outcome')} options={outcomes} />
      <FilterDay filters={filters} name="from" label={t('filter.from')} />
      <FilterDay filters={filters} name="to" label={t('filter.to')} />
      <FilterText filters={filters} name="documentType" label={t('column.document')} />
      <FilterText filters={filters} name="nationality" label={t('filter.nationality')} />
      <FilterText filters={filters} name="flag" label={t('filter.flag')} />
    </FilterBar>
  );
}
