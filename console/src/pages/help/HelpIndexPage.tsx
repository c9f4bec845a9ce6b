import { Group, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageHeader } from '../../components/PageHeader';
import { Section } from '../../components/Section';
import type { Language } from '../../i18n/i18n';
import { findGuide, GROUPS } from './guides';
import './help.css';

const NAMES = Object.keys(GROUPS) as (keyof typeof GROUPS)[];

/** The docs of this release, by what somebody wants to do. */
export function Component() {
  const { t } = useTranslation('help');
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing={0}>
        {NAMES.map((group) => (
          <Section key={group} title={t(`group.${group}`)}>
            <ul className="help-list">
              {GROUPS[group].map((name) => (
                <li key={name}>
                  <HelpEntry name={name} />
                </li>
              ))}
            </ul>
          </Section>
        ))}
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        {t('keys')}
      </Text>
    </>
  );
}

function HelpEntry({ name }: { name: (typeof GROUPS)[keyof typeof GROUPS][number] }) {
  const { t, i18n } = useTranslation('help');
  const isForeign = findGuide(name, i18n.language as Language)?.language !== i18n.language;
  return (
    <>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Link to={`/help/${name}`} className="row-link">
          {t(`page.${name}`)}
        </Link>
        {isForeign && (
          <Text size="xs" c="dimmed" span>
            {t('inEnglish')}
          </Text>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t(`about.${name}`)}
      </Text>
    </>
  );
}
