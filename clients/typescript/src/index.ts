export {
  type Applicant,
  type ChangeEvent,
  type ClientOptions,
  createRollcallClient,
  type Problem,
  type RollcallClient,
  type WebhookMessage,
} from './client.js';
export { type FeedBatch, readFeed, type ReadingAsConsumer, type ReadingByCursor } from './feed.js';
export { RefusedError, type Trouble } from './insist.js';
export {
  type ReceivedHeaders,
  SignatureError,
  SignatureHeaderError,
  SignatureMismatchError,
  SignatureTimestampError,
  verifySignature,
  type VerifyOptions,
} from './signature.js';
