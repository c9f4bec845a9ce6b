import { ActionIcon, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Change, FIELDS, kindOf } from './fields';

interface Props {
  change: Change;
  /** Whether the refusal is about this field: then it is the one to mend, and no other can be chosen. */
  isRefused: boolean;
  onChange: (change: Change) => void;
  onDrop: () => void;
}

/** One field of a fix: which, whether it is set or removed, and its value. */
export function ChangeRow({ change, isRefused, onChange, onDrop }: Props) {
  const { t } = useTranslation('quarantine');
  const { field, isRemoved } = change;
  return (
    <Group gap="xs" align="flex-start" wrap="wrap" role="group" aria-label={field}>
      <TextInput
        w={170}
        label={t('fix.field')}
        dir="ltr"
        readOnly={isRefused}
        list="fields-of-an-element"
        value={field}
        onChange={(event) => onChange({ ...change, field: event.currentTarget.value.trim() })}
      />
      <NativeSelect
        w={130}
        label={t('fix.how')}
        data={[
          { value: 'set', label: t('fix.set') },
          { value: 'remove', label: t('fix.remove') },
        ]}
        value={isRemoved ? 'remove' : 'set'}
        onChange={(event) => onChange({ ...change, isRemoved: event.currentTarget.value === 'remove' })}
      />
      {!isRemoved && <Value change={change} onChange={onChange} />}
      {!isRefused && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          mt={24}
          onClick={onDrop}
          aria-label={t('fix.drop')}
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
      <datalist id="fields-of-an-element">
        {FIELDS.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </Group>
  );
}

function Value({ change, onChange }: Pick<Props, 'change' | 'onChange'>) {
  const { t } = useTranslation('quarantine');
  const kind = kindOf(change.field);
  const common = { label: t('fix.value'), flex: '1 1 200px', value: change.text };
  const type = (text: string) => onChange({ ...change, text });
  if (kind === 'yesNo')
    return (
      <NativeSelect
        {...common}
        data={[
          { value: '', label: t('fix.choose') },
          { value: 'true', label: t('fix.yes') },
          { value: 'false', label: t('fix.no') },
        ]}
        onChange={(event) => type(event.currentTarget.value)}
      />
    );
  if (kind === 'lines')
    return (
      <Textarea
        {...common}
        description={t('fix.lines')}
        rows={2}
        dir="ltr"
        onChange={(event) => type(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      {...common}
      dir="auto"
      inputMode={kind === 'number' ? 'numeric' : undefined}
      maxLength={1000}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
