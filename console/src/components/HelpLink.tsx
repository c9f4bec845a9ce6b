import { ActionIcon, Tooltip } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { HELP } from '../app/help-pages';

/** To the page of help about what is shown. */
export function HelpLink() {
  const { t } = useTranslation('common');
  const [, area = ''] = useLocation().pathname.split('/');
  const page = HELP[area];
  if (page === undefined) return null;
  return (
    <Tooltip label={t('helpOfPage')} withArrow>
      <ActionIcon
        component={Link}
        to={`/help/${page}`}
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t('helpOfPage')}
      >
        <IconHelpCircle size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
