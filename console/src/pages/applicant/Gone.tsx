import { Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconEraser, IconLock, IconUserQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ApiError } from '../../api/problem';
import { useCan } from '../../app/session';
import { Notice } from '../../components/Notices';

const KINDS = {
  APPLICANT_ERASED: { icon: IconEraser, title: 'gone.erased.title', text: 'gone.erased.text' },
  RESTRICTED: { icon: IconLock, title: 'gone.restricted.title', text: 'gone.restricted.text' },
  NOT_FOUND: { icon: IconUserQuestion, title: 'gone.unknown.title', text: 'gone.unknown.text' },
} as const;

/** Whether there is nobody to show, now and after another try. */
export function isGone({ code }: ApiError): boolean {
  return code in KINDS;
}

/** Stands in for somebody who was erased, is under erasure, or was never here. */
export function Gone({ applicantId, error: { code } }: { applicantId: string; error: ApiError }) {
  const { t } = useTranslation('applicant');
  const can = useCan();
  const { icon: Icon, title, text } = KINDS[code as keyof typeof KINDS];
  useDocumentTitle(`${t(title)} · Rollcall`);
  const isErasure = code !== 'NOT_FOUND' && can('erasures:read');
  return (
    <Notice icon={<Icon size={28} />} title={t(title)} isPage>
      {t(text)}
      <div>
        <Button
          component={Link}
          to={isErasure ? `/erasures?applicantId=${encodeURIComponent(applicantId)}` : '/applicants'}
          variant="default"
          mt="md"
        >
          {isErasure ? t('gone.erasures') : t('gone.list')}
        </Button>
      </div>
    </Notice>
  );
}
