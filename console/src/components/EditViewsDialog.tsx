import { Button, Group, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './Dialog';
import { MAX_NAME_LENGTH, removeView, renameView, type SavedView, savedViewsOf } from './saved-views';
import { isFitName, type ViewedList } from './viewed-lists';

/** Renames and removes views of a list. */
export function EditViewsDialog({ list, onClose }: { list: ViewedList; onClose: () => void }) {
  const { t } = useTranslation('views');
  const [views, setViews] = useState(() => savedViewsOf(list));
  const head = useRef<HTMLParagraphElement>(null);
  const refresh = () => {
    setViews(savedViewsOf(list));
    head.current?.focus(); // its row may be gone, or stand elsewhere
  };
  return (
    <Dialog title={t('edit.title')} onClose={onClose}>
      <Text size="sm" c="dimmed" ref={head} tabIndex={-1}>
        {views.length === 0 ? t('saved.none') : t('where')}
      </Text>
      {views.map((view) => (
        <ViewRow key={view.name} list={list} view={view} onChanged={refresh} />
      ))}
    </Dialog>
  );
}

function ViewRow({ list, view, onChanged }: { list: ViewedList; view: SavedView; onChanged: () => void }) {
  const { t } = useTranslation('views');
  const [name, setName] = useState(view.name);
  const [isFull, setIsFull] = useState(false);
  const given = name.trim();
  const canRename = given !== view.name && isFitName(given);
  const rename = () => {
    if (!canRename) return;
    if (renameView(list, view, given)) onChanged();
    else setIsFull(true);
  };
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <TextInput
        size="xs"
        flex={1}
        aria-label={t('edit.nameOf', { name: view.name })}
        maxLength={MAX_NAME_LENGTH}
        value={name}
        error={isFull ? t('full') : !isFitName(given) && t('unfit')}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') rename();
        }}
      />
      <Button size="xs" variant="default" disabled={!canRename} onClick={rename}>
        {t('edit.rename')}
      </Button>
      <Button
        size="xs"
        variant="default"
        aria-label={t('edit.removeOf', { name: view.name })}
        onClick={() => {
          removeView(list, view.name);
          onChanged();
        }}
      >
        {t('edit.remove')}
      </Button>
    </Group>
  );
}
