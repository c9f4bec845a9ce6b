import { TextInput } from '@mantine/core';
import type { Filters } from './useFilters';

export interface FilterProps<Name extends string> {
  filters: Filters<Name>;
  name: Name;
  label: string;
}

/** A day of Cairo, as the browser lets people choose one. */
export function FilterDay<Name extends string>({ filters, name, label }: FilterProps<Name>) {
  return (
    <TextInput
      size="xs"
      type="date"
      label={label}
      value={filters.values[name] ?? ''}
      onChange={(event) => filters.set(name, event.currentTarget.value)}
    />
  );
}
