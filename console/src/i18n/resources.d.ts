import 'i18next';
import type account from './en/account.json';
import type alerts from './en/alerts.json';
import type apiKeys from './en/api-keys.json';
import type applicant from './en/applicant.json';
import type applicants from './en/applicants.json';
import type audit from './en/audit.json';
import type clients from './en/clients.json';
import type common from './en/common.json';
import type compliance from './en/compliance.json';
import type consumers from './en/consumers.json';
import type endpoints from './en/endpoints.json';
import type exportFiles from './en/exports.json';
import type help from './en/help.json';
import type images from './en/images.json';
import type integration from './en/integration.json';
import type jobs from './en/jobs.json';
import type keys from './en/keys.json';
import type login from './en/login.json';
import type overview from './en/overview.json';
import type people from './en/people.json';
import type quarantine from './en/quarantine.json';
import type receipts from './en/receipts.json';
import type reconciliation from './en/reconciliation.json';
import type settings from './en/settings.json';
import type shell from './en/shell.json';
import type subjectAccess from './en/subject-access.json';
import type views from './en/views.json';

// Each area has a line here, so that a key that is not there is an error of types.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      account: typeof account;
      alerts: typeof alerts;
      'api-keys': typeof apiKeys;
      applicant: typeof applicant;
      applicants: typeof applicants;
      audit: typeof audit;
      clients: typeof clients;
      common: typeof common;
      compliance: typeof compliance;
      consumers: typeof consumers;
      endpoints: typeof endpoints;
      exports: typeof exportFiles;
      help: typeof help;
      images: typeof images;
      integration: typeof integration;
      jobs: typeof jobs;
      keys: typeof keys;
      login: typeof login;
      overview: typeof overview;
      people: typeof people;
      quarantine: typeof quarantine;
      receipts: typeof receipts;
      reconciliation: typeof reconciliation;
      settings: typeof settings;
      shell: typeof shell;
      'subject-access': typeof subjectAccess;
      views: typeof views;
    };
  }
}
