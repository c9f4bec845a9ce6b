import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterProps } from './FilterDay';
import type { Filters } from './useFilters';
import type { ViewedList } from './viewed-lists';
import { Views } from './Views';

/** The filters of a list, above it. @param views whose views can be chosen and saved; absent: it has none */
export function FilterBar({
  filters,
  views,
  children,
}: {
  filters: Pick<Filters<string>, 'values' | 'isAny' | 'clear' | 'replace'>;
  views?: ViewedList;
  children: ReactNode;
}) {
  const { t } = useTranslation('common');
  return (
    <Group gap="xs" align="flex-end" mb="md" role="search" aria-label={t('filters')}>
      {children}
      {views !== undefined && <Views list={views} filters={filters} />}
      {filters.isAny && (
        <Button variant="subtle" size="xs" onClick={filters.clear}>
          {t('clearFilters')}
        </Button>
      )}
    </Group>
  );
}

export function FilterSelect<Name extends string>({
  filters,
  name,
  label,
  options,
}: FilterProps<Name> & { options: { value: string; label: string }[] }) {
  const { t } = useTranslation('common');
  return (
    <NativeSelect
      size="xs"
      label={label}
      data={[{ value: '', label: t('all') }, ...options]}
      value={filters.values[name] ?? ''}
      onChange={(event) => filters.set(name, event.currentTarget.value)}
    />
  );
}

/** Counts once it is left or Enter is pressed: not every letter is a request. */
export function FilterText<Name extends string>({ filters, name, label }: FilterProps<Name>) {
  const current = filters.values[name] ?? '';
  const [typed, setTyped] = useState({ text: current, since: current });
  // changed elsewhere, as by Clear or the browser's Back
  if (typed.since !== current) setTyped({ text: current, since: current });
  const apply = () => {
    if (typed.text.trim() !== current) filters.set(name, typed.text.trim());
  };
  return (
    <TextInput
      size="xs"
      w={130}
      label={label}
      value={typed.text}
      onChange={(event) => setTyped({ text: event.currentTarget.value, since: current })}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply();
      }}
    />
  );
}
