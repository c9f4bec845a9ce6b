import { useTranslation } from 'react-i18next';
import type { Flag } from './fields';

/** Words for what the API has codes for. A code of a newer server stands for itself. */
export function useWords() {
  const { t, i18n } = useTranslation('applicant');
  const word = (key: string, code: string) =>
    i18n.exists(key, { ns: 'applicant' }) ? t(key as 'field.gender') : code;
  const field = (name: string) => word(`field.${name}`, name);
  return {
    field,
    fields: (names: readonly string[]) => names.map(field).join(t('separator')),
    flag: ({ code, known, kind, field: about }: Flag) => {
      if (known !== undefined) return t(`flag.${known}`);
      return kind === undefined ? code : t(`flagKind.${kind}`, { field: field(about ?? '') });
    },
    status: (status: number) => word(`status.${status}`, ''),
    image: (state: string) => word(`image.${state}`, state),
    source: (source: string) => word(`source.${source}`, source),
    kind: (kind: string) => word(`kind.${kind}`, kind),
    /** What happened, as the timeline says it: `applicant.created`, `duplicate`, `missing_here`. */
    what: (code: string) => word(`what.${code.replaceAll('.', '_')}`, code),
    state: (state: string) => word(`state.${state}`, state),
  };
}
