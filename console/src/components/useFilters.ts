import { useSearchParams } from 'react-router';

/** Filters of a list, as its URL holds them: a link shows the same list to somebody else. Never personal data. */
export interface Filters<Name extends string> {
  /** Of the filters that are set. */
  values: Partial<Record<Name, string>>;
  isAny: boolean;
  /** An empty value removes the filter. The list begins at its first page. */
  set: (name: Name, value: string | null) => void;
  clear: () => void;
  /** Sets these and no others. */
  replace: (values: Readonly<Record<string, string>>) => void;
}

/** @param names of the filters, as the API calls them where it has them; a constant */
export function useFilters<const Name extends string>(names: readonly Name[]): Filters<Name> {
  const [params, setParams] = useSearchParams();
  const set = names.flatMap((name): [Name, string][] => {
    const value = params.get(name);
    return value === null ? [] : [[name, value]];
  });
  return {
    values: Object.fromEntries(set) as Partial<Record<Name, string>>,
    isAny: set.length > 0,
    set: (name, value) => {
      const next = new URLSearchParams(params);
      next.delete('cursor');
      if (value === null || value === '') next.delete(name);
      else next.set(name, value);
      setParams(next);
    },
    clear: () => setParams(without(params, names)),
    replace: (values) => {
      const next = without(params, names);
      for (const name of names) if (values[name] !== undefined) next.set(name, values[name]);
      setParams(next);
    },
  };
}

/** The list without filters, at its first page. */
function without(params: URLSearchParams, names: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of [...names, 'cursor']) next.delete(name);
  return next;
}
