import { Alert, Text } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Copy } from '../../components/Copy';
import { Ltr } from '../../components/Ltr';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import './audit.css';
import { AUDIT } from './filters';

/** Some newest entries are not chained yet, for seconds. */
const LOOKED_AT = 50;

/** The newest link of the chain. Whoever notes it somewhere else can tell later whether anything before it was changed. */
export function ChainHead() {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const { data } = useQuery({
    queryKey: [AUDIT, 'head'],
    queryFn: ({ signal }) => answerOf(api.GET(AUDIT, { params: { query: { limit: LOOKED_AT } }, signal })),
  });
  const head = data?.items.find(({ n, hash }) => n !== null && hash !== null);
  if (head === undefined || head.n === null || head.hash === null) return null;
  return (
    <Alert color="gray" variant="light" icon={<IconLink />} mb="md" title={t('head.title')}>
      <Text size="sm" component="div">
        {t('head.number', { n: format.number(head.n) })} · <When at={head.at} />
      </Text>
      <Text size="sm" component="div" className="audit-hash">
        <Copy value={head.hash} label={t('head.hash')} />
      </Text>
      <Text size="sm">
        {t('head.text')} <Ltr>rollcall audit verify</Ltr>
      </Text>
    </Alert>
  );
}
