import { Button, Skeleton, Table } from '@mantine/core';
import { IconChartGridDots, IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallbackStatsDto } from '@schema';
import { DataArea } from '../../components/DataArea';
import { Section } from '../../components/Section';
import { hourOfWeek, useFormat } from '../../i18n/format';
import { WEEK_HOURS } from './queries';

const DAYS = [0, 1, 2, 3, 4, 5, 6];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Shades from none to the busiest hour. */
const LEVELS = 5;

/** When callbacks come: the hours of the week in Cairo, darker where more came. */
export function WeekHours() {
  const { t } = useTranslation('overview');
  const query = useQuery(WEEK_HOURS);
  const [isTable, setIsTable] = useState(false);
  const turn = (
    <Button
      variant="subtle"
      size="compact-xs"
      leftSection={isTable ? <IconChartGridDots size={14} /> : <IconTable size={14} />}
      onClick={() => setIsTable(!isTable)}
    >
      {isTable ? t('chart.asChart') : t('chart.asTable')}
    </Button>
  );
  return (
    <Section title={t('week.title')} actions={turn}>
      <DataArea query={query} skeleton={<Skeleton height={220} />}>
        {(stats) => <Cells counts={countsOf(stats)} isTable={isTable} />}
      </DataArea>
    </Section>
  );
}

function Cells({ counts, isTable }: { counts: number[][]; isTable: boolean }) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const most = Math.max(1, ...counts.flat());
  return (
    <Table.ScrollContainer
      minWidth={isTable ? 1100 : 420}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': t('week.title'), role: 'region' } }}
    >
      <table className="week" aria-label={t('week.title')} data-numbers={isTable}>
        <thead>
          <tr>
            <td />
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                {isTable || hour % 3 === 0 ? <span className="ltr">{hour}</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DAYS.map((day) => (
            <tr key={day}>
              <th scope="row">{format.weekday(day)}</th>
              {HOURS.map((hour) => {
                const count = counts[day]?.[hour] ?? 0;
                const said = t('week.cell', { day: format.weekday(day), hour, number: format.number(count) });
                return (
                  <td key={hour} data-level={Math.ceil((LEVELS * count) / most)} title={said}>
                    <span className="number">{format.number(count)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Table.ScrollContainer>
  );
}

/** By day of the week and hour. */
function countsOf({ buckets }: CallbackStatsDto): number[][] {
  const counts = DAYS.map(() => HOURS.map(() => 0));
  for (const { start, callbacks } of buckets) {
    const { day, hour } = hourOfWeek(start);
    const hours = counts[day];
    if (hours !== undefined)
      hours[hour] = (hours[hour] ?? 0) + callbacks.success + callbacks.fail + callbacks.any;
  }
  return counts;
}
