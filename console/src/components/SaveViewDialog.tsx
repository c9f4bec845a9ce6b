import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../app/toast';
import { Dialog } from './Dialog';
import { MAX_NAME_LENGTH, saveView, savedViewsOf } from './saved-views';
import { isFitName, keptOf, type ViewedList } from './viewed-lists';

interface Props {
  list: ViewedList;
  values: Readonly<Partial<Record<string, string>>>;
  onClose: () => void;
}

/** Asks for the name of a view, and says what it holds and where it is kept. */
export function SaveViewDialog({ list, values, onClose }: Props) {
  const { t } = useTranslation(['views', 'shell']);
  const [name, setName] = useState('');
  const [isFull, setIsFull] = useState(false);
  const kept = keptOf(list, values);
  const left = Object.keys(values).filter((filter) => !(filter in kept));
  const given = name.trim();
  const isFit = isFitName(given);
  const isTaken = savedViewsOf(list).some((view) => view.name === given);
  const save = () => {
    if (!saveView(list, { name: given, values: kept })) return setIsFull(true);
    toast({ message: t('save.done'), color: 'teal' });
    onClose();
  };
  const words = (filters: readonly string[]) =>
    filters.map((filter) => t(`filter.${filter as 'state'}`)).join(t('shell:listSeparator'));
  return (
    <Dialog
      title={t('save.title')}
      act={{ label: isTaken ? t('save.replace') : t('save.send'), run: save, isOff: !isFit }}
      onClose={onClose}
    >
      <TextInput
        label={t('name')}
        description={t('nameText')}
        data-autofocus
        maxLength={MAX_NAME_LENGTH}
        value={name}
        error={isFull ? t('full') : given !== '' && !isFit && t('unfit')}
        onChange={({ currentTarget: { value } }) => {
          setName(value);
          setIsFull(false);
        }}
      />
      <Text size="sm">{t('save.holds', { filters: words(Object.keys(kept)) })}</Text>
      {left.length > 0 && <Text size="sm">{t('save.leaves', { filters: words(left) })}</Text>}
      <Text size="sm" c="dimmed">
        {t('where')}
      </Text>
    </Dialog>
  );
}
