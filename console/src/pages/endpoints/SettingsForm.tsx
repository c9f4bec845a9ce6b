import { NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session';
import { Choice } from './Choice';
import { EVENTS, OTHER_FIELDS, OUTCOMES, PERSONAL_FIELDS, type Settings } from './settings';

interface Props {
  settings: Settings;
  onChange: (settings: Settings) => void;
}

/** What is sent, and where. @param isThere whether the endpoint is there already: its kind stays */
export function SettingsForm({ isThere = false, ...props }: Props & { isThere?: boolean }) {
  const { t } = useTranslation('endpoints');
  const { settings, onChange } = props;
  const isNats = settings.kind === 'nats';
  return (
    <>
      <TextInput label={t('column.name')} {...fieldOf('name', props)} data-autofocus />
      {!isThere && (
        <NativeSelect
          label={t('form.kind')}
          data={[
            { value: 'http', label: t('form.http') },
            { value: 'nats', label: t('form.nats') },
          ]}
          value={settings.kind}
          onChange={(event) => onChange({ ...settings, kind: event.currentTarget.value as Settings['kind'] })}
        />
      )}
      <TextInput
        label={t('column.url')}
        description={isNats ? t('form.natsUrl') : t('form.httpUrl')}
        dir="ltr"
        {...fieldOf('url', props)}
      />
      {isNats && <OfNats {...props} />}
      <Chosen {...props} />
      <TextInput
        type="number"
        min={1}
        max={10_000}
        label={t('column.rate')}
        placeholder={t('noLimit')}
        {...fieldOf('rate', props)}
      />
    </>
  );
}

function OfNats(props: Props) {
  const { t } = useTranslation('endpoints');
  return (
    <>
      <TextInput
        label={t('column.subject')}
        description={t('form.subject')}
        dir="ltr"
        {...fieldOf('subject', props)}
      />
      <PasswordInput
        label={t('form.credentials')}
        description={t('form.credentialsText')}
        dir="ltr"
        {...fieldOf('credentials', props)}
      />
    </>
  );
}

/** Which events, and what of each. */
function Chosen({ settings, onChange }: Props) {
  const { t } = useTranslation(['endpoints', 'common']);
  const can = useCan();
  return (
    <>
      <Choice
        label={t('column.events')}
        description={t('form.noneIsAll')}
        options={EVENTS}
        chosen={settings.events}
        onChange={(events) => onChange({ ...settings, events })}
      />
      <Choice
        label={t('column.outcomes')}
        description={t('form.noneIsAll')}
        options={OUTCOMES}
        labelOf={(outcome) => t(`common:outcome.${outcome}`)}
        chosen={settings.outcomes}
        onChange={(outcomes) => onChange({ ...settings, outcomes })}
      />
      <Choice
        label={t('column.fields')}
        description={t('form.fields')}
        options={can('pii:read') ? [...OTHER_FIELDS, ...PERSONAL_FIELDS] : OTHER_FIELDS}
        chosen={settings.fields}
        onChange={(fields) => onChange({ ...settings, fields })}
      />
    </>
  );
}

function fieldOf(name: 'name' | 'url' | 'subject' | 'credentials' | 'rate', { settings, onChange }: Props) {
  return {
    value: settings[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...settings, [name]: event.currentTarget.value }),
  };
}
