import { Button, Group, Progress, Text } from '@mantine/core';
import '@mantine/core/styles/Progress.css';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../components/Problem';
import { useFormat } from '../../i18n/format';
import { Compared } from './Compared';
import { compare, type Period, type Progress as Read, TooMany } from './comparison';
import { idsOf, type TheirList } from './their-list';

interface Props {
  list: TheirList;
  column: number;
  /** Looked at before and after the period. */
  days: number;
  period: Period;
}

/** Reads the applicants of the period with a bar, and shows what came of it. It ends with its page. */
export function Comparing({ list, column, days, period }: Props) {
  const { t } = useTranslation('reconciliation');
  const [read, setRead] = useState<Read>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const run = useMutation({
    mutationFn: async () => {
      setRead({ read: 0, of: 0 });
      stop.current = new AbortController();
      return compare(idsOf(list, column), period, days, { tell: setRead, signal: stop.current.signal });
    },
    meta: { isShownInPlace: true },
  });
  const cancel = () => {
    stop.current?.abort();
    run.reset();
  };
  if (run.isPending && read !== undefined) return <Bar {...read} onCancel={cancel} />;
  return (
    <>
      {run.data === undefined && (
        <Button size="xs" mt="sm" onClick={() => run.mutate()}>
          {t('compare.send')}
        </Button>
      )}
      {run.error instanceof TooMany ? (
        <Text size="sm" c="var(--mantine-color-error)" mt="xs" role="alert">
          {t('compare.tooMany', { count: run.error.count })}
        </Text>
      ) : (
        run.error !== null && <Problem error={run.error} />
      )}
      {run.data !== undefined && <Compared comparison={run.data} period={period} />}
    </>
  );
}

function Bar({ read, of, onCancel }: Read & { onCancel: () => void }) {
  const { t } = useTranslation('reconciliation');
  const format = useFormat();
  return (
    <Group gap="sm" mt="sm">
      <Progress.Root flex={1} maw={480}>
        <Progress.Section
          value={of === 0 ? 0 : Math.min(100, (read / of) * 100)}
          aria-label={t('compare.reading')}
        />
      </Progress.Root>
      <Text size="sm" role="status">
        {t('compare.read', { read: format.number(read), of: format.number(of) })}
      </Text>
      <Button size="xs" variant="default" onClick={onCancel}>
        {t('cancel.open')}
      </Button>
    </Group>
  );
}
