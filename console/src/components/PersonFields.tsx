import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const KINDS = ['applicantId', 'nationalId'] as const;

/** Whom something is done to, and why. */
export interface Person {
  kind: (typeof KINDS)[number];
  value: string;
  reason: string;
}

export const NOBODY: Person = { kind: 'applicantId', value: '', reason: '' };

export const isComplete = ({ value, reason }: Person) => value.trim() !== '' && reason.trim() !== '';

/** Fields of a dialog of the area `compliance`. */
export function PersonFields({ person, onChange }: { person: Person; onChange: (person: Person) => void }) {
  const { t } = useTranslation('compliance');
  return (
    <>
      <NativeSelect
        label={t('person.by')}
        data={KINDS.map((value) => ({ value, label: t(`person.${value}`) }))}
        value={person.kind}
        onChange={(event) =>
          onChange({ ...person, kind: event.currentTarget.value as Person['kind'], value: '' })
        }
      />
      <TextInput
        label={t(`person.${person.kind}`)}
        description={t(`personText.${person.kind}`)}
        value={person.value}
        onChange={(event) => onChange({ ...person, value: event.currentTarget.value })}
        dir="ltr"
        autoComplete="off"
        data-autofocus
      />
      <Textarea
        label={t('person.reason')}
        description={t('personText.reason')}
        rows={2}
        value={person.reason}
        onChange={(event) => onChange({ ...person, reason: event.currentTarget.value })}
      />
    </>
  );
}
