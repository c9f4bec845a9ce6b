import { List } from '@mantine/core';
import '@mantine/core/styles/List.css';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useEntries } from './entries';
import { useMe } from './session';
import { PageHeader } from '../components/PageHeader';

/** The first page of somebody who may not see numbers, as an auditor: where they can go. */
export function Welcome() {
  const { t } = useTranslation('shell');
  const { displayName = '' } = useMe();
  const entries = useEntries();
  return (
    <>
      <PageHeader
        title={t('welcome.title', { name: `\u2068${displayName}\u2069` })}
        text={t('welcome.text')}
      />
      <List listStyleType="none" spacing="xs">
        {entries.map(({ path, label, icon: Icon }) => (
          <List.Item key={path} icon={<Icon size={17} stroke={1.6} />}>
            <Link to={`/${path}`} className="row-link">
              {label}
            </Link>
          </List.Item>
        ))}
      </List>
    </>
  );
}
