/** The chapters of `/docs`, in the order of a newcomer's day: receive, look, hand on, repair, run. */
export const API_TAGS = {
  'eNROLL: token': "The token URL of eNROLL's panel.",
  'eNROLL: callbacks': "The success and fail callback URLs of eNROLL's panel.",
  'Management: applicants': 'Current state, history and search.',
  'Management: images': "The applicants' images, fetched from eNROLL and sealed.",
  'Management: receipts': 'Callbacks as they were received, and Callback-Tests.',
  'Management: changes': 'The ordered feed of everything that changed.',
  'Management: consumers': 'Readers of the feed whose position is kept here.',
  'Management: endpoints': 'Where events are sent: signed webhooks and NATS JetStream.',
  'Management: exports': 'Files of applicants: CSV, JSON lines, Excel, Parquet.',
  'Management: statistics': 'Counts by hour and day, from rollups.',
  'Management: settings': 'What the server was started with, without secrets.',
  'Management: quarantine': 'Elements that could not be taken: look, fix, replay, discard.',
  'Management: reconciliation': 'What eNROLL has and we missed; signed statements of completeness.',
  'Management: alerts': 'What is wrong, and who was notified.',
  'Management: API keys': 'Who may use the management API: scopes, end, addresses, limit.',
  'Management: keys': 'The keys that seal: bring everything over to the first one, retire another.',
  'Management: clients': 'Who may ask for tokens of the callbacks; their secrets.',
  'Management: people': 'Who may log in, and with which roles.',
  'Management: session': 'Log in, log out, and who I am.',
  'Management: retention': 'How long everything is kept; holds.',
  'Management: privacy': 'Erase a person; give a person all that is held about them.',
  'Management: audit': 'Who did what to whom; a chain that shows what was changed.',
  'Management: eNROLL queries': "eNROLL's own query API, asked on your behalf; session tokens.",
} as const;

export type ApiTag = keyof typeof API_TAGS;
