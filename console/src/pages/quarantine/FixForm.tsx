import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../../app/toast';
import { answerOf, api } from '../../api/client';
import type { QuarantineDto } from '@schema';
import { useCan } from '../../app/session';
import { Problem } from '../../components/Problem';
import { ChangeRow } from './ChangeRow';
import { CheckResult } from './CheckResult';
import { type Change, type Patch, patchOf, refusedFields } from './fields';
import { FixDifference } from './FixDifference';

/** Mends an element: fill in, check without writing, see the difference, say why, send in. The original stays as received. */
export function FixForm({ item }: { item: QuarantineDto }) {
  const { t } = useTranslation('quarantine');
  const [changes, setChanges] = useState<Change[]>(() => refusedFields(item).map(aChange));
  const [note, setNote] = useState('');
  const { checking, sending } = useFix(item.id);
  const patch = patchOf(changes);
  // what was checked was another fix
  const replace = (next: Change[]) => {
    checking.reset();
    sending.reset();
    setChanges(next);
  };
  const judged = checking.data;
  const passes = judged?.passes === true;
  const isSendable = passes && note.trim() !== '';
  const submit = () => {
    if (patch === undefined) return;
    if (!passes) checking.mutate(patch);
    else if (isSendable) sending.mutate({ patch, note: note.trim() });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('fix.text')}
        </Text>
        <Changes item={item} changes={changes} onChange={replace} />
        {judged !== undefined && <CheckResult judged={judged} />}
        {checking.error !== null && <Problem error={checking.error} />}
        {passes && (
          <>
            <FixDifference changes={changes} masked={item.masked} />
            <Note value={note} onChange={setNote} />
          </>
        )}
        {sending.error !== null && <Problem error={sending.error} />}
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={checking.isPending || sending.isPending}
            disabled={passes ? !isSendable : patch === undefined}
          >
            {t(passes ? 'fix.send' : 'fix.check')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ChangesProps {
  item: QuarantineDto;
  changes: Change[];
  onChange: (changes: Change[]) => void;
}

function Changes({ item, changes, onChange }: ChangesProps) {
  const { t } = useTranslation('quarantine');
  const can = useCan();
  return (
    <>
      {changes.map((change, index) => (
        <ChangeRow
          key={index}
          change={change}
          isRefused={refusedFields(item).includes(change.field)}
          onChange={(next) => onChange(changes.with(index, next))}
          onDrop={() => onChange(changes.toSpliced(index, 1))}
        />
      ))}
      {(can('quarantine:decide') || changes.length === 0) && (
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...changes, aChange('')])}
          >
            {t('fix.add')}
          </Button>
        </Group>
      )}
    </>
  );
}

/** Why, for the record. */
function Note({ value, onChange }: { value: string; onChange: (note: string) => void }) {
  const { t } = useTranslation('quarantine');
  return (
    <TextInput
      label={t('fix.note')}
      description={t('fix.noteText')}
      required
      maxLength={500}
      dir="auto"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function aChange(field: string): Change {
  return { field, isRemoved: false, text: '' };
}

function useFix(id: string) {
  const { t } = useTranslation('quarantine');
  const queries = useQueryClient();
  const post = (body: { patch: Patch; dryRun: boolean; note?: string }) =>
    answerOf(api.POST('/api/v1/quarantine/{id}/fix', { params: { path: { id } }, body }));
  const checking = useMutation({
    meta: { isShownInPlace: true },
    mutationFn: (patch: Patch) => post({ patch, dryRun: true }),
  });
  const sending = useMutation({
    meta: { isShownInPlace: true },
    mutationFn: ({ patch, note }: { patch: Patch; note: string }) => post({ patch, note, dryRun: false }),
    onSuccess: async ({ result }) => {
      toast({
        color: 'teal',
        title: t('fix.done'),
        message: result === null ? '' : t(`result.${result}`),
      });
      await queries.invalidateQueries({ queryKey: ['/api/v1/quarantine'] });
    },
  });
  return { checking, sending };
}
