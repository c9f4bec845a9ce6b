import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ExportDto } from '@schema';
import { useCan, useMe } from '../../app/session';
import { SERVER } from '../../base';
import { RowMenu } from '../../components/RowMenu';
import { useChange } from '../../components/useChange';
import { useFormat } from '../../i18n/format';
import { EXPORTS, isUnderWay } from './exports';

/** Downloading is for whoever sees the list; stopping and deleting for whoever asked for the file. */
export function Actions({ file, remove }: { file: ExportDto; remove: (file: ExportDto) => void }) {
  const { t } = useTranslation('exports');
  const format = useFormat();
  const can = useCan();
  const me = useMe();
  const { id, state, createdBy, createdAt, holdsPii } = file;
  const isOwn = can('exports:write') && (createdBy === me.name || can('admin'));
  const cancel = useChange({
    run: () => answerOf(api.POST('/api/v1/exports/{id}/cancel', { params: { path: { id } } })),
    lists: [EXPORTS],
    said: () => t('cancelled'),
  });
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {state === 'ready' && (holdsPii && !can('pii:read') ? <NeedsScope /> : <Download id={id} />)}
      {isOwn && (
        <RowMenu
          label={t('actionsOf', { time: format.time(createdAt) })}
          actions={[
            isUnderWay(file) && { label: t('cancel'), run: () => cancel.mutate() },
            { label: t('delete.open'), run: () => remove(file), isDanger: true },
          ]}
        />
      )}
    </Group>
  );
}

function NeedsScope() {
  const { t } = useTranslation('exports');
  return (
    <Text size="xs" c="dimmed">
      {t('needsScope')}
    </Text>
  );
}

function Download({ id }: { id: string }) {
  const { t } = useTranslation('exports');
  const download = useChange({
    // asked first, since the browser itself would show neither a log-in nor what went wrong
    run: () => answerOf(api.GET('/api/v1/exports/{id}', { params: { path: { id } } })),
    lists: [],
    onDone: () => save(id),
  });
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconDownload size={14} />}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      {t('download')}
    </Button>
  );
}

/** By the browser, which writes it to the disk as it comes: a file may be larger than its memory. */
function save(id: string): void {
  const link = document.createElement('a');
  link.href = `${SERVER}${EXPORTS}/${id}/file`;
  link.download = '';
  link.click();
}
