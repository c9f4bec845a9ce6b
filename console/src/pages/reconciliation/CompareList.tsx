import { Button, FileButton, Group, NativeSelect, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Ltr } from '../../components/Ltr';
import { Section } from '../../components/Section';
import { useFormat } from '../../i18n/format';
import { Comparing } from './Comparing';
import type { Period } from './comparison';
import { likelyColumn, readTheirList, type TheirList, UnfitFile } from './their-list';

/** Days before and after the period. */
const MARGINS = [0, 7, 31] as const;

/** A file of LuminSoft against the applicants of a period, compared in the browser. */
export function CompareList({ period }: { period: Period }) {
  const { t } = useTranslation('reconciliation');
  const read = useMutation({ mutationFn: readTheirList, meta: { isShownInPlace: true } });
  const unfit = read.error instanceof UnfitFile ? read.error.why : undefined;
  return (
    <Section title={t('compare.title')}>
      <Text size="sm" maw={760} mb="sm">
        {t('compare.text')}
      </Text>
      <FileButton
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        inputProps={{ 'aria-label': t('compare.choose') }}
        onChange={(file) => file !== null && read.mutate(file)}
      >
        {(props) => (
          <Button
            {...props}
            variant="default"
            size="xs"
            loading={read.isPending}
            leftSection={<IconFileUpload size={14} />}
          >
            {t('compare.choose')}
          </Button>
        )}
      </FileButton>
      {read.error !== null && (
        <Text size="sm" c="var(--mantine-color-error)" mt="xs" role="alert">
          {t(`compare.unfit.${unfit ?? 'noText'}`)}
        </Text>
      )}
      {read.data !== undefined && (
        <Chosen key={read.submittedAt} list={read.data} file={read.variables.name} period={period} />
      )}
    </Section>
  );
}

function Chosen({ list, file, period }: { list: TheirList; file: string; period: Period }) {
  const { t } = useTranslation('reconciliation');
  const format = useFormat();
  const [column, setColumn] = useState(() => likelyColumn(list));
  const [days, setDays] = useState<number>(7);
  const columns = list.columns.map(({ name, example }, index) => ({
    value: String(index),
    label: name || `${format.number(index + 1)}: ${example}`,
  }));
  return (
    <>
      <Text size="sm" mt="sm">
        <Ltr>{file}</Ltr>: {t('compare.lines', { count: list.rows.length })}
      </Text>
      <Group gap="xs" mt="xs" align="flex-end">
        {columns.length > 1 && (
          <NativeSelect
            size="xs"
            maw={300}
            label={t('compare.column')}
            data={columns}
            value={String(column)}
            onChange={(event) => setColumn(Number(event.currentTarget.value))}
          />
        )}
        <NativeSelect
          size="xs"
          label={t('compare.margin')}
          data={MARGINS.map((count) => ({
            value: String(count),
            label: count === 0 ? t('compare.alone') : t('compare.days', { count }),
          }))}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
        />
      </Group>
      <Comparing key={`${column} ${days} ${period.from} ${period.to}`} {...{ list, column, days, period }} />
    </>
  );
}
