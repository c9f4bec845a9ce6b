import { Menu } from '@mantine/core';
import { IconBookmarkPlus, IconCheck, IconPencil } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Name } from './Name';
import { savedViewsOf } from './saved-views';
import { isSame, keptOf, readyViewsOf, type ViewsProps } from './viewed-lists';

/** What stands in the menu of views. Read anew each time it opens. */
export function ViewItems({
  list,
  filters: { values, replace },
  open,
}: ViewsProps & { open: (dialog: 'save' | 'edit') => void }) {
  const { t } = useTranslation('views');
  const first = useRef<HTMLButtonElement>(null);
  // the menu was open before its items were loaded
  useEffect(() => first.current?.focus(), []);
  const saved = savedViewsOf(list);
  const canSave = Object.keys(keptOf(list, values)).length > 0;
  const item = (key: string, content: ReactNode, of: Readonly<Record<string, string>>, isFirst = false) => {
    const isCurrent = isSame(values, of);
    return (
      <Menu.Item
        key={key}
        ref={isFirst ? first : undefined}
        aria-current={isCurrent ? 'true' : undefined}
        rightSection={isCurrent && <IconCheck size={14} aria-hidden />}
        onClick={() => replace(of)}
      >
        {content}
      </Menu.Item>
    );
  };
  return (
    <>
      <Menu.Label>{t('ready.title')}</Menu.Label>
      {readyViewsOf(list).map(([name, of], at) => item(name, t(`ready.${name}`), of(), at === 0))}
      <Menu.Divider />
      <Menu.Label>{saved.length === 0 ? t('saved.none') : t('saved.title')}</Menu.Label>
      {saved.map((view) => item(view.name, <Name>{view.name}</Name>, view.values))}
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconBookmarkPlus size={16} />}
        disabled={!canSave}
        onClick={() => open('save')}
      >
        {canSave ? t('save.open') : t('save.nothing')}
      </Menu.Item>
      {saved.length > 0 && (
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => open('edit')}>
          {t('edit.open')}
        </Menu.Item>
      )}
    </>
  );
}
