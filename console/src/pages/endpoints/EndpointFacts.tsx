import { useTranslation } from 'react-i18next';
import type { EndpointDetailDto } from '@schema';
import { FactList } from '../../components/FactList';
import { Ltr } from '../../components/Ltr';
import { Name, Nothing } from '../../components/Name';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { CircuitBadge, EndpointBadge } from './badges';

interface Props {
  endpoint: EndpointDetailDto;
}

/** Whether it takes what it is sent. */
export function HealthFacts({ endpoint }: Props) {
  const { t } = useTranslation('endpoints');
  const { number } = useFormat();
  const { backlog, circuit, failingSince, lastFailureCode } = endpoint;
  return (
    <FactList
      facts={[
        [t('column.state'), <EndpointBadge state={endpoint.state} />],
        [t('column.circuit'), <CircuitBadge circuit={circuit} />],
        circuit.until === null ? undefined : [t('column.until'), <When at={circuit.until} />],
        failingSince === null ? undefined : [t('column.failingSince'), <When at={failingSince} />],
        [t('column.waiting'), number(backlog.due)],
        backlog.oldestDueAt === null ? undefined : [t('column.oldest'), <When at={backlog.oldestDueAt} />],
        [t('column.givenUp'), number(backlog.dead)],
        [t('column.lastSuccess'), <When at={endpoint.lastSuccessAt} />],
        [
          t('column.lastFailure'),
          lastFailureCode === null ? (
            <Nothing />
          ) : (
            <>
              <When at={endpoint.lastFailureAt} /> · <Ltr>{lastFailureCode}</Ltr>
            </>
          ),
        ],
      ]}
    />
  );
}

/** What it is sent, and where. */
export function SettingFacts({ endpoint }: Props) {
  const { t } = useTranslation('endpoints');
  const { number } = useFormat();
  const { url, subject, events, outcomes, fields, ratePerSecond, secrets } = endpoint;
  const listed = (items: readonly string[], none: string) =>
    items.length === 0 ? none : <Ltr>{items.join(', ')}</Ltr>;
  return (
    <FactList
      facts={[
        [t('column.url'), <Ltr>{url}</Ltr>],
        subject === null ? undefined : [t('column.subject'), <Ltr>{subject}</Ltr>],
        [t('column.events'), listed(events, t('every'))],
        [t('column.outcomes'), listed(outcomes, t('every'))],
        [t('column.fields'), listed(fields, t('noFields'))],
        [t('column.rate'), ratePerSecond === null ? t('noLimit') : number(ratePerSecond)],
        [t('column.secret'), <When at={secrets[0]?.createdAt} />],
        secrets[1] === undefined ? undefined : [t('column.oldSecret'), <When at={secrets[1].expiresAt} />],
        [t('column.by'), <Name>{endpoint.createdBy}</Name>],
        [t('column.created'), <When at={endpoint.createdAt} />],
      ]}
    />
  );
}
