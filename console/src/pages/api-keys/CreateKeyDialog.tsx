import { Checkbox, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { useMe } from '../../app/session';
import { Dialog } from '../../components/Dialog';
import { Ltr } from '../../components/Ltr';
import { useChange } from '../../components/useChange';
import { startOfDay } from '../../i18n/format';
import { NewKey } from './KeyDialog';
import { KEYS, type KeyScope } from './keys';

const NOTHING = { name: '', expires: '', addresses: '', limit: '' };
type Entered = typeof NOTHING;

/** A new key with no scope that this person lacks: the server gives no other. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('api-keys');
  const offered = useMe().scopes as KeyScope[];
  const [entered, setEntered] = useState(NOTHING);
  const [scopes, setScopes] = useState<KeyScope[]>([]);
  const create = useChange({
    run: () => answerOf(api.POST(KEYS, { body: bodyOf(entered, scopes) })),
    lists: [KEYS],
    isShownInPlace: true,
  });
  if (create.data !== undefined) return <NewKey value={create.data.key} onClose={onClose} />;
  const field = (name: keyof Entered) => ({
    label: t(`field.${name}`),
    value: entered[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setEntered((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <Dialog
      title={t('create.title')}
      error={create.error}
      act={{
        label: t('create.send'),
        run: () => create.mutate(),
        isRunning: create.isPending,
        isOff: entered.name.trim() === '' || scopes.length === 0,
      }}
      onClose={onClose}
    >
      <TextInput {...field('name')} description={t('create.nameText')} dir="ltr" data-autofocus />
      <Checkbox.Group
        label={t('column.scopes')}
        description={t('create.scopesText')}
        value={scopes}
        onChange={setScopes}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={6} mt={6}>
          {offered.map((scope) => (
            <Checkbox key={scope} value={scope} label={<Ltr>{scope}</Ltr>} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput {...field('expires')} type="date" />
        <TextInput {...field('limit')} type="number" min={1} placeholder={t('asSet')} />
      </SimpleGrid>
      <TextInput {...field('addresses')} description={t('create.addressesText')} dir="ltr" />
    </Dialog>
  );
}

function bodyOf({ name, expires, addresses, limit }: Entered, scopes: KeyScope[]) {
  const from = addresses.split(/[\s,]+/).filter((address) => address !== '');
  return {
    name: name.trim(),
    scopes,
    expiresAt: expires === '' ? null : startOfDay(expires).toISOString(),
    allowAddresses: from.length === 0 ? null : from,
    requestsPerMinute: limit === '' ? null : Number(limit),
  };
}
