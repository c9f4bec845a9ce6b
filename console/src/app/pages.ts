import {
  type Icon,
  IconAdjustments,
  IconArchive,
  IconBell,
  IconBroadcast,
  IconBuildingBank,
  IconCalendarTime,
  IconChartBar,
  IconDatabaseExport,
  IconEraser,
  IconFileDescription,
  IconHelpCircle,
  IconInbox,
  IconKey,
  IconListCheck,
  IconLockAccess,
  IconPhoto,
  IconPlugConnected,
  IconRefresh,
  IconRss,
  IconSettings,
  IconShieldCheck,
  IconShieldX,
  IconUser,
  IconUserShield,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Scope } from './session';

export type Group = 'watch' | 'enrollments' | 'handingOn' | 'compliance' | 'administration';

export interface Page {
  /** In the console, without a slash at its start; `:name` is a parameter. */
  path: string;
  /** Names the texts: `i18n/<language>/<area>.json`, loaded with the page; several where it shows parts of other pages. */
  area: string | readonly string[];
  /** Whoever lacks it neither sees the entry nor the page. */
  scope?: Scope;
  /** Absent: not in the navigation, as pages of one thing. Its title is `nav.<path>` of shell.json. */
  entry?: { group: Group; icon: Icon; title: string };
  /** Its file exports `Component`. Absent: the page is not written yet. */
  load?: () => Promise<{ Component: ComponentType }>;
}

/** Every page of the console: one line each. */
// prettier-ignore
export const PAGES = [
  { path: '', area: 'overview', scope: 'stats:read', entry: { group: 'watch', icon: IconChartBar, title: 'nav.overview' }, load: () => import('../pages/overview/OverviewPage') },
  { path: 'integration', area: ['integration', 'receipts', 'clients'], scope: 'stats:read', entry: { group: 'watch', icon: IconPlugConnected, title: 'nav.integration' }, load: () => import('../pages/integration/IntegrationPage') },
  { path: 'alerts', area: 'alerts', scope: 'alerts:read', entry: { group: 'watch', icon: IconBell, title: 'nav.alerts' }, load: () => import('../pages/alerts/AlertsPage') },
  { path: 'jobs', area: 'jobs', scope: 'stats:read', entry: { group: 'watch', icon: IconListCheck, title: 'nav.jobs' }, load: () => import('../pages/jobs/JobsPage') },

  { path: 'applicants', area: 'applicants', scope: 'applicants:read', entry: { group: 'enrollments', icon: IconUsers, title: 'nav.applicants' }, load: () => import('../pages/applicants/ApplicantsPage') },
  { path: 'applicants/:applicantId', area: 'applicant', scope: 'applicants:read', load: () => import('../pages/applicant/ApplicantPage') },
  { path: 'receipts', area: 'receipts', scope: 'receipts:read', entry: { group: 'enrollments', icon: IconInbox, title: 'nav.receipts' }, load: () => import('../pages/receipts/ReceiptsPage') },
  { path: 'receipts/:receiptId', area: 'receipts', scope: 'receipts:read', load: () => import('../pages/receipts/ReceiptPage') },
  { path: 'refusals', area: 'receipts', scope: 'receipts:read', entry: { group: 'enrollments', icon: IconShieldX, title: 'nav.refusals' }, load: () => import('../pages/receipts/RefusalsPage') },
  { path: 'quarantine', area: 'quarantine', scope: 'quarantine:read', entry: { group: 'enrollments', icon: IconArchive, title: 'nav.quarantine' }, load: () => import('../pages/quarantine/QuarantinePage') },
  { path: 'quarantine/:quarantineId', area: 'quarantine', scope: 'quarantine:read', load: () => import('../pages/quarantine/QuarantinedPage') },
  { path: 'images', area: 'images', scope: 'applicants:read', entry: { group: 'enrollments', icon: IconPhoto, title: 'nav.images' }, load: () => import('../pages/images/ImagesPage') },
  { path: 'reconciliation', area: 'reconciliation', scope: 'reconciliation:read', entry: { group: 'enrollments', icon: IconRefresh, title: 'nav.reconciliation' }, load: () => import('../pages/reconciliation/ReconciliationPage') },

  { path: 'endpoints', area: 'endpoints', scope: 'endpoints:read', entry: { group: 'handingOn', icon: IconBroadcast, title: 'nav.endpoints' }, load: () => import('../pages/endpoints/EndpointsPage') },
  { path: 'endpoints/:endpointId', area: 'endpoints', scope: 'endpoints:read', load: () => import('../pages/endpoints/EndpointPage') },
  { path: 'consumers', area: 'consumers', scope: 'changes:read', entry: { group: 'handingOn', icon: IconRss, title: 'nav.consumers' }, load: () => import('../pages/consumers/ConsumersPage') },
  { path: 'exports', area: 'exports', scope: 'exports:read', entry: { group: 'handingOn', icon: IconDatabaseExport, title: 'nav.exports' }, load: () => import('../pages/exports/ExportsPage') },
  { path: 'exports/new', area: ['exports', 'applicants'], scope: 'exports:write', load: () => import('../pages/exports/NewExportPage') },

  { path: 'audit', area: 'audit', scope: 'audit:read', entry: { group: 'compliance', icon: IconShieldCheck, title: 'nav.audit' }, load: () => import('../pages/audit/AuditPage') },
  { path: 'holds', area: 'compliance', scope: 'holds:read', entry: { group: 'compliance', icon: IconLockAccess, title: 'nav.holds' }, load: () => import('../pages/holds/HoldsPage') },
  { path: 'erasures', area: 'compliance', scope: 'erasures:read', entry: { group: 'compliance', icon: IconEraser, title: 'nav.erasures' }, load: () => import('../pages/erasures/ErasuresPage') },
  { path: 'retention', area: 'compliance', scope: 'retention:read', entry: { group: 'compliance', icon: IconCalendarTime, title: 'nav.retention' }, load: () => import('../pages/retention/RetentionPage') },
  { path: 'subject-access', area: ['subject-access', 'compliance'], scope: 'subjects:read', entry: { group: 'compliance', icon: IconFileDescription, title: 'nav.subject-access' }, load: () => import('../pages/subject-access/SubjectAccessPage') },

  { path: 'people', area: 'people', scope: 'users:read', entry: { group: 'administration', icon: IconUserShield, title: 'nav.people' }, load: () => import('../pages/people/PeoplePage') },
  { path: 'api-keys', area: 'api-keys', scope: 'keys:read', entry: { group: 'administration', icon: IconKey, title: 'nav.api-keys' }, load: () => import('../pages/api-keys/ApiKeysPage') },
  { path: 'clients', area: 'clients', scope: 'clients:read', entry: { group: 'administration', icon: IconBuildingBank, title: 'nav.clients' }, load: () => import('../pages/clients/ClientsPage') },
  { path: 'keys', area: 'keys', scope: 'admin', entry: { group: 'administration', icon: IconSettings, title: 'nav.keys' }, load: () => import('../pages/keys/KeysPage') },
  { path: 'settings', area: 'settings', scope: 'admin', entry: { group: 'administration', icon: IconAdjustments, title: 'nav.settings' }, load: () => import('../pages/settings/SettingsPage') },
  { path: 'account', area: 'account', entry: { group: 'administration', icon: IconUser, title: 'nav.account' }, load: () => import('../pages/account/AccountPage') },
  { path: 'help', area: 'help', entry: { group: 'administration', icon: IconHelpCircle, title: 'nav.help' }, load: () => import('../pages/help/HelpIndexPage') },
  { path: 'help/:page', area: 'help', load: () => import('../pages/help/HelpPage') },
] as const satisfies readonly Page[];
