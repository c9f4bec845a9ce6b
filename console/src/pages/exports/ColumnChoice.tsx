import { Button, Checkbox, SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/Section';
import { ALL_COLUMNS, COLUMNS, type ExportColumn, GROUPS } from './exports';

interface Props {
  columns: readonly ExportColumn[];
  onChange: (columns: readonly ExportColumn[]) => void;
}

/** The columns of a file, in three groups. */
export function ColumnChoice({ columns, onChange }: Props) {
  const { t } = useTranslation('exports');
  return (
    <Section
      title={t('new.columns')}
      actions={
        <>
          <Button variant="default" size="xs" onClick={() => onChange(COLUMNS.usual)}>
            {t('new.usual')}
          </Button>
          <Button variant="default" size="xs" onClick={() => onChange(ALL_COLUMNS)}>
            {t('new.every')}
          </Button>
        </>
      }
    >
      <Stack gap="md">
        {GROUPS.map((group) => (
          <ColumnGroup key={group} group={group} columns={columns} onChange={onChange} />
        ))}
      </Stack>
    </Section>
  );
}

function ColumnGroup({ group, columns, onChange }: Props & { group: (typeof GROUPS)[number] }) {
  const { t } = useTranslation('exports');
  const own: readonly ExportColumn[] = COLUMNS[group];
  const others = columns.filter((column) => !own.includes(column));
  return (
    <Checkbox.Group
      label={t(`group.${group}`)}
      value={own.filter((column) => columns.includes(column))}
      onChange={(chosen) => onChange([...others, ...chosen])}
    >
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing={6} mt={6}>
        {own.map((column) => (
          <Checkbox key={column} value={column} label={t(`field.${column}`)} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}
