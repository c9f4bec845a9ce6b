import { Paper, SimpleGrid, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApplicantDto } from '@schema';
import type { Reveal } from '../../components/useReveal';
import { FieldLine } from './FieldLine';
import { GROUPS, readFlag } from './fields';
import type { Hidden } from './revealing';

const NAMES = ['person', 'document', 'contact', 'enroll'] as const;

interface Props {
  applicant: ApplicantDto;
  /** Absent: values stay as they are. */
  reveal: Reveal<Hidden> | undefined;
}

/** Every field of an applicant, in groups. */
export function Fields({ applicant, reveal }: Props) {
  const { t } = useTranslation('applicant');
  const flags = applicant.flags.map(readFlag);
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      {NAMES.map((name) => (
        <Paper key={name} withBorder p="md" component="section" aria-labelledby={`group-${name}`}>
          <Title order={2} size="sm" mb="xs" id={`group-${name}`}>
            {t(`group.${name}`)}
          </Title>
          <dl className="fields">
            {GROUPS[name].map((field) => (
              <FieldLine
                key={field}
                field={field}
                applicant={applicant}
                doubts={flags.filter((flag) => flag.field === field)}
                reveal={reveal}
              />
            ))}
          </dl>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
