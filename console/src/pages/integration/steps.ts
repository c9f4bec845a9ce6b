import { useQuery, type UseQueryOptions } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ListedReceiptDto, RefusalDto, StatusDto } from '@schema';
import { useLive } from '../../app/live';
import { useCan } from '../../app/session';
import type { LightTone } from '../../components/Light';
import { ENDPOINTS, lastReceipts, MIRROR, PROBES, REFUSALS } from './queries';

type Name = 'token' | 'testSuccess' | 'testFail' | 'success' | 'fail' | 'query' | 'image' | 'delivery';

/** Texts of `cause`, the likeliest first. */
const CAUSES = {
  token: ['cause.token.1', 'cause.token.2', 'cause.token.3', 'cause.token.4'],
  test: ['cause.test.1', 'cause.test.2', 'cause.test.3'],
  real: ['cause.real.1', 'cause.real.2', 'cause.real.3'],
  query: ['cause.query.1', 'cause.query.2'],
  image: ['cause.image.1', 'cause.image.2'],
  delivery: ['cause.delivery.1', 'cause.delivery.2'],
} as const;

export interface Step {
  name: Name;
  tone: LightTone;
  /** When it was last seen. */
  at?: string | null;
  address?: string | null;
  detail?: string;
  lastRefusal?: RefusalDto;
  causes: readonly (typeof CAUSES)[keyof typeof CAUSES][number][];
}

/** The steps of an integration in their order, as far as this person may see them. */
export function useSteps(status: StatusDto): Step[] {
  const { t } = useTranslation('integration');
  const can = useCan();
  const refusals = useRead(REFUSALS, 'receipts:read')?.items;
  const success = useRead(lastReceipts('success'), 'receipts:read')?.items;
  const fail = useRead(lastReceipts('fail'), 'receipts:read')?.items;
  const refusedAt = (route: RefusalDto['route']) => refusals?.find((one) => one.route === route);
  const real = (name: 'success' | 'fail', items: ListedReceiptDto[] = []): Step => {
    const last = items.find((item) => !isOfTest(item));
    return {
      name,
      tone: last === undefined ? 'quiet' : 'good',
      at: last?.receivedAt,
      address: last?.remoteAddress,
      detail: last === undefined && items.length > 0 ? t('detail.onlyTests') : undefined,
      lastRefusal: refusedAt(name),
      causes: CAUSES.real,
    };
  };
  return [
    { ...useToken(status), lastRefusal: refusedAt('token') },
    useTest(status, 'success'),
    useTest(status, 'fail'),
    ...(can('receipts:read') ? [real('success', success), real('fail', fail)] : []),
    useQueryApi(status),
    ...useImage(status),
    ...useDelivery(),
  ];
}

/** An empty list is nobody's enrollment: "test now" and the doctor send one to each URL. */
function isOfTest({ state, received }: ListedReceiptDto): boolean {
  return state === 'applied' && received === 0;
}

function useToken({ tokens: [last] }: StatusDto): Step {
  const { t } = useTranslation('integration');
  return {
    name: 'token',
    tone: last === undefined ? 'quiet' : 'good',
    at: last?.at,
    detail: last && t(`detail.credentials.${last.credentialsIn}`, { client: `\u2068${last.clientId}\u2069` }),
    causes: CAUSES.token,
  };
}

function useTest({ callbackTests }: StatusDto, kind: 'success' | 'fail'): Step {
  const { t } = useTranslation('integration');
  const probes = useRead(PROBES, 'receipts:read')?.items;
  const test = callbackTests[kind];
  return {
    name: kind === 'success' ? 'testSuccess' : 'testFail',
    tone: test === null ? 'quiet' : 'good',
    at: test?.at,
    address: probes?.find(({ at, url }) => at === test?.at && url === test.url)?.remoteAddress,
    detail: test === null ? undefined : t(test.tokenValid ? 'detail.withToken' : 'detail.withoutToken'),
    causes: CAUSES.test,
  };
}

function useQueryApi({ images: { configured, fault } }: StatusDto): Step {
  const { t } = useTranslation('integration');
  const name = 'query';
  const causes = CAUSES.query;
  if (!configured) return { name, tone: 'quiet', detail: t('detail.notConfigured'), causes };
  if (fault !== null) return { name, tone: 'bad', detail: t('detail.fault', { fault }), causes };
  return { name, tone: 'good', detail: t('detail.configured'), causes };
}

function useImage({ images: { paused } }: StatusDto): Step[] {
  const { t } = useTranslation('integration');
  const mirror = useRead(MIRROR, 'applicants:read');
  if (mirror === undefined) return [];
  const count = mirror.counts.fetched;
  const detail = paused ? t('detail.paused') : t('detail.fetched', { count });
  return [{ name: 'image', tone: paused ? 'warn' : toneOf(count), detail, causes: CAUSES.image }];
}

/** Of all endpoints the one that worked last. */
function useDelivery(): Step[] {
  const { t } = useTranslation('integration');
  const endpoints = useRead(ENDPOINTS, 'endpoints:read')?.items;
  if (endpoints === undefined) return [];
  const [best] = [...endpoints].sort((a, b) => (b.lastSuccessAt ?? '').localeCompare(a.lastSuccessAt ?? ''));
  const failing = endpoints.find(({ failingSince }) => failingSince !== null);
  const shown = failing ?? best;
  return [
    {
      name: 'delivery',
      tone: failing !== undefined ? 'bad' : best?.lastSuccessAt ? 'good' : 'quiet',
      at: shown?.lastSuccessAt,
      detail:
        shown === undefined
          ? t('detail.noEndpoint')
          : failing === undefined
            ? t('detail.endpoint', { name: `\u2068${shown.name}\u2069` })
            : t('detail.endpointFails', {
                name: `\u2068${shown.name}\u2069`,
                code: `\u2066${shown.lastFailureCode ?? ''}\u2069`,
              }),
      causes: CAUSES.delivery,
    },
  ];
}

function toneOf(count: number | undefined): LightTone {
  return count !== undefined && count > 0 ? 'good' : 'quiet';
}

/** Asks again and again, and only where this person may. */
function useRead<Data>(query: UseQueryOptions<Data, Error, Data, string[]>, scope: string): Data | undefined {
  const can = useCan();
  return useQuery({ ...query, ...useLive(), enabled: can(scope) }).data;
}
