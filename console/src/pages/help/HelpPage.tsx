import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import { DataArea } from '../../components/DataArea';
import { NothingHere } from '../../components/Notices';
import { PageHeader } from '../../components/PageHeader';
import type { Language } from '../../i18n/i18n';
import { findGuide, type Guide } from './guides';
import { HelpText } from './HelpText';
import './help.css';

/** One page of the docs, as they are of this release. */
export function Component() {
  const { page = '' } = useParams();
  const { i18n } = useTranslation();
  const found = findGuide(page, i18n.language as Language);
  if (found === undefined) return <NothingHere />;
  return <HelpPage key={page} name={page} {...found} />;
}

type Found = NonNullable<ReturnType<typeof findGuide>>;

function HelpPage({ name, load, language }: Found & { name: string }) {
  const { t, i18n } = useTranslation('help');
  const query = useQuery({
    queryKey: ['help', name, language],
    queryFn: load,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <Link to="/help" className="row-link">
        {t('back')}
      </Link>
      <PageHeader title={query.data?.title ?? t('title')} />
      {language !== i18n.language && (
        <Text size="sm" c="dimmed" mb="md">
          {t('englishOnly')}
        </Text>
      )}
      <DataArea query={query}>{(guide) => <Shown guide={guide} language={language} />}</DataArea>
    </>
  );
}

function Shown({ guide: { sections, body }, language }: { guide: Guide; language: Language }) {
  const { t } = useTranslation('help');
  useJump();
  return (
    <div className="help" lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
      {sections.length > 1 && (
        <nav className="help-sections" aria-label={t('onThisPage')}>
          {sections.map(({ id, title }) => (
            <Link key={id} to={`#${id}`}>
              {title}
            </Link>
          ))}
        </nav>
      )}
      <article className="help-text">
        <HelpText nodes={body} />
      </article>
    </div>
  );
}

/** Goes to the part that the address names: a heading, or the row of an error code. */
function useJump(): void {
  const { hash, key } = useLocation();
  useEffect(() => {
    const part = document.getElementById(decodeURIComponent(hash.slice(1)));
    if (hash === '' || part === null) return;
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
    part.scrollIntoView();
  }, [hash, key]);
}
