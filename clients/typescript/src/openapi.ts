// Generated from openapi.json by `npm run gen`.

export interface paths {
  '/oauth/token': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Token URL: eNROLL asks for the token it calls back with
     * @description OAuth 2.0 client credentials (RFC 6749, 4.4). Id and secret come in the form body, as HTTP Basic (form-encoded or as they stand), or as raw headers. In two places they must be equal. They are refused in the query string, in JSON and in multipart.
     */
    post: operations['issueToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/api-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List API keys by name
     * @description Disabled and expired ones too. What opens them is shown to nobody: only its hash is stored.
     *
     *     Scope: `keys:read`.
     */
    get: operations['listApiKeys'];
    put?: never;
    /**
     * Create an API key; recorded
     * @description Keep the `key`: it is not shown again. It gets no scope that the caller lacks. A name is given once, also after its key was disabled, because the audit names callers by it.
     *
     *     Scope: `keys:write`.
     */
    post: operations['createApiKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/api-keys/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One API key
     * @description What it may do, when it ends, and when it was last used.
     *
     *     Scope: `keys:read`.
     */
    get: operations['readApiKey'];
    put?: never;
    post?: never;
    /**
     * Disable an API key for good; recorded
     * @description It is refused at once, on every replica and in open streams. A key ends none that has more scopes than it, and does not end the last one with `keys:write`: the command line does.
     *
     *     Scope: `keys:write`.
     */
    delete: operations['disableApiKey'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/api-keys/{id}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replace an API key by a new one with the same rights; recorded
     * @description The key before ends at once, on every replica. The caller needs every scope that the key has.
     *
     *     Scope: `keys:write`.
     */
    post: operations['rotateApiKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/clients': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List clients by id
     * @description With the kinds and ends of their secrets; never the secrets.
     *
     *     Scope: `clients:read`.
     */
    get: operations['listClients'];
    put?: never;
    /**
     * Create a client that may ask for tokens; recorded
     * @description Keep the `clientSecret`: it is not shown again. Its tokens open the callbacks and nothing else.
     *
     *     Scope: `clients:write`.
     */
    post: operations['createClient'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/clients/{clientId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One client
     * @description With the kinds and ends of its secrets.
     *
     *     Scope: `clients:read`.
     */
    get: operations['readClient'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/clients/{clientId}/secrets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give a client a new secret; recorded
     * @description The newest secret before works until the overlap is over; older ones end. Keep the new `clientSecret`: it is not shown again.
     *
     *     Scope: `clients:write`.
     */
    post: operations['createClientSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/clients/{clientId}/disable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Refuse the secrets and tokens of a client from now on; recorded
     * @description At once, on every replica.
     *
     *     Scope: `clients:write`.
     */
    post: operations['disableClient'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/clients/{clientId}/enable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Undo a disable; recorded
     * @description Its secrets work again, its older tokens do not.
     *
     *     Scope: `clients:write`.
     */
    post: operations['enableClient'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The session of this browser
     * @description The same as `readMe`, with the CSRF token of the session.
     *
     *     Scope: `none`.
     */
    get: operations['readSession'];
    put?: never;
    /**
     * Log in
     * @description Answers with the session as a cookie that no script can read, and its CSRF token. A session ends after 30 minutes without a request, and after 12 hours. An unknown login, a wrong password and a wrong code are answered alike.
     *
     *     Scope: `none`.
     */
    post: operations['logIn'];
    /**
     * Log out
     * @description Ends this session on every replica. A key has none, and stays as it is.
     *
     *     Scope: `none`.
     */
    delete: operations['logOut'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session/invitation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Choose a password by the link of an invitation
     * @description Answers with the secret for an authenticator. The link stays good until `confirmInvitation`; asked again, this gives another secret.
     *
     *     Scope: `none`.
     */
    post: operations['acceptInvitation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session/invitation/confirmation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Confirm the authenticator by its first code, and be logged in
     * @description Answers with the recovery codes, this once, and with the session, as `logIn` does. The link is used then.
     *
     *     Scope: `none`.
     */
    post: operations['confirmInvitation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session/first-link': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log in by the link that a start outside production prints
     * @description Answers as `logIn` does. A link works once, within 15 minutes of the start, at the process that printed it. In production none does.
     *
     *     Scope: `none`.
     */
    post: operations['useFirstLink'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who am I, and what may I do
     * @description For API keys and for people who are logged in.
     *
     *     Scope: `none`.
     */
    get: operations['readMe'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change my password
     * @description Needs the password of now and a code, as a log-in does. All sessions of the person end, and this browser gets a new one, as `logIn` answers it. Whoever comes by the identity provider has no password here (`CONFLICT`).
     *
     *     Scope: `none`.
     */
    post: operations['changePassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session/recovery-codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * New recovery codes for me
     * @description Needs the password and a code of the authenticator, as a log-in does; a recovery code does not do. Those of before open nothing any more, and sessions stay. Whoever comes by the identity provider has none here (`CONFLICT`).
     *
     *     Scope: `none`.
     */
    post: operations['renewRecoveryCodes'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * My sessions
     * @description Of all browsers, the one used last first. An API key has none.
     *
     *     Scope: `none`.
     */
    get: operations['listSessions'];
    put?: never;
    post?: never;
    /**
     * End all my other sessions
     * @description As `endSession`. The session of this browser stays.
     *
     *     Scope: `none`.
     */
    delete: operations['endOtherSessions'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * End one of my sessions
     * @description Ends it on every replica, in open streams too. The log-in must be at most 15 minutes old (`LOGIN_TOO_OLD`).
     *
     *     Scope: `none`.
     */
    delete: operations['endSession'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session/oidc': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Log in by the identity provider
     * @description Sends the browser to the OpenID Connect provider of `ROLLCALL_OIDC_ISSUER`. Local accounts go on working when it does not answer.
     *
     *     Scope: `none`.
     */
    get: operations['beginSingleSignOn'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session/oidc/callback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Back from the identity provider
     * @description The provider sends the browser here. Its roles are those of this moment; after an hour the browser asks the provider again.
     *
     *     Scope: `none`.
     */
    get: operations['finishSingleSignOn'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session/oidc/back-channel-logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The identity provider logs somebody out
     * @description OpenID Connect Back-Channel Logout 1.0: the sessions of the subject or of the `sid` of the log-out token end, on every replica, in open streams too. A token works once.
     *
     *     Scope: `none`.
     */
    post: operations['endProvidedSessions'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List people, by login
     * @description Also those who are invited or disabled.
     *
     *     Scope: `users:read`.
     */
    get: operations['listUsers'];
    put?: never;
    /**
     * Invite somebody
     * @description The answer holds a link, this once, that is good for 72 hours. Its holder chooses a password and adds Rollcall to an authenticator. Whoever may invite may give every role.
     *
     *     Scope: `users:write`.
     */
    post: operations['inviteUser'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read one person
     * @description With their roles and their state.
     *
     *     Scope: `users:read`.
     */
    get: operations['readUser'];
    put?: never;
    post?: never;
    /**
     * Disable somebody
     * @description As `changeUser` with `disabled`. Login and name stay, since the audit names them.
     *
     *     Scope: `users:write`.
     */
    delete: operations['disableUser'];
    options?: never;
    head?: never;
    /**
     * Change name or roles, disable or enable
     * @description Works at once on every replica, in open sessions and streams too. The last active administrator stays one (`CONFLICT`).
     *
     *     Scope: `users:write`.
     */
    patch: operations['changeUser'];
    trace?: never;
  };
  '/api/v1/users/{id}/invitation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Invite somebody again
     * @description For those who lost the link, the password or the authenticator. Whatever they had ends at once, also their sessions.
     *
     *     Scope: `users:write`.
     */
    post: operations['resetUser'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{id}/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * End all sessions of somebody
     * @description They may log in again.
     *
     *     Scope: `users:write`.
     */
    delete: operations['endUserSessions'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/roles': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the roles
     * @description Each with what it allows. Several roles of one person add up.
     *
     *     Scope: `users:read`.
     */
    get: operations['listRoles'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/callbacks/success': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take approved enrollments
     * @description Register this URL as *Success Callback URL* in the admin panel of eNROLL.
     */
    post: operations['receiveSuccess'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/callbacks/fail': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take rejected enrollments
     * @description Register this URL as *Fail Callback URL* in the admin panel of eNROLL.
     */
    post: operations['receiveFail'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/callbacks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take enrollments of either outcome
     * @description For installations with one URL for both: the outcome comes from `status` (A27).
     */
    post: operations['receiveAny'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/receipts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Callbacks as they were received, newest first
     * @description Without their bytes. A receipt holds everything that one request sent, whatever became of it. With `applicantId`: every receipt with an element about that applicant, also what changed nothing or is in quarantine, each with these elements.
     *
     *     Scope: `receipts:read`.
     */
    get: operations['listReceipts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/receipts/{receiptId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One callback and what became of its elements
     * @description Lists its elements: whom each is about, what became of it, and the version or the quarantined element that it became.
     *
     *     Scope: `receipts:read`.
     */
    get: operations['readReceipt'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/receipts/{receiptId}/body': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The bytes of a callback as they were received
     * @description After decompression, otherwise untouched; of a body with `sentBytes`, its beginning as it came over the wire. Needs the scopes `receipts:raw` and `pii:read`; the reading is recorded.
     *
     *     Scope: `receipts:raw`, `pii:read`.
     */
    get: operations['readReceiptBody'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/quarantine': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Elements that could not be taken, newest first
     * @description Without the elements themselves. Fix what can be fixed, replay what was refused by mistake, discard the rest.
     *
     *     Scope: `quarantine:read`.
     */
    get: operations['listQuarantine'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/quarantine/counts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How many elements there are, by cause and state
     * @description All of them in one answer, for a list by cause. Of each state the newest 100,000 are counted.
     *
     *     Scope: `quarantine:read`.
     */
    get: operations['countQuarantine'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/quarantine/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One element and why it was refused
     * @description With the element itself for the scope `pii:read`; that reading is recorded. Without it the element is masked: names, kinds, masked values, and which of them the refusal is about.
     *
     *     Scope: `quarantine:read`.
     */
    get: operations['readQuarantined'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/quarantine/{id}/reveal': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * One element as it was received, for a reason
     * @description The same as a reveal of fields: recorded before it leaves, counted with the other reveals of a caller, and with `ROLLCALL_REVEAL_TWO_PERSONS` answered 202 until somebody else has approved it. Needs the scopes `applicants:reveal` and `quarantine:read`.
     *
     *     Scope: `applicants:reveal`, `quarantine:read`.
     */
    post: operations['revealQuarantined'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/quarantine/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send elements in again unchanged; a dry run by default
     * @description Oldest first, up to 500 at a time; continue with `nextCursor`. Elements that are still refused stay open. Replaying twice is harmless: the second time finds a duplicate. An element that newer content has overtaken also needs the scope `quarantine:decide`.
     *
     *     Scope: `quarantine:write`.
     */
    post: operations['replayQuarantined'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/quarantine/{id}/fix': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Patch an element and send it in
     * @description The element as received is kept unchanged, with the names of the fixed fields. A patch may change what the refusal named. It may change `applicantId` only if that was refused, and only to an id that is not known yet. Any other change, and any change of `status`, decides about a person and needs the scope `quarantine:decide`.
     *
     *     Scope: `quarantine:write`.
     */
    post: operations['fixQuarantined'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/quarantine/{id}/discard': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Put an element aside for good, with a reason
     * @description It is kept and can be read, but no longer replayed.
     *
     *     Scope: `quarantine:write`.
     */
    post: operations['discardQuarantined'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/probes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Callback-Tests, newest first
     * @description The tests that the panel of eNROLL sends; the first item is the last test. Those of one address and URL are one item an hour; the newest 1,000 are kept.
     *
     *     Scope: `receipts:read`.
     */
    get: operations['listProbes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/refusals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What the token URL and the callback URLs refused, newest first
     * @description Refusals with the statuses 400, 401, 403, 405, 408, 413, 415 and 429. Those that are alike and of one address are one item an hour, with how many there were; of clients, of callers that name a client, and of strangers the newest 1,000 each are kept.
     *
     *     Scope: `receipts:read`.
     */
    get: operations['listRefusals'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applicants': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Applicants by their first receipt, newest first
     * @description Filters are joined by *and*. Sensitive values are masked without the scope `pii:read`. By name or by a value: `searchApplicants`.
     *
     *     Scope: `applicants:read`.
     */
    get: operations['listApplicants'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applicants/search': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Applicants by name or by exact values, kept out of URLs
     * @description Give either `q`, which finds the closest names first, or exact values in any spelling, which must all match, newest first. Filters are joined by *and*. Sensitive values are masked without the scope `pii:read`. Enough searches would tell what the masks hide, so searching has its own scope, each search is recorded with a keyed hash of what was asked, and a key may search 60 times a minute (`ROLLCALL_SEARCHES_PER_MINUTE`).
     *
     *     Scope: `applicants:search`.
     */
    post: operations['searchApplicants'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applicants/{applicantId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One applicant, as it is now or as it was known at a time
     * @description Sensitive values are masked without the scope `pii:read`; with it, the reading is recorded.
     *
     *     Scope: `applicants:read`.
     */
    get: operations['readApplicant'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applicants/{applicantId}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What an applicant was, version by version, oldest first
     * @description Each version names the callback it came from and how its fields differ from the version before.
     *
     *     Scope: `applicants:read`.
     */
    get: operations['listVersions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applicants/{applicantId}/reveal': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Single fields of one applicant unmasked, for a reason
     * @description Who, whom, which fields and why are recorded before the answer leaves; where that is not possible nothing is shown. A caller may reveal 60 times a minute (`ROLLCALL_REVEALS_PER_MINUTE`). With `ROLLCALL_REVEAL_TWO_PERSONS` the answer is 202 and a request. Once somebody else has approved it, the same body with its `requestId` reveals, once and within 15 minutes.
     *
     *     Scope: `applicants:reveal`.
     */
    post: operations['revealApplicant'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reveal-requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Requests to reveal, newest first
     * @description Those of every caller, until a day after they were used or expired. Empty unless `ROLLCALL_REVEAL_TWO_PERSONS` is on.
     *
     *     Scope: `applicants:reveal`.
     */
    get: operations['listRevealRequests'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reveal-requests/{id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Approve the request of somebody else
     * @description Whoever asked may then reveal, once and within 15 minutes. Nobody approves a request of their own. Recorded.
     *
     *     Scope: `applicants:reveal`.
     */
    post: operations['approveReveal'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every change of every applicant, in one order, oldest first
     * @description Keep `nextCursor` and continue with it. No change is skipped, even if it was committed late, and none comes twice. Changes of one applicant come in the order of their versions. Events hold ids and names of fields; personal data only if `fields` asks for it.
     *
     *     Scope: `changes:read`.
     */
    get: operations['listChanges'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/changes/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The same as server-sent events, for as long as the caller listens
     * @description Each event has its cursor as `id`, its type as `event` and what `listChanges` shows of it as `data`. A reader that comes back with `Last-Event-ID` continues after it. A comment every 15 seconds shows that the line is alive.
     *
     *     Scope: `changes:read`.
     */
    get: operations['streamChanges'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/consumers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * All consumers by name, and how far behind they are
     * @description `lag` says how far each consumer is behind the feed.
     *
     *     Scope: `changes:read`.
     */
    get: operations['listConsumers'];
    put?: never;
    /**
     * Make a consumer: a reader of the feed with its place kept here
     * @description The reader itself keeps nothing. It reads the events after its cursor, does its work, and acknowledges them. Events that it did not acknowledge come again.
     *
     *     Scope: `consumers:write`.
     */
    post: operations['createConsumer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/consumers/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One consumer
     * @description Its filter, its cursor and its lag.
     *
     *     Scope: `changes:read`.
     */
    get: operations['readConsumer'];
    put?: never;
    post?: never;
    /**
     * Delete a consumer; recorded
     * @description For the key that made the consumer, or `admin`.
     *
     *     Scope: `consumers:write`.
     */
    delete: operations['deleteConsumer'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/consumers/{name}/changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The next events of a consumer
     * @description Reading does not move the cursor: acknowledge what you have read. Acknowledge the `nextCursor` of an empty page too: it moves past what the filter left out.
     *
     *     Scope: `changes:read`.
     */
    get: operations['readConsumerChanges'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/consumers/{name}/ack': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Acknowledge everything up to a cursor
     * @description The cursor only moves forward, even if two readers acknowledge at the same time. For the key that made the consumer, or `admin`. A consumer from the command line belongs to no key: the key that reads it acknowledges.
     *
     *     Scope: `consumers:write`.
     */
    post: operations['ackConsumer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/consumers/{name}/rewind': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Move the cursor of a consumer; recorded
     * @description Move it back to read events again, or forward to skip them. Stop the reader first: it might acknowledge what it has already read. For the key that made the consumer, or `admin`.
     *
     *     Scope: `consumers:write`.
     */
    post: operations['rewindConsumer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Exports that have not expired, newest first
     * @description Exports of every key. Those that have expired are gone, with their files.
     *
     *     Scope: `exports:read`.
     */
    get: operations['listExports'];
    put?: never;
    /**
     * Ask for a file of applicants
     * @description The file is written in the background, from one snapshot; outages and restarts only delay it. Sensitive columns are masked unless the key has the scope `pii:read`; then every download needs that scope too. Who asks is recorded.
     *
     *     Scope: `exports:write`.
     */
    post: operations['createExport'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exports/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One export, and how far it is
     * @description Ask again until `state` is `ready`, then download the file.
     *
     *     Scope: `exports:read`.
     */
    get: operations['readExport'];
    put?: never;
    post?: never;
    /**
     * Delete an export and its file
     * @description An unfinished one is stopped. A download that is under way ends early. For the key that asked for it, or `admin`.
     *
     *     Scope: `exports:write`.
     */
    delete: operations['deleteExport'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exports/{id}/file': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The file of an export that is ready; the download is recorded
     * @description A file with sensitive columns that are not masked also needs the scope `pii:read`.
     *
     *     Scope: `exports:read`.
     */
    get: operations['downloadExport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exports/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Stop an export that is not finished
     * @description For the key that asked for it, or `admin`.
     *
     *     Scope: `exports:write`.
     */
    post: operations['cancelExport'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/enroll/token': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether eNROLL gives us a token
     * @description Asks eNROLL for one unless we hold one. The token itself is never shown.
     *
     *     Scope: `enroll:read`.
     */
    get: operations['checkEnrollToken'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/enroll/applicant-id': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The applicant of a request
     * @description Asks eNROLL now. Works for requests that never led to a callback.
     *
     *     Scope: `enroll:read`.
     */
    get: operations['findEnrolledApplicantId'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/enroll/applicants': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Applicants of a request or of one of your customers, as eNROLL has them
     * @description Without the scope `pii:read` sensitive values are masked. With it, the reading is recorded.
     *
     *     Scope: `enroll:read`.
     */
    get: operations['findEnrolled'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/enroll/applicants/by-date': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Applicants of a date range, as eNROLL has them
     * @description Pages are eNROLL's own. A page may be empty before the end, and an applicant may come twice. Without the scope `pii:read` sensitive values are masked. With it, the reading is recorded.
     *
     *     Scope: `enroll:read`.
     */
    get: operations['listEnrolledByDate'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/enroll/applicants/by-ids': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Applicants by their ids, as eNROLL has them
     * @description `notFound` lists the ids that eNROLL does not know. Without the scope `pii:read` sensitive values are masked. With it, the reading is recorded.
     *
     *     Scope: `enroll:read`.
     */
    post: operations['listEnrolledByIds'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/enroll/image': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One image, by its path
     * @description Needs the scopes `images:read` and `pii:read`. The reading is recorded.
     *
     *     Scope: `enroll:read`, `images:read`, `pii:read`.
     */
    get: operations['readEnrollImage'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/enroll/images': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Several images, by their paths
     * @description An image that fails has a `fault`. Images after the first 32 MiB are refused. Needs the scopes `images:read` and `pii:read`. The reading is recorded.
     *
     *     Scope: `enroll:read`, `images:read`, `pii:read`.
     */
    post: operations['readEnrollImages'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/enroll/session-tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Sessions that were begun, newest first
     * @description `?state=open` lists those who began and never finished.
     *
     *     Scope: `enroll:read`.
     */
    get: operations['listSessionTokens'];
    put?: never;
    /**
     * A session token for eNROLL's app or page
     * @description We ask eNROLL with the tenant secret, which stays here. `onboarding` needs the scope `enroll:sessions`: give that key to the backend of your app. `authentication` lets its holder act as an applicant who is enrolled, and needs `enroll:authentications`. Both are recorded. `correlationId`, `requestId` and the time are kept, the token is not.
     *
     *     Scope: `enroll:sessions` or `enroll:authentications`.
     */
    post: operations['mintSessionToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/images/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How many images are wanted, fetched, missing; whether anything holds them up
     * @description Counts over all applicants, and what stops the mirror at present.
     *
     *     Scope: `applicants:read`.
     */
    get: operations['readImageStatus'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/images/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask again for images that are missing, not images, or given up; or for the fetched ones of one applicant
     * @description A fetched image is shown until the new one is there, and stays if eNROLL no longer has one.
     *
     *     Scope: `admin`.
     */
    post: operations['retryImages'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/images/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Fetch no more images until resumed, on every replica
     * @description Images are still noted as wanted. Requests under way are finished.
     *
     *     Scope: `admin`.
     */
    post: operations['pauseImages'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/images/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Resume fetching, on every replica
     * @description Harmless if nothing was paused.
     *
     *     Scope: `admin`.
     */
    post: operations['resumeImages'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applicants/{applicantId}/images': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The images that any version of an applicant named, with their states; newest first in each field
     * @description Says for each image whether it is wanted, fetched, missing or given up. The bytes have an operation of their own.
     *
     *     Scope: `applicants:read`.
     */
    get: operations['listImages'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applicants/{applicantId}/images/{field}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One image; the reading is recorded
     * @description Needs the scopes `images:read` and `pii:read`. An image that is not there says why: still wanted, missing at eNROLL, not an image, or given up.
     *
     *     Scope: `images:read`, `pii:read`.
     */
    get: operations['readImage'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applicants/{applicantId}/images/{field}/reveal': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * One image as it is now, for a reason
     * @description The same as a reveal of fields, for a picture: recorded before it leaves, counted with the other reveals of a caller, and with `ROLLCALL_REVEAL_TWO_PERSONS` answered 202 until somebody else has approved it. Needs the scopes `applicants:reveal` and `images:read`.
     *
     *     Scope: `applicants:reveal`, `images:read`.
     */
    post: operations['revealImage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reconciliation/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List runs and their results, newest first
     * @description Runs started by the schedule, the API and the command line.
     *
     *     Scope: `reconciliation:read`.
     */
    get: operations['listReconciliationRuns'];
    put?: never;
    /**
     * Ask eNROLL for all applicants enrolled in a range, and take what is missing or different
     * @description It runs in the background and survives outages. If a run of the same range is unfinished, the answer is that run. It does not ask about the future.
     *
     *     Scope: `reconciliation:write`.
     */
    post: operations['startReconciliationRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reconciliation/runs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read one run
     * @description Its progress, and what it has found and healed so far.
     *
     *     Scope: `reconciliation:read`.
     */
    get: operations['readReconciliationRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reconciliation/runs/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel an unfinished run
     * @description What it healed stays healed. Its range counts as not asked about.
     *
     *     Scope: `reconciliation:write`.
     */
    post: operations['cancelReconciliationRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reconciliation/gaps': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the differences between eNROLL and Rollcall, newest first
     * @description Each gap is one applicant that one side lacks or that has other content there.
     *
     *     Scope: `reconciliation:read`.
     */
    get: operations['listReconciliationGaps'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reconciliation/gaps/heal': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask eNROLL again for the applicants of all open gaps
     * @description Oldest first, up to 1,000 per call: continue with `nextCursor`. A gap stays open if eNROLL still does not know the applicant.
     *
     *     Scope: `reconciliation:write`.
     */
    post: operations['healReconciliationGaps'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reconciliation/gaps/{id}/heal': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask eNROLL again for the applicant of an open gap
     * @description The gap stays open if eNROLL still does not know the applicant.
     *
     *     Scope: `reconciliation:write`.
     */
    post: operations['healReconciliationGap'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reconciliation/gaps/{id}/ignore': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ignore an open gap, with a reason
     * @description A `missing_there` gap stays ignored. The next run still heals what is missing or different here.
     *
     *     Scope: `reconciliation:write`.
     */
    post: operations['ignoreReconciliationGap'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reconciliation/statement': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a signed statement of how complete a period is
     * @description It is based on completed runs: `uncovered` lists the parts that eNROLL was not asked about.
     *
     *     Scope: `reconciliation:read`.
     */
    get: operations['stateCompleteness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/jwks.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the public keys that verify our statements
     * @description A JWK set (RFC 7517), open to everyone. After a rotation, older keys stay here as long as the key ring holds them.
     */
    get: operations['readJwks'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/erasures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Erasures, newest first
     * @description Whom, why, and how far each is.
     *
     *     Scope: `erasures:read`.
     */
    get: operations['listErasures'];
    put?: never;
    /**
     * Erase a person
     * @description From the answer on nobody reads the person (`RESTRICTED`); a worker overwrites everything within seconds, or once the last hold on the person is lifted. What eNROLL sends about them later is parked in quarantine. It cannot be undone. Recorded.
     *
     *     Scope: `erasures:write`.
     */
    post: operations['requestErasure'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/erasures/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One erasure
     * @description How far it is, and what keeps it.
     *
     *     Scope: `erasures:read`.
     */
    get: operations['readErasure'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/erasures/{id}/certificate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The certificate of an erasure that is done
     * @description With its signature, by which anybody can verify it.
     *
     *     Scope: `erasures:read`.
     */
    get: operations['readErasureCertificate'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/erasures/{id}/certificate.pdf': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The same certificate as a PDF
     * @description For people to file. It ends with the signature.
     *
     *     Scope: `erasures:read`.
     */
    get: operations['readErasureCertificatePdf'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/subject-access': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Everything that is held about one person, as one ZIP
     * @description All versions and images, their elements of receipts and quarantine, deliveries, who looked, and whether they are held; unmasked, also of who is under erasure. Recorded before the first byte.
     *
     *     Scope: `subjects:read`.
     */
    post: operations['accessSubject'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/alerts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List current and past alerts, newest first
     * @description One alert each time that a rule fires, with its notifications. No personal data.
     *
     *     Scope: `alerts:read`.
     */
    get: operations['listAlerts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/alerts/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read one alert
     * @description With every notification about it and the result of each.
     *
     *     Scope: `alerts:read`.
     */
    get: operations['readAlert'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/alerts/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a test over every channel and wait for the result
     * @description Takes at most half a minute. A channel that fails is not retried: the answer says why it failed.
     *
     *     Scope: `alerts:write`.
     */
    post: operations['testAlerts'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/alerts/{id}/acknowledge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Acknowledge an open alert
     * @description This ends its reminders; its end is still reported. Acknowledging it twice is harmless.
     *
     *     Scope: `alerts:write`.
     */
    post: operations['acknowledgeAlert'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/endpoints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List endpoints by name
     * @description Endpoints that carry personal fields are shown only with the scope `pii:read`; every operation on them needs it, too.
     *
     *     Scope: `endpoints:read`.
     */
    get: operations['listEndpoints'];
    put?: never;
    /**
     * Create an endpoint: hand events on to another system from now on
     * @description Deliveries are signed as [Standard Webhooks](https://www.standardwebhooks.com). Keep the `secret`: it is not shown again.
     *
     *     Scope: `endpoints:write`.
     */
    post: operations['createEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/endpoints/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One endpoint, with its waiting deliveries
     * @description Its settings, its circuit, its secrets without their values, and how many deliveries wait.
     *
     *     Scope: `endpoints:read`.
     */
    get: operations['readEndpoint'];
    put?: never;
    post?: never;
    /**
     * Delete an endpoint and drop its waiting deliveries
     * @description Its secrets are deleted with it, its deliveries and their attempts by the next purge. Recorded.
     *
     *     Scope: `endpoints:write`.
     */
    delete: operations['deleteEndpoint'];
    options?: never;
    head?: never;
    /**
     * Change what is sent, or where
     * @description Absent settings do not change. New filters apply to new events; queued events are sent to the new URL.
     *
     *     Scope: `endpoints:write`.
     */
    patch: operations['updateEndpoint'];
    trace?: never;
  };
  '/api/v1/endpoints/{id}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pause: queue events and send none until it is resumed
     * @description Events are still queued. Attempts under way run to their end.
     *
     *     Scope: `endpoints:write`.
     */
    post: operations['pauseEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/endpoints/{id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Resume sending, also after it was disabled, and close the circuit
     * @description Events from while it was disabled were not queued: replay them.
     *
     *     Scope: `endpoints:write`.
     */
    post: operations['resumeEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/endpoints/{id}/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Create a new secret; the old one also signs for 24 hours
     * @description Keep the new `secret`: it is not shown again. Recorded.
     *
     *     Scope: `endpoints:write`.
     */
    post: operations['rotateEndpointSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/endpoints/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Events for this endpoint, newest first
     * @description Each delivery is one event for one endpoint. It is kept for `ROLLCALL_DELIVERY_KEEP_DAYS` after it was delivered or given up.
     *
     *     Scope: `endpoints:read`.
     */
    get: operations['listDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/endpoints/{id}/deliveries/{deliveryId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One delivery
     * @description Its state, when it is tried next, and how the last attempt ended.
     *
     *     Scope: `endpoints:read`.
     */
    get: operations['readDelivery'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/endpoints/{id}/deliveries/{deliveryId}/attempts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Attempts of one delivery, newest first
     * @description Each attempt with its status, its duration and the beginning of the answer.
     *
     *     Scope: `endpoints:read`.
     */
    get: operations['listAttempts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/endpoints/{id}/deliveries/{deliveryId}/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send one delivery again, under the same id, in whatever state it is
     * @description The receiver may have seen this `webhook-id` before. Recorded.
     *
     *     Scope: `endpoints:write`.
     */
    post: operations['resendDelivery'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/endpoints/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send an event `rollcall.test` the way all events are sent
     * @description It is queued like any event; the answer does not wait for the receiver.
     *
     *     Scope: `endpoints:write`.
     */
    post: operations['testEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/endpoints/{id}/recover': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Try deliveries again that were given up since a time
     * @description Up to 10,000 per call: continue with `nextCursor`. Count them with `dryRun` first.
     *
     *     Scope: `endpoints:write`.
     */
    post: operations['recoverDeliveries'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/endpoints/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Queue the events since a time that match this endpoint and have no delivery
     * @description For events from before the endpoint existed or while it was disabled. Looks at up to 10,000 events per call: continue with `nextCursor`. Count with `dryRun` first. Reaches back as far as deliveries are kept.
     *
     *     Scope: `endpoints:write`.
     */
    post: operations['replayEvents'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/stats/overview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The main numbers of a range
     * @description What a dashboard shows first: applicants, events, callbacks and silence.
     *
     *     Scope: `stats:read`.
     */
    get: operations['readOverview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/stats/applicants': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Applicants by their current values, at the time of their first receipt
     * @description Each applicant is counted once, under its current value. By `flag` it is counted once for each flag, and under null if it has none. An update moves an applicant to another value, never to another bucket.
     *
     *     Scope: `stats:read`.
     */
    get: operations['countApplicants'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/stats/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Events of applicants, at the time they were committed
     * @description Counts the events of the feed. A count stays, whatever happens to the applicant later.
     *
     *     Scope: `stats:read`.
     */
    get: operations['countEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/stats/callbacks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Callbacks, the results of their elements, and the times of their answers
     * @description Callbacks count at the time they were received, latencies at the time of the answer.
     *
     *     Scope: `stats:read`.
     */
    get: operations['countCallbacks'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/stats/silence': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Time since the last callback, and whether that is unusual
     * @description Compares the time since the last callback with the usual silence at this hour of the week.
     *
     *     Scope: `stats:read`.
     */
    get: operations['readSilence'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Today at a glance
     * @description Which installation this is, whether it works, what came today and yesterday, what was refused, what waits, and what needs attention, each with the command that goes on from there.
     *
     *     Scope: `stats:read`.
     */
    get: operations['readStatus'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the background jobs, and what each does
     * @description Every queue and every poll of this release: when it runs, what waits, runs and was given up. Counts, times and names of our own things, without what a job is about.
     *
     *     Scope: `stats:read`.
     */
    get: operations['listJobs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the settings in force
     * @description Those of the process that answers. Of a secret it says only whether it is set. Settings are changed where the process is started.
     *
     *     Scope: `admin`.
     */
    get: operations['listSettings'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What moves, as server-sent events, for screens that watch
     * @description An event `moved` says within a second that something is new, and its `data` says of what: a JSON array of `applicants`, `receipts`, `refusals`, `callbackTests`, `tokens`, `images`, `deliveries`. It holds no id and no value: read again what you show. An empty array, at once and every 15 seconds, says that the line is alive. Whoever was away reads everything again. For copies of the data, read `/api/v1/changes`.
     *
     *     Scope: `stats:read`.
     */
    get: operations['streamLive'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who did what to whom, newest first
     * @description Every look at personal data has its entry, and so has every change of settings and keys. Entries hold ids, and no personal data. `rollcall audit verify` shows whether one was changed, removed or put between.
     *
     *     Scope: `audit:read`.
     */
    get: operations['listAudit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Whether a stretch of the chain is as it was written
     * @description The newest links, or those up to one: each entry is held against its hash, the hashes against each other and against the signed heads of the days. What comes before the stretch is believed; ask for it in turn by `upTo`. The whole chain: `rollcall audit verify`. One at a time and process. Recorded.
     *
     *     Scope: `audit:read`.
     */
    post: operations['verifyAudit'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/privacy/report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a signed report of what was done with personal data in a period
     * @description Reveals, unmasked and raw reads, exports, subject accesses, erasures, holds and retention, counted by actor and listed, for a data protection officer. It is made from the audit: ids and reasons, no personal data.
     *
     *     Scope: `privacy:read`.
     */
    get: operations['reportPrivacy'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/holds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Holds, newest first
     * @description Also those that were lifted. A national id that is held is never shown.
     *
     *     Scope: `holds:read`.
     */
    get: operations['listHolds'];
    put?: never;
    /**
     * Hold a person: nothing of them is removed until the hold is lifted
     * @description Neither retention nor an erasure removes anything of them. A hold on a national id is on everybody who has it, also on who comes later. The same person, held again for the same reason, has one hold. Recorded.
     *
     *     Scope: `holds:write`.
     */
    post: operations['placeHold'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/holds/{id}/lift': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Lift a hold
     * @description What was due meanwhile is removed by the next run. Other holds on the same person stay. Lifting it twice is harmless. Recorded.
     *
     *     Scope: `holds:write`.
     */
    post: operations['liftHold'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The policy in force
     * @description How long each class of data is kept, from when, by which law, and by which setting.
     *
     *     Scope: `retention:read`.
     */
    get: operations['readRetentionPolicy'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Count what a run would remove now
     * @description With the oldest of each class, and what stays because of a hold. Removes nothing. Recorded.
     *
     *     Scope: `retention:read`.
     */
    post: operations['previewRetention'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Runs, newest first
     * @description Those of the schedule, the API and the command line, with what they have removed.
     *
     *     Scope: `retention:read`.
     */
    get: operations['listRetentionRuns'];
    put?: never;
    /**
     * Remove what is due now
     * @description It runs in the background, as every night, piece by piece, and goes on after outages and kills. Nothing of a held person is removed. If a run is unfinished, the answer is that run. Recorded.
     *
     *     Scope: `retention:write`.
     */
    post: operations['startRetentionRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention/runs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One run, and how far it is
     * @description Ask again until `state` is no longer `running`.
     *
     *     Scope: `retention:read`.
     */
    get: operations['readRetentionRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/retention/runs/{id}/certificate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The certificate of a run that is over
     * @description What was removed, class by class, signed with a key of `/.well-known/jwks.json`.
     *
     *     Scope: `retention:read`.
     */
    get: operations['readRetentionCertificate'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the keys of the ring by their ids
     * @description In the order of the ring, then those that were retired. No key is shown.
     *
     *     Scope: `admin`.
     */
    get: operations['listKeys'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/keys/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Put a new key at the front of the ring; recorded
     * @description Where Rollcall keeps the ring itself, outside production. It seals once the server has started again. A ring in the settings is refused: no key of it travels over HTTP. There `rollcall keys rotate` prints a new one.
     *
     *     Scope: `admin`.
     */
    post: operations['rotateKeys'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/keys/reseal': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How far everything has gone over to the first key
     * @description By place, with the rows that no key opens. They are served as far as they can be.
     *
     *     Scope: `admin`.
     */
    get: operations['readReseal'];
    put?: never;
    /**
     * Bring everything over to the first key; recorded
     * @description In the background, beside callbacks. It goes on after a crash. Asked again it looks at everything once more.
     *
     *     Scope: `admin`.
     */
    post: operations['resealKeys'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/keys/{id}/retire': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Retire a key that nothing uses any more; recorded
     * @description Refused with the counts by place as long as anything uses it. After that the ring may lack it.
     *
     *     Scope: `admin`.
     */
    post: operations['retireKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/applicants/{applicantId}/timeline': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Everything that happened to an applicant, newest first
     * @description Versions, elements that changed nothing or are in quarantine, images, gaps, deliveries, and who saw what; without a value of the person. Each type needs the scope that reads it elsewhere (`receipts:read`, `quarantine:read`, `reconciliation:read`, `endpoints:read`, `audit:read`); `leftOut` names those that the caller lacks. An applicant of whom nothing could be taken has a timeline, too. What a `pending` receipt holds comes once it is applied.
     *
     *     Scope: `applicants:read`.
     */
    get: operations['listTimeline'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/integration/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Play eNROLL at the own public URL, and say what stands in the way; recorded
     * @description Rollcall calls itself, as eNROLL would, and waits for all answers: half a minute at most. It calls the public URL of this installation and no other. One check runs at a time (409), and a few a minute. It leaves Callback-Tests, and with a secret a token and a receipt of an empty list for each callback URL. It sees what this server sees: `rollcall doctor --public` does the same from another network.
     *
     *     Scope: `clients:read`.
     */
    post: operations['checkIntegration'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface webhooks {
  'applicant.created': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The first version of an applicant.
     * @description Signed as [Standard Webhooks](https://www.standardwebhooks.com); see docs/webhooks.md.
     */
    post: operations['onApplicantCreated'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'applicant.updated': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A later version with the same outcome.
     * @description Signed as [Standard Webhooks](https://www.standardwebhooks.com); see docs/webhooks.md.
     */
    post: operations['onApplicantUpdated'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'applicant.outcome_changed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A later version with another outcome (A18).
     * @description Signed as [Standard Webhooks](https://www.standardwebhooks.com); see docs/webhooks.md.
     */
    post: operations['onApplicantOutcomeChanged'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'applicant.flagged': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A version brought flags that the one before did not have; follows the version's own event.
     * @description Signed as [Standard Webhooks](https://www.standardwebhooks.com); see docs/webhooks.md.
     */
    post: operations['onApplicantFlagged'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'applicant.images_ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * No image that its versions name is left to fetch.
     * @description Signed as [Standard Webhooks](https://www.standardwebhooks.com); see docs/webhooks.md.
     */
    post: operations['onApplicantImagesReady'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'applicant.erased': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Its personal data was erased.
     * @description Signed as [Standard Webhooks](https://www.standardwebhooks.com); see docs/webhooks.md.
     */
    post: operations['onApplicantErased'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  'rollcall.test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A requested test; nothing happened.
     * @description Signed as [Standard Webhooks](https://www.standardwebhooks.com); see docs/webhooks.md.
     */
    post: operations['onRollcallTest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface components {
  schemas: {
    TokenForm: {
      /**
       * @description The only grant.
       * @example client_credentials
       * @enum {string}
       */
      grant_type: 'client_credentials';
      /**
       * @description Id of the client: here, as HTTP Basic, or as the header `client_id`, `client-id` or `x-client-id`.
       * @example enroll
       */
      client_id?: string;
      /**
       * Format: password
       * @description Its secret: here, as HTTP Basic, or as the header `client_secret`, `client-secret` or `x-client-secret`.
       * @example rcs_Jm0pV2u5d0dT2l1b1mS3v3l4H5o6B7c8D9e0F1g2H3i
       */
      client_secret?: string;
      /**
       * @description Optional: the only scope is `callbacks`.
       * @example callbacks
       */
      scope?: string;
    };
    TokenResponse: {
      /**
       * @description A JWT (RFC 9068), valid only for the callbacks.
       * @example eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2ln
       */
      access_token: string;
      /**
       * @description Life of the token in seconds.
       * @example 3600
       */
      expires_in: number;
      /**
       * @description How to send the token: `Authorization: Bearer`.
       * @example Bearer
       * @enum {string}
       */
      token_type: 'Bearer';
      /**
       * @description Present only where the request named another scope.
       * @example callbacks
       */
      scope?: string;
    };
    TokenError: {
      /**
       * @description The code of RFC 6749, 5.2.
       * @example invalid_client
       */
      error: string;
      /**
       * @description What is wrong, in words.
       * @example Client authentication failed
       */
      error_description: string;
    };
    ProblemDto: {
      /**
       * @description URN of the kind of problem; docs/errors.md lists them.
       * @example urn:rollcall:problem:not-found
       */
      type: string;
      /**
       * @description The kind of problem in words.
       * @example Not found
       */
      title: string;
      /**
       * @description HTTP status, as in the status line.
       * @example 404
       */
      status: number;
      /** @description What is wrong with this request; names parameters, never their values. */
      detail?: string;
      /**
       * @description Stable; the thing to branch on.
       * @enum {string}
       */
      code:
        | 'NOT_JSON'
        | 'NOT_UTF8'
        | 'WRONG_SHAPE'
        | 'TOO_DEEP'
        | 'BAD_ENCODING'
        | 'BODY_ABORTED'
        | 'BODY_TOO_SLOW'
        | 'BODY_TOO_LARGE'
        | 'UNSUPPORTED_MEDIA_TYPE'
        | 'ALL_ELEMENTS_REFUSED'
        | 'TOKEN_MISSING'
        | 'TOKEN_INVALID'
        | 'INSUFFICIENT_SCOPE'
        | 'ADDRESS_NOT_ALLOWED'
        | 'CLIENT_CERTIFICATE_REQUIRED'
        | 'LOGIN_REFUSED'
        | 'SESSION_INVALID'
        | 'LOGIN_TOO_OLD'
        | 'SSO_REFUSED'
        | 'LOGOUT_TOKEN_INVALID'
        | 'SSO_NO_ROLE'
        | 'SSO_UNAVAILABLE'
        | 'CROSS_SITE'
        | 'INVITATION_INVALID'
        | 'PASSWORD_REFUSED'
        | 'CODE_REFUSED'
        | 'BAD_REQUEST'
        | 'URL_NOT_ENCODED'
        | 'UNKNOWN_FILTER'
        | 'BAD_CURSOR'
        | 'NOT_FOUND'
        | 'METHOD_NOT_ALLOWED'
        | 'GONE'
        | 'CONFLICT'
        | 'STILL_REFUSED'
        | 'REQUEST_TOO_SLOW'
        | 'HEADERS_TOO_LARGE'
        | 'TOO_MANY_REQUESTS'
        | 'ENROLL_IMAGE_PATH'
        | 'ENROLL_NOT_FOUND'
        | 'ENROLL_AUTH'
        | 'ENROLL_FORBIDDEN'
        | 'ENROLL_REFUSED'
        | 'ENROLL_UNAVAILABLE'
        | 'ENROLL_BAD_ANSWER'
        | 'ENROLL_ANSWER_TOO_LARGE'
        | 'ENROLL_IMAGE_TOO_LARGE'
        | 'ENROLL_IMAGE_DAMAGED'
        | 'ENROLL_IMAGE_HARMFUL'
        | 'ENROLL_NOT_CONFIGURED'
        | 'ENROLL_BUSY'
        | 'SCANNER_UNAVAILABLE'
        | 'ENROLL_TIMEOUT'
        | 'IMAGE_MISSING'
        | 'IMAGE_NOT_FETCHED'
        | 'IMAGE_NOT_AN_IMAGE'
        | 'IMAGE_FAILED'
        | 'IMAGE_NO_THUMBNAIL'
        | 'IMAGE_STORE_UNAVAILABLE'
        | 'REVEAL_NOT_APPROVED'
        | 'SECOND_PERSON_NEEDED'
        | 'RESTRICTED'
        | 'APPLICANT_ERASED'
        | 'ERASURE_UNDER_WAY'
        | 'ERASURE_NOT_DONE'
        | 'CURSOR_AHEAD'
        | 'CURSOR_TOO_OLD'
        | 'ACK_BACKWARDS'
        | 'CONSUMER_EXISTS'
        | 'TOO_MANY_READERS'
        | 'TOO_MANY_READERS_OF_KEY'
        | 'ENDPOINT_TARGET_FORBIDDEN'
        | 'EXPORT_NOT_READY'
        | 'TOO_MANY_EXPORTS'
        | 'KEY_IN_USE'
        | 'KEYS_IN_SETTINGS'
        | 'SEARCH_TOO_SLOW'
        | 'OVERLOADED'
        | 'AUDIT_UNAVAILABLE'
        | 'DATABASE_UNAVAILABLE'
        | 'SHUTTING_DOWN'
        | 'NOT_READY'
        | 'INTERNAL';
      /**
       * @description Path of the request.
       * @example /api/v1/applicants/A-1001
       */
      instance: string;
      /**
       * @description Also in the header `x-request-id` and in the log.
       * @example 0f8b6c1e-7d7a-4f52-9a7e
       */
      requestId: string;
    };
    ApiKeyDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /**
       * @description Who uses it, as the audit shows it.
       * @example core-banking
       */
      name: string;
      /** @description What it may do. */
      scopes: (
        | 'applicants:read'
        | 'applicants:search'
        | 'applicants:reveal'
        | 'pii:read'
        | 'images:read'
        | 'receipts:read'
        | 'receipts:raw'
        | 'quarantine:read'
        | 'quarantine:write'
        | 'quarantine:decide'
        | 'changes:read'
        | 'consumers:write'
        | 'endpoints:read'
        | 'endpoints:write'
        | 'exports:read'
        | 'exports:write'
        | 'stats:read'
        | 'enroll:read'
        | 'enroll:sessions'
        | 'enroll:authentications'
        | 'reconciliation:read'
        | 'reconciliation:write'
        | 'alerts:read'
        | 'alerts:write'
        | 'audit:read'
        | 'privacy:read'
        | 'holds:read'
        | 'holds:write'
        | 'erasures:read'
        | 'erasures:write'
        | 'subjects:read'
        | 'retention:read'
        | 'retention:write'
        | 'keys:read'
        | 'keys:write'
        | 'clients:read'
        | 'clients:write'
        | 'users:read'
        | 'users:write'
        | 'admin'
        | '*'
      )[];
      /**
       * @description `live` alone opens something. `tampered`: Rollcall did not write this row as it is, see `docs/api-keys.md`.
       * @enum {string}
       */
      state: 'live' | 'expired' | 'disabled' | 'tampered';
      /**
       * Format: date-time
       * @description When it was made.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it ends by itself; null: it does not.
       */
      expiresAt: string | null;
      /** @description From where it may be used; null: from anywhere. */
      allowAddresses: string[] | null;
      /** @description Requests within a minute; null: the setting. */
      requestsPerMinute: number | null;
      /**
       * Format: date-time
       * @description When it was last used, to a minute or so; null: never.
       */
      lastUsedAt: string | null;
      /**
       * Format: date-time
       * @description When it was disabled; null: it is not.
       */
      disabledAt: string | null;
    };
    ApiKeyPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The keys of this page. */
      items: components['schemas']['ApiKeyDto'][];
    };
    CreateApiKeyBody: {
      /**
       * @description Who uses the key, as the audit shows it; unique. Not `cli:…` or `user:…`.
       * @example core-banking
       */
      name: string;
      /**
       * @description What it may do; none that the caller lacks. `*` is every scope.
       * @example [
       *       "applicants:read",
       *       "changes:read"
       *     ]
       */
      scopes: (
        | 'applicants:read'
        | 'applicants:search'
        | 'applicants:reveal'
        | 'pii:read'
        | 'images:read'
        | 'receipts:read'
        | 'receipts:raw'
        | 'quarantine:read'
        | 'quarantine:write'
        | 'quarantine:decide'
        | 'changes:read'
        | 'consumers:write'
        | 'endpoints:read'
        | 'endpoints:write'
        | 'exports:read'
        | 'exports:write'
        | 'stats:read'
        | 'enroll:read'
        | 'enroll:sessions'
        | 'enroll:authentications'
        | 'reconciliation:read'
        | 'reconciliation:write'
        | 'alerts:read'
        | 'alerts:write'
        | 'audit:read'
        | 'privacy:read'
        | 'holds:read'
        | 'holds:write'
        | 'erasures:read'
        | 'erasures:write'
        | 'subjects:read'
        | 'retention:read'
        | 'retention:write'
        | 'keys:read'
        | 'keys:write'
        | 'clients:read'
        | 'clients:write'
        | 'users:read'
        | 'users:write'
        | 'admin'
        | '*'
      )[];
      /**
       * Format: date-time
       * @description From then on it is refused; a date is midnight UTC. Absent: it does not end by itself.
       * @example 2027-11-30T00:00:00Z
       */
      expiresAt?: string | null;
      /**
       * @description Addresses and CIDR ranges from which it may be used. Absent: from anywhere.
       * @example [
       *       "10.20.0.0/16",
       *       "192.0.2.7"
       *     ]
       */
      allowAddresses?: string[] | null;
      /** @description Requests within a minute, over all replicas. Absent: `ROLLCALL_API_REQUESTS_PER_MINUTE`. */
      requestsPerMinute?: number | null;
    };
    CreatedApiKeyDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /**
       * @description Who uses it, as the audit shows it.
       * @example core-banking
       */
      name: string;
      /** @description What it may do. */
      scopes: (
        | 'applicants:read'
        | 'applicants:search'
        | 'applicants:reveal'
        | 'pii:read'
        | 'images:read'
        | 'receipts:read'
        | 'receipts:raw'
        | 'quarantine:read'
        | 'quarantine:write'
        | 'quarantine:decide'
        | 'changes:read'
        | 'consumers:write'
        | 'endpoints:read'
        | 'endpoints:write'
        | 'exports:read'
        | 'exports:write'
        | 'stats:read'
        | 'enroll:read'
        | 'enroll:sessions'
        | 'enroll:authentications'
        | 'reconciliation:read'
        | 'reconciliation:write'
        | 'alerts:read'
        | 'alerts:write'
        | 'audit:read'
        | 'privacy:read'
        | 'holds:read'
        | 'holds:write'
        | 'erasures:read'
        | 'erasures:write'
        | 'subjects:read'
        | 'retention:read'
        | 'retention:write'
        | 'keys:read'
        | 'keys:write'
        | 'clients:read'
        | 'clients:write'
        | 'users:read'
        | 'users:write'
        | 'admin'
        | '*'
      )[];
      /**
       * @description `live` alone opens something. `tampered`: Rollcall did not write this row as it is, see `docs/api-keys.md`.
       * @enum {string}
       */
      state: 'live' | 'expired' | 'disabled' | 'tampered';
      /**
       * Format: date-time
       * @description When it was made.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it ends by itself; null: it does not.
       */
      expiresAt: string | null;
      /** @description From where it may be used; null: from anywhere. */
      allowAddresses: string[] | null;
      /** @description Requests within a minute; null: the setting. */
      requestsPerMinute: number | null;
      /**
       * Format: date-time
       * @description When it was last used, to a minute or so; null: never.
       */
      lastUsedAt: string | null;
      /**
       * Format: date-time
       * @description When it was disabled; null: it is not.
       */
      disabledAt: string | null;
      /**
       * @description The key itself. Keep it: it is not shown again.
       * @example rca_…
       */
      key: string;
    };
    ClientSecretDto: {
      /**
       * @description How it is stored: `sha256` one that Rollcall made, `argon2id` a chosen one.
       * @enum {string}
       */
      kind: 'sha256' | 'argon2id';
      /**
       * Format: date-time
       * @description When it was added.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it ends; null: it does not.
       */
      expiresAt: string | null;
    };
    ClientDto: {
      /**
       * @description Its id.
       * @example enroll-panel
       */
      clientId: string;
      /** @description Its name for people. */
      name: string;
      /**
       * Format: date-time
       * @description When it was made.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it was disabled; null: it is not.
       */
      disabledAt: string | null;
      /** @description Its live secrets, newest first; never their values. */
      secrets: components['schemas']['ClientSecretDto'][];
    };
    ClientPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The clients of this page. */
      items: components['schemas']['ClientDto'][];
    };
    CreateClientBody: {
      /**
       * @description What the caller sends as `client_id`; unique.
       * @example enroll-panel
       */
      clientId: string;
      /** @description Its name for people. Absent: the client id. */
      name?: string;
    };
    CreatedClientDto: {
      /**
       * @description Its id.
       * @example enroll-panel
       */
      clientId: string;
      /** @description Its name for people. */
      name: string;
      /**
       * Format: date-time
       * @description When it was made.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it was disabled; null: it is not.
       */
      disabledAt: string | null;
      /** @description Its live secrets, newest first; never their values. */
      secrets: components['schemas']['ClientSecretDto'][];
      /**
       * @description Its new secret. Keep it: it is not shown again.
       * @example rcs_…
       */
      clientSecret: string;
    };
    NewClientSecretBody: {
      /**
       * @description Seconds for which the newest older secret still works. 0 ends it, and all tokens, at once.
       * @default 86400
       */
      overlapSeconds?: number;
    };
    LogInBody: {
      /**
       * @description Upper and lower case are the same.
       * @example mona@bank.example
       */
      login: string;
      /**
       * Format: password
       * @description The password.
       */
      password: string;
      /**
       * @description Six digits from the authenticator. It works once.
       * @example 492039
       */
      code?: string;
      /**
       * @description In place of `code`. Each works once.
       * @example 7k2m-9qtx-4hvn-0wzs-b3de-8yj6
       */
      recoveryCode?: string;
    };
    MeDto: {
      /**
       * @description What calls.
       * @enum {string}
       */
      kind: 'key' | 'person';
      /**
       * @description As the audit names it.
       * @example user:mona@bank.example
       */
      name: string;
      /**
       * @description Of a person: their name.
       * @example Mona Adel
       */
      displayName?: string;
      /** @description Of a person: their roles now. */
      roles?: string[];
      /** @description What it may do; `*` is everything. */
      scopes: string[];
      /** @description Of a session: send it as `X-CSRF-Token` with every request that changes something. */
      csrfToken?: string;
    };
    InvitationBody: {
      /** @description What stands behind the `#` of the link. */
      token: string;
      /**
       * Format: password
       * @description 12 to 256 characters, of any kind; none of the commonest.
       * @example correct horse battery staple
       */
      password: string;
    };
    EnrollmentDto: {
      /**
       * @description By what they will log in.
       * @example mona@bank.example
       */
      login: string;
      /**
       * @description For the authenticator, e.g. as a QR code.
       * @example otpauth://totp/Rollcall:mona@bank.example?issuer=Rollcall&secret=JBSWY3DPEHPK3PXP
       */
      otpauthUri: string;
      /**
       * @description The same secret in base 32, to type it.
       * @example JBSWY3DPEHPK3PXP
       */
      secret: string;
    };
    ConfirmationBody: {
      /** @description What stands behind the `#` of the link. */
      token: string;
      /**
       * @description Six digits from the authenticator.
       * @example 492039
       */
      code: string;
    };
    AcceptedDto: {
      /**
       * @description What calls.
       * @enum {string}
       */
      kind: 'key' | 'person';
      /**
       * @description As the audit names it.
       * @example user:mona@bank.example
       */
      name: string;
      /**
       * @description Of a person: their name.
       * @example Mona Adel
       */
      displayName?: string;
      /** @description Of a person: their roles now. */
      roles?: string[];
      /** @description What it may do; `*` is everything. */
      scopes: string[];
      /** @description Of a session: send it as `X-CSRF-Token` with every request that changes something. */
      csrfToken?: string;
      /** @description To be kept apart from the authenticator: each replaces a code once. Shown this once. */
      recoveryCodes: string[];
    };
    FirstLinkBody: {
      /** @description What stands behind the `#` of the link. */
      token: string;
    };
    ChangePasswordBody: {
      /**
       * Format: password
       * @description The password of now.
       */
      password: string;
      /**
       * @description Six digits from the authenticator. It works once.
       * @example 492039
       */
      code?: string;
      /**
       * @description In place of `code`. Each works once.
       * @example 7k2m-9qtx-4hvn-0wzs-b3de-8yj6
       */
      recoveryCode?: string;
      /**
       * Format: password
       * @description 12 to 256 characters, of any kind; none of the commonest.
       * @example correct horse battery staple
       */
      newPassword: string;
    };
    RenewRecoveryCodesBody: {
      /**
       * Format: password
       * @description The password.
       */
      password: string;
      /**
       * @description Six digits from the authenticator. It works once.
       * @example 492039
       */
      code: string;
    };
    RecoveryCodesDto: {
      /** @description To be kept apart from the authenticator: each replaces a code once. Shown this once. */
      recoveryCodes: string[];
    };
    SessionDto: {
      /**
       * Format: uuid
       * @description Its id, as the audit names it.
       */
      id: string;
      /**
       * Format: date-time
       * @description When the person logged in.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it was used last, to the minute.
       */
      lastUsedAt: string;
      /**
       * @description From where.
       * @example 10.1.2.3
       */
      address: string | null;
      /**
       * @description With what. Null for no browser that Rollcall knows.
       * @example Firefox 141, Windows
       */
      browser: string | null;
      /** @description Whether it is the session of this request. */
      current: boolean;
    };
    SessionListDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description All of them. */
      items: components['schemas']['SessionDto'][];
    };
    LogoutTokenForm: {
      /** @description A JWT of the identity provider. */
      logout_token: string;
    };
    UserDto: {
      /**
       * Format: uuid
       * @description Their id.
       */
      id: string;
      /**
       * @description By what they log in, and how the audit names them.
       * @example mona@bank.example
       */
      login: string;
      /**
       * @description As people call them.
       * @example Mona Adel
       */
      name: string;
      /**
       * @description What they may do.
       * @example [
       *       "operator"
       *     ]
       */
      roles: string[];
      /**
       * @description `invited`: has not used the link. `tampered`: something else than Rollcall has written the row; it opens nothing.
       * @enum {string}
       */
      state: 'invited' | 'active' | 'disabled' | 'tampered';
      /**
       * Format: date-time
       * @description When they were invited.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description Null before the first log-in.
       */
      lastLoginAt: string | null;
    };
    UserPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The people of this page, by login. */
      items: components['schemas']['UserDto'][];
    };
    InviteBody: {
      /**
       * @description Upper and lower case are the same.
       * @example mona@bank.example
       */
      login: string;
      /**
       * @description As people call them.
       * @example Mona Adel
       */
      name: string;
      /**
       * @description What they may do: `listRoles`.
       * @example [
       *       "operator"
       *     ]
       */
      roles: ('viewer' | 'operator' | 'investigator' | 'compliance' | 'auditor' | 'admin')[];
    };
    InvitationDto: {
      /**
       * Format: uuid
       * @description Id of the person.
       */
      id: string;
      /**
       * @description Upper and lower case are the same.
       * @example mona@bank.example
       */
      login: string;
      /**
       * @description Give it to the person alone. It is shown this once, works once, and replaces an older one.
       * @example https://rollcall.example.org/invite#rci_Jm0pV2u5d0dT2l1b1mS3v3l4H5o6B7c8D9e0F1g2H3i
       */
      link: string;
      /**
       * Format: date-time
       * @description When the link ends.
       */
      expiresAt: string;
    };
    ChangeUserBody: {
      /**
       * @description As people call them.
       * @example Mona Adel
       */
      name?: string;
      /**
       * @description All of them, from now on.
       * @example [
       *       "operator"
       *     ]
       */
      roles?: ('viewer' | 'operator' | 'investigator' | 'compliance' | 'auditor' | 'admin')[];
      /** @description `true` ends every session at once; `false` lets them log in again. */
      disabled?: boolean;
    };
    RoleDto: {
      /**
       * @description The role.
       * @enum {string}
       */
      role: 'viewer' | 'operator' | 'investigator' | 'compliance' | 'auditor' | 'admin';
      /** @description What it is for. */
      meaning: string;
      /** @description What it allows. */
      scopes: string[];
    };
    RoleListDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description All roles. */
      items: components['schemas']['RoleDto'][];
    };
    ApplicantElement: {
      /**
       * @description Unique per application; up to 128 characters.
       * @example 5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1
       */
      applicantId: string;
      /**
       * @description true if the callback is for an update request; missing counts as false.
       * @example false
       */
      isUpdate?: boolean;
      /**
       * @description Gender; M/F, male/female, ذكر/أنثى and 1/2 are understood (A20).
       * @example F
       */
      gender?: string | null;
      /**
       * @description Phone numbers.
       * @example [
       *       "+201068282888",
       *       "+201068282882"
       *     ]
       */
      phoneNumbers?: string[] | null;
      /**
       * @description E-mail addresses.
       * @example [
       *       "mona.hassan@example.com"
       *     ]
       */
      emails?: string[] | null;
      /**
       * @description Path of the live photo taken in the face-matching step.
       * @example live/2026/11/7d1f0c.jpg
       */
      livePhotoPath?: string | null;
      /**
       * @description First line of the name on the national id.
       * @example منى
       */
      firstName?: string | null;
      /**
       * @description Second line of the name on the national id.
       * @example أحمد عبد الرحمن حسن
       */
      familyName?: string | null;
      /**
       * @description First line of the address on the national id.
       * @example ١٢ شارع التحرير
       */
      address?: string | null;
      /**
       * @description Second line of the address on the national id.
       * @example الدقي - الجيزة
       */
      state?: string | null;
      /**
       * @description National id, or the number of another identity document.
       * @example 29703012357788
       */
      idNumber?: string | null;
      /**
       * @description Factory number of the document.
       * @example IC1234567
       */
      documentNumber?: string | null;
      /**
       * @description Type of the document.
       * @example EGY
       */
      documentTypeCode?: string | null;
      /**
       * @description Date of issue; several formats are understood (A19).
       * @example 2021-05-01
       */
      issueDate?: string | null;
      /**
       * @description Nationality.
       * @example EGY
       */
      nationality?: string | null;
      /**
       * @description File name of the front of the id, for the images API.
       * @example id/2026/11/7d1f0c-front.jpg
       */
      idFrontScanPath?: string | null;
      /**
       * @description File name of the back of the id, for the images API.
       * @example id/2026/11/7d1f0c-back.jpg
       */
      idBackScanPath?: string | null;
      /**
       * @description File name of the photo cut from the document.
       * @example id/2026/11/7d1f0c-photo.jpg
       */
      photo?: string | null;
      /**
       * @description File name of the passport scan, for the images API.
       * @example passport/2026/11/7d1f0c.jpg
       */
      passportScanPath?: string | null;
      /**
       * @description Issuing authority.
       * @example EGY
       */
      issuingAuthority?: string | null;
      /**
       * @description Accepted = 1, ManuallyAccepted = 4, ManuallyRejected = 5; others are kept and flagged (A15).
       * @example 1
       */
      status?: number | null;
    };
    CallbackItem: {
      /**
       * @description Position in the list, from 0.
       * @example 0
       */
      index: number;
      /**
       * @description eNROLL's id of the application; null where the element has none that can be read.
       * @example 5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1
       */
      applicantId: string | null;
      /**
       * @description What became of the element.
       * @example created
       * @enum {string}
       */
      result: 'created' | 'updated' | 'duplicate' | 'stale' | 'quarantined' | 'pending';
      /** @description Why an element was quarantined or not applied, e.g. `APPLICANT_ID_MISSING`. */
      code?: string;
    };
    CallbackReport: {
      /**
       * Format: uuid
       * @description The receipt that keeps the bytes of this request.
       * @example 019aaf6e-2c11-7d52-8d59-2f0a5c6f1b11
       */
      receiptId: string;
      /**
       * @description Elements in the list.
       * @example 1
       */
      received: number;
      /**
       * @description Elements that became a first or a new version.
       * @example 1
       */
      applied: number;
      /**
       * @description Elements that changed nothing: duplicates and stale redeliveries.
       * @example 0
       */
      duplicates: number;
      /**
       * @description Elements that could not be taken; their bytes are kept.
       * @example 0
       */
      quarantined: number;
      /** @description One entry per element, in the order of the list. */
      items: components['schemas']['CallbackItem'][];
    };
    CallbackTestAnswer: {
      /**
       * @description Always `ok`.
       * @example ok
       */
      status: string;
      /**
       * @description Always true: the body was neither read nor kept.
       * @example true
       */
      test: boolean;
    };
    ReceiptElementDto: {
      /** @description Its place in the list. */
      index: number;
      /**
       * @description The applicant it is about, if that can be read.
       * @example A-1001
       */
      applicantId: string | null;
      /**
       * @description What became of it.
       * @enum {string}
       */
      result: 'created' | 'updated' | 'duplicate' | 'stale' | 'quarantined' | 'pending';
      /**
       * @description The version that it became; null where it became none, or the version is no longer kept.
       * @example 2
       */
      version: number | null;
      /**
       * Format: uuid
       * @description Where it is in quarantine.
       */
      quarantineId: string | null;
      /**
       * @description Why it is in quarantine.
       * @example null
       */
      code: string | null;
    };
    ListedReceiptDto: {
      /**
       * Format: uuid
       * @description Its id, a UUIDv7.
       * @example 019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1
       */
      receiptId: string;
      /**
       * Format: date-time
       * @description When it came.
       */
      receivedAt: string;
      /**
       * @description Who brought it: a callback, a replay, or reconciliation.
       * @enum {string}
       */
      source: 'callback' | 'replay' | 'reconciliation';
      /**
       * @description The callback URL it came to.
       * @enum {string}
       */
      kind: 'success' | 'fail' | 'any';
      /**
       * @description `pending`: committed, and being applied; `rejected`: nothing could be taken, the bytes are kept.
       * @enum {string}
       */
      state: 'applied' | 'pending' | 'rejected';
      /**
       * @description The OAuth client that sent it; null where it was no callback.
       * @example enroll
       */
      clientId: string | null;
      /**
       * @description The address it came from; null where it was no callback.
       * @example 203.0.113.7
       */
      remoteAddress: string | null;
      /** @description The `x-request-id` of the request, which is also in the log. */
      requestId: string | null;
      /**
       * @description As the sender declared it; null where it did not.
       * @example application/json
       */
      contentType: string | null;
      /**
       * @description Why it was rejected.
       * @example NOT_JSON
       */
      errorCode: string | null;
      /** @description Elements in the list. */
      received: number;
      /** @description Created or updated. */
      applied: number;
      /** @description Duplicate or stale. */
      duplicates: number;
      /** @description Elements that could not be taken. */
      quarantined: number;
      /** @description Attempts to apply it after it was committed. */
      attempts: number;
      /** @description Bytes of the body that are kept: all, after decompression. */
      bodyBytes: number;
      /**
       * @description Only for a body that was refused for its size, encoding or type: its declared length, or the bytes that had come. The first `bodyBytes` of it are kept as they came over the wire, at most 65,536.
       * @example null
       */
      sentBytes: number | null;
      /**
       * @description Only for such a body: the `Content-Encoding` of the bytes that are kept.
       * @example null
       */
      contentEncoding: string | null;
      /** @description Only where receipts of one applicant are asked for: the elements about that applicant. */
      elements?: components['schemas']['ReceiptElementDto'][];
    };
    ReceiptPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The receipts of this page. */
      items: components['schemas']['ListedReceiptDto'][];
    };
    RedactionDto: {
      /**
       * Format: uuid
       * @description The erasure.
       */
      erasureId: string;
      /**
       * Format: date-time
       * @description When.
       */
      redactedAt: string;
      /** @description Places in its list that were cut out; null: the whole body, which is no list. */
      elements: number[] | null;
      /** @description Keyed hash of the bytes that stayed as they were received; hex. */
      keptHash: string;
    };
    ReceiptDto: {
      /**
       * Format: uuid
       * @description Its id, a UUIDv7.
       * @example 019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1
       */
      receiptId: string;
      /**
       * Format: date-time
       * @description When it came.
       */
      receivedAt: string;
      /**
       * @description Who brought it: a callback, a replay, or reconciliation.
       * @enum {string}
       */
      source: 'callback' | 'replay' | 'reconciliation';
      /**
       * @description The callback URL it came to.
       * @enum {string}
       */
      kind: 'success' | 'fail' | 'any';
      /**
       * @description `pending`: committed, and being applied; `rejected`: nothing could be taken, the bytes are kept.
       * @enum {string}
       */
      state: 'applied' | 'pending' | 'rejected';
      /**
       * @description The OAuth client that sent it; null where it was no callback.
       * @example enroll
       */
      clientId: string | null;
      /**
       * @description The address it came from; null where it was no callback.
       * @example 203.0.113.7
       */
      remoteAddress: string | null;
      /** @description The `x-request-id` of the request, which is also in the log. */
      requestId: string | null;
      /**
       * @description As the sender declared it; null where it did not.
       * @example application/json
       */
      contentType: string | null;
      /**
       * @description Why it was rejected.
       * @example NOT_JSON
       */
      errorCode: string | null;
      /** @description Elements in the list. */
      received: number;
      /** @description Created or updated. */
      applied: number;
      /** @description Duplicate or stale. */
      duplicates: number;
      /** @description Elements that could not be taken. */
      quarantined: number;
      /** @description Attempts to apply it after it was committed. */
      attempts: number;
      /** @description Bytes of the body that are kept: all, after decompression. */
      bodyBytes: number;
      /**
       * @description Only for a body that was refused for its size, encoding or type: its declared length, or the bytes that had come. The first `bodyBytes` of it are kept as they came over the wire, at most 65,536.
       * @example null
       */
      sentBytes: number | null;
      /**
       * @description Only for such a body: the `Content-Encoding` of the bytes that are kept.
       * @example null
       */
      contentEncoding: string | null;
      /** @description One per element, in their order. */
      results: ('created' | 'updated' | 'duplicate' | 'stale' | 'quarantined' | 'pending')[];
      /** @description The elements with the applicants they are about, in their order; the first 1000 of them. */
      elements: components['schemas']['ReceiptElementDto'][];
      /** @description What was cut out of its bytes since. Mostly nothing. */
      redactions: components['schemas']['RedactionDto'][];
    };
    QuarantineItemDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /**
       * Format: uuid
       * @description The callback it came with.
       */
      receiptId: string;
      /** @description Its place in the list of that callback. */
      elementIndex: number;
      /**
       * Format: date-time
       * @description When it came.
       */
      receivedAt: string;
      /**
       * @description Who brought it: a callback, a replay, or reconciliation.
       * @enum {string}
       */
      source: 'callback' | 'replay' | 'reconciliation';
      /**
       * @description The callback URL it came to.
       * @enum {string}
       */
      kind: 'success' | 'fail' | 'any';
      /** @description The id of the applicant, if one could be read. */
      applicantId: string | null;
      /**
       * @description Why it was refused.
       * @example APPLICANT_ID_MISSING
       */
      code: string;
      /**
       * @description The same in words; names fields, never their values.
       * @example applicantId is missing or blank
       */
      reason: string;
      /**
       * @description Whether it still waits for somebody.
       * @enum {string}
       */
      state: 'open' | 'replayed' | 'discarded';
      /**
       * Format: date-time
       * @description When it was replayed or discarded; null while it is open.
       */
      resolvedAt: string | null;
      /**
       * @description Name of the API key, or `cli:<user>@<host>`; null while it is open.
       * @example operations
       */
      resolvedBy: string | null;
      /**
       * @description How it was resolved, with the note or reason that was given.
       * @example fixed: applicantId
       */
      resolution: string | null;
      /**
       * Format: uuid
       * @description The receipt of its replay.
       */
      replayReceiptId: string | null;
      /** @description Its length in bytes. */
      elementBytes: number;
    };
    QuarantinePageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The elements of this page. */
      items: components['schemas']['QuarantineItemDto'][];
    };
    QuarantineCountDto: {
      /**
       * @description Why they were refused.
       * @example APPLICANT_ID_MISSING
       */
      code: string;
      /**
       * @description What became of them.
       * @enum {string}
       */
      state: 'open' | 'replayed' | 'discarded';
      /** @description How many there are. */
      count: number;
      /**
       * Format: date-time
       * @description When the newest of them came.
       */
      newestAt: string;
    };
    QuarantineCountsDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description By code and state, the most frequent first. */
      items: components['schemas']['QuarantineCountDto'][];
      /** @description Whether all are counted: of each state the newest 100,000 are. */
      complete: boolean;
    };
    MaskedFieldDto: {
      /**
       * @description Its name, as it was sent.
       * @example idNumber
       */
      name: string;
      /**
       * @description What it holds.
       * @enum {string}
       */
      kind: 'text' | 'number' | 'boolean' | 'null' | 'list' | 'object';
      /**
       * @description Its value, masked as that of an applicant; one for each entry of a list, none for null. Of a name that the contract does not know, and of what is nested or long, only `•••`.
       * @example [
       *       "•••88"
       *     ]
       */
      values: string[];
      /** @description Whether the refusal is about it. */
      refused: boolean;
    };
    MaskedElementDto: {
      /**
       * @description What the element is; anything but an `object` has no fields.
       * @enum {string}
       */
      kind: 'text' | 'number' | 'boolean' | 'null' | 'list' | 'object';
      /** @description In their order, repeated ones too. */
      fields: components['schemas']['MaskedFieldDto'][];
      /** @description How many more there are than are shown. */
      leftOff: number;
    };
    QuarantineDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /**
       * Format: uuid
       * @description The callback it came with.
       */
      receiptId: string;
      /** @description Its place in the list of that callback. */
      elementIndex: number;
      /**
       * Format: date-time
       * @description When it came.
       */
      receivedAt: string;
      /**
       * @description Who brought it: a callback, a replay, or reconciliation.
       * @enum {string}
       */
      source: 'callback' | 'replay' | 'reconciliation';
      /**
       * @description The callback URL it came to.
       * @enum {string}
       */
      kind: 'success' | 'fail' | 'any';
      /** @description The id of the applicant, if one could be read. */
      applicantId: string | null;
      /**
       * @description Why it was refused.
       * @example APPLICANT_ID_MISSING
       */
      code: string;
      /**
       * @description The same in words; names fields, never their values.
       * @example applicantId is missing or blank
       */
      reason: string;
      /**
       * @description Whether it still waits for somebody.
       * @enum {string}
       */
      state: 'open' | 'replayed' | 'discarded';
      /**
       * Format: date-time
       * @description When it was replayed or discarded; null while it is open.
       */
      resolvedAt: string | null;
      /**
       * @description Name of the API key, or `cli:<user>@<host>`; null while it is open.
       * @example operations
       */
      resolvedBy: string | null;
      /**
       * @description How it was resolved, with the note or reason that was given.
       * @example fixed: applicantId
       */
      resolution: string | null;
      /**
       * Format: uuid
       * @description The receipt of its replay.
       */
      replayReceiptId: string | null;
      /** @description Its length in bytes. */
      elementBytes: number;
      /**
       * @description The element exactly as it was received; null without `pii:read`. The reading is recorded.
       * @example {"applicantId":"","firstName":"منى"}
       */
      element: string | null;
      /** @description What it looks like, for who may not read it; null with `pii:read`, and while the applicant is under erasure or once it is erased. */
      masked: components['schemas']['MaskedElementDto'] | null;
    };
    RevealReasonBody: {
      /**
       * @description Why it must be seen. The audit keeps it for good: name a case, not a person.
       * @example case 4711: the customer disputes the document
       */
      reason: string;
      /**
       * Format: uuid
       * @description Id of the request for exactly this, which a second person has approved.
       */
      requestId?: string;
    };
    RevealedElementDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /**
       * @description The element exactly as it was received.
       * @example {"applicantId":"","firstName":"منى"}
       */
      element: string;
    };
    RevealRequestDto: {
      /**
       * Format: uuid
       * @description Its id: the `requestId` of the reveal.
       */
      id: string;
      /**
       * @description Whether it waits for a second person, is approved, was used, or is too old.
       * @enum {string}
       */
      state: 'waiting' | 'approved' | 'used' | 'expired';
      /**
       * @description Of whom it is; null for an element in quarantine that names nobody.
       * @example A-1001
       */
      applicantId: string | null;
      /** @description Which fields; none where it is something else. */
      fields: (
        | 'gender'
        | 'phoneNumbers'
        | 'emails'
        | 'livePhotoPath'
        | 'firstName'
        | 'familyName'
        | 'address'
        | 'state'
        | 'idNumber'
        | 'documentNumber'
        | 'documentTypeCode'
        | 'issueDate'
        | 'nationality'
        | 'idFrontScanPath'
        | 'idBackScanPath'
        | 'photo'
        | 'passportScanPath'
        | 'issuingAuthority'
        | 'status'
        | 'birthDate'
        | 'extras'
      )[];
      /**
       * @description Which image, by the field that names it; null where it is none.
       * @enum {string|null}
       */
      image: 'livePhotoPath' | 'idFrontScanPath' | 'idBackScanPath' | 'passportScanPath' | 'photo' | null;
      /**
       * Format: uuid
       * @description Which element in quarantine; null where it is none.
       */
      quarantineId: string | null;
      /** @description Why, as the one who asks says. */
      reason: string;
      /**
       * @description Who asks.
       * @example user:mona
       */
      askedBy: string;
      /**
       * Format: date-time
       * @description When.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description Until when it can be approved; once it is, until when it can be used.
       */
      expiresAt: string;
      /**
       * @description The second person.
       * @example user:ali
       */
      approvedBy: string | null;
    };
    ReplayFilter: {
      /**
       * @description Only elements refused with this code.
       * @example APPLICANT_ID_MISSING
       */
      code?: string;
      /** @description Only elements about this applicant. */
      applicantId?: string;
      /**
       * Format: uuid
       * @description Only elements of this receipt.
       */
      receiptId?: string;
      /**
       * Format: date-time
       * @description Only elements received at or after.
       */
      receivedFrom?: string;
      /**
       * Format: date-time
       * @description Only elements received before.
       */
      receivedTo?: string;
    };
    ReplayBody: {
      /** @description Ids of the elements; or give `filter`. */
      ids?: string[];
      /** @description All open elements that match; `{}` means all. */
      filter?: components['schemas']['ReplayFilter'];
      /**
       * @description True: only tell which would be taken. It must be false to replay.
       * @default true
       */
      dryRun?: boolean;
      /** @description `nextCursor` of the answer before, to go on with a filter. */
      cursor?: string;
    };
    ReplayItemDto: {
      /**
       * Format: uuid
       * @description Id of the element in quarantine.
       */
      id: string;
      /** @description The applicant it is about; null where that cannot be read. */
      applicantId: string | null;
      /** @description Whether it can be taken. */
      passes: boolean;
      /** @description Why it cannot be taken. */
      code: string | null;
      /** @description The same in words. */
      reason: string | null;
      /** @description Newer content of the applicant came since, so a replay would put older content on top. Without `quarantine:decide` it does not pass (`OVERTAKEN`). */
      overtaken: boolean;
      /**
       * Format: uuid
       * @description The receipt of the replay; null in a dry run.
       */
      replayReceiptId: string | null;
      /**
       * @description What became of it; null in a dry run.
       * @enum {string|null}
       */
      result: 'created' | 'updated' | 'duplicate' | 'stale' | 'quarantined' | 'pending' | null;
    };
    ReplayDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description Whether nothing was written. */
      dryRun: boolean;
      /** @description Elements that were taken, or in a dry run would be. */
      passing: number;
      /** @description Elements that are still refused; they stay open. */
      failing: number;
      /** @description The elements of this page, oldest first. */
      items: components['schemas']['ReplayItemDto'][];
    };
    FixBody: {
      /**
       * @description A JSON merge patch (RFC 7396): values replace, null removes. Names of the element match in any case. The element as received is kept unchanged.
       * @example {
       *       "applicantId": "5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1",
       *       "isUpdate": null
       *     }
       */
      patch: {
        [key: string]: unknown;
      };
      /**
       * @description True: only tell whether it would be taken.
       * @default false
       */
      dryRun?: boolean;
      /**
       * @description Why this repair is right; kept with it.
       * @example id confirmed by branch 12
       */
      note?: string;
    };
    DiscardBody: {
      /**
       * @description Why it may be put aside; kept with it.
       * @example a test of the branch, no applicant
       */
      reason: string;
    };
    ProbeDto: {
      /**
       * Format: date-time
       * @description When the latest of these tests came.
       */
      at: string;
      /**
       * @description The URL as it was called, without its query.
       * @example /callbacks/success
       */
      url: string;
      /**
       * @description The address it came from.
       * @example 203.0.113.7
       */
      remoteAddress: string;
      /** @description Whether a valid access token came along; the test is answered 200 either way. */
      tokenValid: boolean;
      /**
       * @description Tests of this address and URL within the hour, as far as they were recorded.
       * @example 1
       */
      tests: number;
    };
    ProbePageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description Newest first: the first one is the last test. */
      items: components['schemas']['ProbeDto'][];
    };
    RefusalDto: {
      /**
       * Format: date-time
       * @description When the first of these refusals was answered.
       */
      firstAt: string;
      /**
       * Format: date-time
       * @description When the latest one was answered.
       */
      at: string;
      /**
       * @description The token URL, or a callback URL.
       * @enum {string}
       */
      route: 'token' | 'success' | 'fail' | 'any';
      /**
       * @description The URL as it was called, without its query.
       * @example /callbacks/success
       */
      url: string;
      /**
       * @description The HTTP method.
       * @example POST
       */
      method: string;
      /**
       * @description `client`: had a good token or secret; `named`: gave the id of a client, and no right secret; `stranger`: anybody else.
       * @enum {string}
       */
      caller: 'client' | 'named' | 'stranger';
      /**
       * @description The client that called, or that was named; null: none of ours.
       * @example enroll
       */
      clientId: string | null;
      /**
       * @description The address it came from; null: from more addresses in one second than are kept.
       * @example 203.0.113.7
       */
      remoteAddress: string | null;
      /**
       * @description The status of the answer.
       * @example 401
       */
      status: number;
      /**
       * @description The code of the answer: of the problem, or of RFC 6749 at the token URL.
       * @example TOKEN_INVALID
       */
      code: string;
      /**
       * @description Length of the body as declared; null: not declared.
       * @example 512
       */
      bytes: number | null;
      /**
       * Format: uuid
       * @description The receipt that keeps the first bytes of the latest one; null: nothing was kept.
       */
      receiptId: string | null;
      /**
       * @description How many there were within the hour.
       * @example 3
       */
      count: number;
    };
    RefusalPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description Newest first. */
      items: components['schemas']['RefusalDto'][];
    };
    ParsedDateDto: {
      /**
       * Format: date
       * @description First day of the month or year where less is known.
       * @example 2021-05-01
       */
      date: string;
      /**
       * @description How much of the date was sent.
       * @example day
       * @enum {string}
       */
      precision: 'year' | 'month' | 'day';
    };
    GovernorateDto: {
      /**
       * @description Its two digits in the national id.
       * @example 23
       */
      code: string;
      /**
       * @description Its name in English.
       * @example Fayoum
       */
      en: string;
      /**
       * @description Its name in Arabic.
       * @example الفيوم
       */
      ar: string;
    };
    DerivedDto: {
      /**
       * @description From `gender`, in any of its spellings; from the national id where `gender` was never sent.
       * @example F
       * @enum {string|null}
       */
      gender: 'M' | 'F' | null;
      /**
       * @description Marks a `gender` that comes from the national id; absent where it was sent.
       * @enum {string}
       */
      genderFrom?: 'nationalId';
      /**
       * Format: date
       * @description From the national id; null without `pii:read`.
       * @example 1997-03-01
       */
      birthDate: string | null;
      /** @description Of birth, from the national id. */
      birthGovernorate: components['schemas']['GovernorateDto'] | null;
    };
    ApplicantItemDto: {
      /** @description True if the row in the database says something else than what was sealed with it; absent otherwise. What is shown is what was sealed. */
      tampered?: boolean;
      /**
       * @description The columns that were changed. `sealed`: the sealed state is not of this row, so nothing is known of it, and `outcome` is `unknown`.
       * @example [
       *       "outcome"
       *     ]
       */
      tamperedFields?: string[];
      /**
       * @description As received; see `derived.gender`.
       * @example أنثى
       */
      gender: string | null;
      /**
       * @description Phone numbers, as received.
       * @example [
       *       "+201068282888"
       *     ]
       */
      phoneNumbers: string[];
      /**
       * @description Mail addresses, as received.
       * @example [
       *       "mona.hassan@example.com"
       *     ]
       */
      emails: string[];
      /**
       * @description Path of the live photo.
       * @example live/2026/11/7d1f0c.jpg
       */
      livePhotoPath: string | null;
      /**
       * @description First line of the name.
       * @example منى
       */
      firstName: string | null;
      /**
       * @description Second line of the name.
       * @example أحمد عبد الرحمن حسن
       */
      familyName: string | null;
      /**
       * @description First line of the address.
       * @example ١٢ شارع التحرير
       */
      address: string | null;
      /**
       * @description Second line of the address.
       * @example الدقي - الجيزة
       */
      state: string | null;
      /**
       * @description National id, or number of another document.
       * @example 29703012357788
       */
      idNumber: string | null;
      /**
       * @description Factory number of the document.
       * @example IC1234567
       */
      documentNumber: string | null;
      /**
       * @description Type of the document.
       * @example EGY
       */
      documentTypeCode: string | null;
      /**
       * @description As received; see `issueDateParsed`.
       * @example ٠١/٠٥/٢٠٢١
       */
      issueDate: string | null;
      /**
       * @description Nationality.
       * @example EGY
       */
      nationality: string | null;
      /**
       * @description Front of the id.
       * @example id/2026/11/7d1f0c-front.jpg
       */
      idFrontScanPath: string | null;
      /**
       * @description Back of the id.
       * @example id/2026/11/7d1f0c-back.jpg
       */
      idBackScanPath: string | null;
      /**
       * @description Photo of the passport holder.
       * @example photo/2026/11/7d1f0c.jpg
       */
      photo: string | null;
      /**
       * @description Scan of the passport.
       * @example passport/2026/11/7d1f0c.jpg
       */
      passportScanPath: string | null;
      /**
       * @description Authority that issued the document.
       * @example مديرية أمن الجيزة
       */
      issuingAuthority: string | null;
      /**
       * @description Accepted=1, ManuallyAccepted=4, ManuallyRejected=5; others are kept as they came.
       * @example 4
       */
      status: number | null;
      /**
       * @description Keys the contract does not know, as received.
       * @example {
       *       "channel": "branch-12"
       *     }
       */
      extras: {
        [key: string]: unknown;
      };
      /**
       * @description eNROLL's id of the application.
       * @example 5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1
       */
      applicantId: string;
      /**
       * @description Counts the applicant's versions, from 1.
       * @example 2
       */
      version: number;
      /**
       * @description `conflict`: URL and status disagree (A16).
       * @enum {string}
       */
      outcome: 'accepted' | 'rejected' | 'conflict' | 'unknown';
      /**
       * @description What looked wrong or was evened out; docs list them.
       * @example [
       *       "nationalIdChecksum"
       *     ]
       */
      flags: string[];
      /** @description True without `pii:read`: sensitive values show initials or their last two digits. */
      masked: boolean;
      /** @description The issue date, read from what was sent; null where it cannot be read. */
      issueDateParsed: components['schemas']['ParsedDateDto'] | null;
      /** @description What Rollcall concludes from the fields as sent. */
      derived: components['schemas']['DerivedDto'];
      /**
       * Format: date-time
       * @description When its first version was received.
       * @example 2026-11-23T08:00:00.000Z
       */
      firstReceivedAt: string;
      /**
       * Format: date-time
       * @description When the latest of its versions was received.
       * @example 2026-11-23T09:30:00.000Z
       */
      lastReceivedAt: string;
      /**
       * @description How the name met `q`. `prefix`: it begins so, or has a word that begins with each word. `close`: it may be somebody else, for a letter is other than asked, or the script.
       * @enum {string}
       */
      match?: 'exact' | 'prefix' | 'close';
    };
    ApplicantPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The applicants of this page. */
      items: components['schemas']['ApplicantItemDto'][];
    };
    SearchApplicantsBody: {
      /**
       * @description Most items to answer.
       * @default 50
       */
      limit?: number;
      /** @description `nextCursor` of the previous page; opaque. */
      cursor?: string;
      /**
       * @description National id, or number of another document.
       * @example 29703012357788
       */
      idNumber?: string;
      /**
       * @description With or without the country code.
       * @example 01068282888
       */
      phone?: string;
      /**
       * @description A mail address, in any spelling.
       * @example mona.hassan@example.com
       */
      email?: string;
      /**
       * @description A document number, in any spelling.
       * @example IC1234567
       */
      documentNumber?: string;
      /**
       * @description Only applicants with this outcome.
       * @enum {string}
       */
      outcome?: 'accepted' | 'rejected' | 'conflict' | 'unknown';
      /**
       * @description Only applicants with this status code of eNROLL.
       * @example 4
       */
      status?: number;
      /**
       * Format: date-time
       * @description First received at or after.
       */
      receivedFrom?: string;
      /**
       * Format: date-time
       * @description First received before.
       */
      receivedTo?: string;
      /**
       * @description Only applicants of this nationality, as sent.
       * @example EGY
       */
      nationality?: string;
      /**
       * @description Only applicants with this `documentTypeCode`.
       * @example EGY
       */
      documentType?: string;
      /**
       * @description Only applicants with this flag.
       * @example nationalIdChecksum
       */
      flag?: string;
      /**
       * @description A name in any spelling («احمد» finds «أحمد»), three letters or more, or a whole first name of two. Equal names come first, then names that begin with it, then names with a word that begins with each of its words. If there are none of these, names of which each word has at most one wrong letter. A name in Latin letters finds those in Arabic, too («Mohamed» finds «محمد»). Whoever was enrolled within the last seconds is not yet found by another spelling.
       * @example احمد حسن
       */
      q?: string;
    };
    ApplicantDto: {
      /** @description True if the row in the database says something else than what was sealed with it; absent otherwise. What is shown is what was sealed. */
      tampered?: boolean;
      /**
       * @description The columns that were changed. `sealed`: the sealed state is not of this row, so nothing is known of it, and `outcome` is `unknown`.
       * @example [
       *       "outcome"
       *     ]
       */
      tamperedFields?: string[];
      /**
       * @description As received; see `derived.gender`.
       * @example أنثى
       */
      gender: string | null;
      /**
       * @description Phone numbers, as received.
       * @example [
       *       "+201068282888"
       *     ]
       */
      phoneNumbers: string[];
      /**
       * @description Mail addresses, as received.
       * @example [
       *       "mona.hassan@example.com"
       *     ]
       */
      emails: string[];
      /**
       * @description Path of the live photo.
       * @example live/2026/11/7d1f0c.jpg
       */
      livePhotoPath: string | null;
      /**
       * @description First line of the name.
       * @example منى
       */
      firstName: string | null;
      /**
       * @description Second line of the name.
       * @example أحمد عبد الرحمن حسن
       */
      familyName: string | null;
      /**
       * @description First line of the address.
       * @example ١٢ شارع التحرير
       */
      address: string | null;
      /**
       * @description Second line of the address.
       * @example الدقي - الجيزة
       */
      state: string | null;
      /**
       * @description National id, or number of another document.
       * @example 29703012357788
       */
      idNumber: string | null;
      /**
       * @description Factory number of the document.
       * @example IC1234567
       */
      documentNumber: string | null;
      /**
       * @description Type of the document.
       * @example EGY
       */
      documentTypeCode: string | null;
      /**
       * @description As received; see `issueDateParsed`.
       * @example ٠١/٠٥/٢٠٢١
       */
      issueDate: string | null;
      /**
       * @description Nationality.
       * @example EGY
       */
      nationality: string | null;
      /**
       * @description Front of the id.
       * @example id/2026/11/7d1f0c-front.jpg
       */
      idFrontScanPath: string | null;
      /**
       * @description Back of the id.
       * @example id/2026/11/7d1f0c-back.jpg
       */
      idBackScanPath: string | null;
      /**
       * @description Photo of the passport holder.
       * @example photo/2026/11/7d1f0c.jpg
       */
      photo: string | null;
      /**
       * @description Scan of the passport.
       * @example passport/2026/11/7d1f0c.jpg
       */
      passportScanPath: string | null;
      /**
       * @description Authority that issued the document.
       * @example مديرية أمن الجيزة
       */
      issuingAuthority: string | null;
      /**
       * @description Accepted=1, ManuallyAccepted=4, ManuallyRejected=5; others are kept as they came.
       * @example 4
       */
      status: number | null;
      /**
       * @description Keys the contract does not know, as received.
       * @example {
       *       "channel": "branch-12"
       *     }
       */
      extras: {
        [key: string]: unknown;
      };
      /**
       * @description eNROLL's id of the application.
       * @example 5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1
       */
      applicantId: string;
      /**
       * @description Counts the applicant's versions, from 1.
       * @example 2
       */
      version: number;
      /**
       * @description `conflict`: URL and status disagree (A16).
       * @enum {string}
       */
      outcome: 'accepted' | 'rejected' | 'conflict' | 'unknown';
      /**
       * @description What looked wrong or was evened out; docs list them.
       * @example [
       *       "nationalIdChecksum"
       *     ]
       */
      flags: string[];
      /** @description True without `pii:read`: sensitive values show initials or their last two digits. */
      masked: boolean;
      /** @description The issue date, read from what was sent; null where it cannot be read. */
      issueDateParsed: components['schemas']['ParsedDateDto'] | null;
      /** @description What Rollcall concludes from the fields as sent. */
      derived: components['schemas']['DerivedDto'];
      /**
       * Format: date-time
       * @description When its first version was received.
       * @example 2026-11-23T08:00:00.000Z
       */
      firstReceivedAt: string;
      /**
       * Format: date-time
       * @description When the latest of its versions was received.
       * @example 2026-11-23T09:30:00.000Z
       */
      lastReceivedAt: string;
      /**
       * @description How the name met `q`. `prefix`: it begins so, or has a word that begins with each word. `close`: it may be somebody else, for a letter is other than asked, or the script.
       * @enum {string}
       */
      match?: 'exact' | 'prefix' | 'close';
      /**
       * @description Other applicantIds with the same idNumber (A22); never merged.
       * @example []
       */
      samePerson: string[];
    };
    DifferenceDto: {
      /**
       * @description A contract field, or a key of `extras`.
       * @example address
       */
      field: string;
      /**
       * @description Null where it was not there.
       * @example ١٢ شارع التحرير
       */
      from:
        | (string | null)
        | number
        | boolean
        | unknown[]
        | {
            [key: string]: unknown;
          };
      /**
       * @description Null where it is no longer there.
       * @example ٥ شارع فيصل
       */
      to:
        | (string | null)
        | number
        | boolean
        | unknown[]
        | {
            [key: string]: unknown;
          };
    };
    VersionDto: {
      /** @description True if the row in the database says something else than what was sealed with it; absent otherwise. What is shown is what was sealed. */
      tampered?: boolean;
      /**
       * @description The columns that were changed. `sealed`: the sealed state is not of this row, so nothing is known of it, and `outcome` is `unknown`.
       * @example [
       *       "outcome"
       *     ]
       */
      tamperedFields?: string[];
      /**
       * @description Counts the applicant's versions, from 1.
       * @example 2
       */
      version: number;
      /**
       * Format: date-time
       * @description When it was written; `asOf` goes by it.
       */
      changedAt: string;
      /**
       * Format: date-time
       * @description When its callback arrived.
       */
      receivedAt: string;
      /**
       * Format: uuid
       * @description The callback it came from.
       */
      receiptId: string;
      /** @description Its place in the list of that callback. */
      elementIndex: number;
      /**
       * @description Who brought it: a callback, a replay, or reconciliation.
       * @enum {string}
       */
      source: 'callback' | 'replay' | 'reconciliation';
      /**
       * @description URL it came to.
       * @enum {string}
       */
      kind: 'success' | 'fail' | 'any';
      /**
       * @description The event that the feed shows for it.
       * @example applicant.updated
       */
      event: string;
      /**
       * @description What eNROLL decided, as this version says.
       * @enum {string}
       */
      outcome: 'accepted' | 'rejected' | 'conflict' | 'unknown';
      /**
       * @description The outcome of the version before; null for the first.
       * @enum {string|null}
       */
      previousOutcome: 'accepted' | 'rejected' | 'conflict' | 'unknown' | null;
      /**
       * @description eNROLL's status code; null where it was not sent.
       * @example 4
       */
      status: number | null;
      /** @description What is doubtful in this version. */
      flags: string[];
      /**
       * @description Fields that differ from the version before.
       * @example [
       *       "address"
       *     ]
       */
      changedFields: string[];
      /** @description The earlier version whose content this one repeats (A11). */
      revertsTo: number | null;
      /** @description Against the version before; null where that one is no longer kept. Masked without `pii:read`. */
      differences: components['schemas']['DifferenceDto'][] | null;
    };
    VersionPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The versions of this page. */
      items: components['schemas']['VersionDto'][];
    };
    RevealBody: {
      /**
       * @description Why it must be seen. The audit keeps it for good: name a case, not a person.
       * @example case 4711: the customer disputes the document
       */
      reason: string;
      /**
       * Format: uuid
       * @description Id of the request for exactly this, which a second person has approved.
       */
      requestId?: string;
      /**
       * @description The fields to reveal; no others are shown.
       * @example [
       *       "idNumber",
       *       "phoneNumbers"
       *     ]
       */
      fields: (
        | 'gender'
        | 'phoneNumbers'
        | 'emails'
        | 'livePhotoPath'
        | 'firstName'
        | 'familyName'
        | 'address'
        | 'state'
        | 'idNumber'
        | 'documentNumber'
        | 'documentTypeCode'
        | 'issueDate'
        | 'nationality'
        | 'idFrontScanPath'
        | 'idBackScanPath'
        | 'photo'
        | 'passportScanPath'
        | 'issuingAuthority'
        | 'status'
        | 'birthDate'
        | 'extras'
      )[];
    };
    RevealedDto: {
      /**
       * @description eNROLL's id of the application.
       * @example A-1001
       */
      applicantId: string;
      /** @description The version that was revealed, the current one. */
      version: number;
      /**
       * @description The values of the fields that were asked for; null or empty where none was received.
       * @example {
       *       "idNumber": "29703012357788",
       *       "phoneNumbers": [
       *         "+201068282888"
       *       ]
       *     }
       */
      fields: {
        [key: string]: unknown;
      };
    };
    RevealRequestPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The requests of this page. */
      items: components['schemas']['RevealRequestDto'][];
    };
    ChangeEventDto: {
      /** @description True if the row in the database says something else than what was sealed with it; absent otherwise. What is shown is what was sealed. */
      tampered?: boolean;
      /**
       * @description The columns that were changed. `sealed`: the sealed state is not of this row, so nothing is known of it, and `outcome` is `unknown`.
       * @example [
       *       "outcome"
       *     ]
       */
      tamperedFields?: string[];
      /** @description Position of this event, which never changes. Give it as `after` to continue from here; detect duplicates by it. */
      cursor: string;
      /**
       * @description eNROLL's id of the application.
       * @example 5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1
       */
      applicantId: string;
      /** @description Counts up per applicant. If a failover or a restore lost a version, another one may come with the same number. */
      version: number;
      /**
       * @description What happened.
       * @enum {string}
       */
      event:
        | 'applicant.created'
        | 'applicant.updated'
        | 'applicant.outcome_changed'
        | 'applicant.flagged'
        | 'applicant.images_ready'
        | 'applicant.erased';
      /**
       * @description What eNROLL decided, according to this version.
       * @enum {string}
       */
      outcome: 'accepted' | 'rejected' | 'conflict' | 'unknown';
      /**
       * @description The outcome of the version before; null for the first version.
       * @enum {string|null}
       */
      previousOutcome: 'accepted' | 'rejected' | 'conflict' | 'unknown' | null;
      /**
       * @description eNROLL's status code; null if it was not sent.
       * @example 4
       */
      status: number | null;
      /**
       * @description Fields that differ from the version before.
       * @example [
       *       "address",
       *       "emails"
       *     ]
       */
      changedFields: string[];
      /** @description Flags of this version; for `applicant.flagged` the new ones. */
      flags: string[];
      /**
       * Format: date-time
       * @description When it was written.
       */
      changedAt: string;
      /**
       * Format: uuid
       * @description The callback it came from; null for `applicant.images_ready`.
       */
      receiptId: string | null;
      /** @description True if the event was written before the last restore or failover of the database: a reader may have seen it before that. */
      mayBeRepeated?: boolean;
      /**
       * @description Values of the requested fields in this version; absent if none were requested.
       * @example {
       *       "nationality": "EGY"
       *     }
       */
      fields?: Record<string, never>;
    };
    ChangesPageDto: {
      /** @description The events of this page, oldest first. */
      items: components['schemas']['ChangeEventDto'][];
      /** @description Always present, even at the end: give it as `after` to read what has come since. It moves past what the filter left out, so an empty page with a new cursor is not the end. */
      nextCursor: string;
    };
    CreateConsumerBody: {
      /**
       * @description Its name, also used in paths and metrics.
       * @example core-banking
       */
      name: string;
      /** @description Only these types; absent: all. */
      events?: (
        | 'applicant.created'
        | 'applicant.updated'
        | 'applicant.outcome_changed'
        | 'applicant.flagged'
        | 'applicant.images_ready'
        | 'applicant.erased'
      )[];
      /** @description Only these outcomes; absent: all. */
      outcomes?: ('accepted' | 'rejected' | 'conflict' | 'unknown')[];
      /** @description Fields of the version to add to each event. For personal fields both the key that makes the consumer and the key that reads need the scope `pii:read`. */
      fields?: (
        | 'gender'
        | 'phoneNumbers'
        | 'emails'
        | 'livePhotoPath'
        | 'firstName'
        | 'familyName'
        | 'address'
        | 'state'
        | 'idNumber'
        | 'documentNumber'
        | 'documentTypeCode'
        | 'issueDate'
        | 'nationality'
        | 'idFrontScanPath'
        | 'idBackScanPath'
        | 'photo'
        | 'passportScanPath'
        | 'issuingAuthority'
        | 'status'
      )[];
      /**
       * @description Where it starts: `beginning`, `now` (only new events), or a cursor of the feed.
       * @default beginning
       */
      from?: string;
    };
    LagDto: {
      /** @description Events after the cursor that pass the filter. */
      events: number;
      /** @description Whether `events` is the full count: only the next 10,000 changes are counted. */
      isExact: boolean;
      /** @description Age of the oldest of these events in seconds; null if there is none. */
      oldestSeconds: number | null;
    };
    ConsumerDto: {
      /**
       * @description Its name.
       * @example core-banking
       */
      name: string;
      /** @description Empty: all. */
      events: (
        | 'applicant.created'
        | 'applicant.updated'
        | 'applicant.outcome_changed'
        | 'applicant.flagged'
        | 'applicant.images_ready'
        | 'applicant.erased'
      )[];
      /** @description Empty: all. */
      outcomes: ('accepted' | 'rejected' | 'conflict' | 'unknown')[];
      /** @description Fields of the version that each event carries. */
      fields: (
        | 'gender'
        | 'phoneNumbers'
        | 'emails'
        | 'livePhotoPath'
        | 'firstName'
        | 'familyName'
        | 'address'
        | 'state'
        | 'idNumber'
        | 'documentNumber'
        | 'documentTypeCode'
        | 'issueDate'
        | 'nationality'
        | 'idFrontScanPath'
        | 'idBackScanPath'
        | 'photo'
        | 'passportScanPath'
        | 'issuingAuthority'
        | 'status'
      )[];
      /** @description Everything up to here is acknowledged. */
      cursor: string;
      /**
       * Format: date-time
       * @description Time of the last acknowledgement; null: none since the consumer was made or rewound.
       */
      ackedAt: string | null;
      /**
       * Format: date-time
       * @description When it was made.
       */
      createdAt: string;
      /** @description Name of the API key, or `cli:<user>@<host>`. */
      createdBy: string;
      /** @description How far it is behind the feed. */
      lag: components['schemas']['LagDto'];
    };
    ConsumerPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The consumers of this page. */
      items: components['schemas']['ConsumerDto'][];
    };
    AckBody: {
      /** @description A `cursor` or `nextCursor` that was read: everything up to it is acknowledged. The same cursor again changes nothing. */
      cursor: string;
    };
    RewindBody: {
      /** @description Where it goes on: `beginning`, `now` (only new events), or a cursor of the feed. */
      to: string;
    };
    ApplicantFilterDto: {
      /**
       * @description Only applicants with this outcome.
       * @enum {string}
       */
      outcome?: 'accepted' | 'rejected' | 'conflict' | 'unknown';
      /**
       * @description Only applicants with this status code of eNROLL.
       * @example 4
       */
      status?: number;
      /**
       * Format: date-time
       * @description First received at or after.
       */
      receivedFrom?: string;
      /**
       * Format: date-time
       * @description First received before.
       */
      receivedTo?: string;
      /**
       * @description Only applicants of this nationality, as sent.
       * @example EGY
       */
      nationality?: string;
      /**
       * @description Only applicants with this `documentTypeCode`.
       * @example EGY
       */
      documentType?: string;
      /**
       * @description Only applicants with this flag.
       * @example nationalIdChecksum
       */
      flag?: string;
    };
    CreateExportBody: {
      /**
       * @description What to export.
       * @enum {string}
       */
      what: 'applicants';
      /**
       * @description The format of the file.
       * @enum {string}
       */
      format: 'csv' | 'ndjson' | 'xlsx' | 'parquet';
      /** @description As in the list of applicants. Absent: all. */
      filter?: components['schemas']['ApplicantFilterDto'];
      /**
       * @description In this order. The default ones hold nothing sensitive and are by far the fastest.
       * @default [
       *       "applicantId",
       *       "version",
       *       "outcome",
       *       "status",
       *       "flags",
       *       "derivedGender",
       *       "derivedBirthGovernorate",
       *       "nationality",
       *       "documentTypeCode",
       *       "issuingAuthority",
       *       "issueDateParsed",
       *       "firstReceivedAt",
       *       "lastReceivedAt"
       *     ]
       */
      columns?: (
        | 'applicantId'
        | 'version'
        | 'outcome'
        | 'status'
        | 'flags'
        | 'firstName'
        | 'familyName'
        | 'derivedGender'
        | 'derivedBirthGovernorate'
        | 'nationality'
        | 'documentTypeCode'
        | 'issuingAuthority'
        | 'issueDateParsed'
        | 'issueDatePrecision'
        | 'livePhotoPath'
        | 'idFrontScanPath'
        | 'idBackScanPath'
        | 'photo'
        | 'passportScanPath'
        | 'firstReceivedAt'
        | 'lastReceivedAt'
        | 'idNumber'
        | 'documentNumber'
        | 'phoneNumbers'
        | 'emails'
        | 'address'
        | 'state'
        | 'gender'
        | 'issueDate'
        | 'derivedBirthDate'
        | 'extras'
        | 'tamperedFields'
      )[];
      /**
       * @description True: mask sensitive columns although the key may read personal data.
       * @default false
       */
      masked?: boolean;
    };
    ExportDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /** @description Name of the API key that asked for it. */
      createdBy: string;
      /**
       * @description `waiting`: it begins soon, or is tried again after the failure in `errorCode`; `ready`: its file can be downloaded until `expiresAt`.
       * @enum {string}
       */
      state: 'waiting' | 'running' | 'ready' | 'failed' | 'cancelled';
      /**
       * @description The format of the file.
       * @enum {string}
       */
      format: 'csv' | 'ndjson' | 'xlsx' | 'parquet';
      /** @description Which applicants are in it. */
      filter: components['schemas']['ApplicantFilterDto'];
      /** @description The columns of the file, in their order. */
      columns: (
        | 'applicantId'
        | 'version'
        | 'outcome'
        | 'status'
        | 'flags'
        | 'firstName'
        | 'familyName'
        | 'derivedGender'
        | 'derivedBirthGovernorate'
        | 'nationality'
        | 'documentTypeCode'
        | 'issuingAuthority'
        | 'issueDateParsed'
        | 'issueDatePrecision'
        | 'livePhotoPath'
        | 'idFrontScanPath'
        | 'idBackScanPath'
        | 'photo'
        | 'passportScanPath'
        | 'firstReceivedAt'
        | 'lastReceivedAt'
        | 'idNumber'
        | 'documentNumber'
        | 'phoneNumbers'
        | 'emails'
        | 'address'
        | 'state'
        | 'gender'
        | 'issueDate'
        | 'derivedBirthDate'
        | 'extras'
        | 'tamperedFields'
      )[];
      /** @description Sensitive columns show initials or their last two digits. */
      masked: boolean;
      /** @description Has sensitive columns that are not masked: a download needs `pii:read`. */
      holdsPii: boolean;
      /** @description Applicants written so far. */
      rows: number;
      /** @description Applicants that it will hold, counted in the snapshot that is written; null until it begins. */
      rowsTotal: number | null;
      /** @description Bytes written so far. */
      bytes: number;
      /** @description Tries; each begins from the start. */
      attempts: number;
      /**
       * @description Why the last try failed; null if none did.
       * @example IMAGE_STORE_FULL
       */
      errorCode: string | null;
      /**
       * Format: date-time
       * @description When it was asked for.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When work on it began; null before.
       */
      startedAt: string | null;
      /**
       * Format: date-time
       * @description When it was finished; null before.
       */
      finishedAt: string | null;
      /**
       * Format: date-time
       * @description When it is deleted, with its file.
       */
      expiresAt: string | null;
    };
    ExportPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The exports of this page. */
      items: components['schemas']['ExportDto'][];
    };
    EnrollTokenDto: {
      /**
       * @description The dialect in which we ask eNROLL; see docs/enroll-api.md.
       * @example default (unverified)
       */
      dialect: string;
      /**
       * Format: date-time
       * @description End of the token we hold.
       */
      expiresAt: string | null;
    };
    ApplicantIdDto: {
      /**
       * @description The applicant of the request.
       * @example 5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1
       */
      applicantId: string;
    };
    EnrolledApplicantDto: {
      /**
       * @description eNROLL's id of the application; null where eNROLL sent none.
       * @example 5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1
       */
      applicantId: string | null;
      /**
       * @description eNROLL's id of the request; null where eNROLL sent none.
       * @example 1700398203730
       */
      requestId: string | null;
      /**
       * @description Your own id of the customer; null where none was given.
       * @example customer-10017
       */
      correlationId: string | null;
      /**
       * Format: date-time
       * @description When the enrollment ended, by eNROLL's account.
       */
      enrolledAt: string | null;
      /** @description True without `pii:read`. */
      masked: boolean;
      /**
       * @description The contract's fields as eNROLL sent them, and keys the contract does not know.
       * @example {
       *       "firstName": "منى",
       *       "familyName": "أحمد عبد الرحمن",
       *       "idNumber": "29703012357788",
       *       "status": 1
       *     }
       */
      content: {
        [key: string]: unknown;
      };
    };
    EnrolledPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The applicants of this page. */
      items: components['schemas']['EnrolledApplicantDto'][];
    };
    EnrolledByIdsBody: {
      /**
       * @description Ids of the applicants to ask for.
       * @example [
       *       "5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1"
       *     ]
       */
      applicantIds: string[];
    };
    EnrolledByIdsDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The applicants of this page. */
      items: components['schemas']['EnrolledApplicantDto'][];
      /** @description The ids of the request that eNROLL does not know. */
      notFound: string[];
    };
    ImagesBody: {
      /**
       * @description Paths of images, as eNROLL gave them.
       * @example [
       *       "id/2026/11/7d1f0c-front.jpg",
       *       "id/2026/11/7d1f0c-back.jpg"
       *     ]
       */
      paths: string[];
    };
    EnrolledImageDto: {
      /**
       * @description The path that was asked for.
       * @example id/2026/11/7d1f0c-front.jpg
       */
      path: string;
      /**
       * @description From the magic bytes. Absent if we do not know the type.
       * @example image/jpeg
       */
      mediaType?: string;
      /** @description Hexadecimal, of the decoded bytes. */
      sha256?: string;
      /**
       * Format: byte
       * @description Base64.
       */
      image?: string;
      /**
       * @description The fault of this image alone.
       * @example ENROLL_NOT_FOUND
       * @enum {string}
       */
      fault?:
        | 'NOT_JSON'
        | 'NOT_UTF8'
        | 'WRONG_SHAPE'
        | 'TOO_DEEP'
        | 'BAD_ENCODING'
        | 'BODY_ABORTED'
        | 'BODY_TOO_SLOW'
        | 'BODY_TOO_LARGE'
        | 'UNSUPPORTED_MEDIA_TYPE'
        | 'ALL_ELEMENTS_REFUSED'
        | 'TOKEN_MISSING'
        | 'TOKEN_INVALID'
        | 'INSUFFICIENT_SCOPE'
        | 'ADDRESS_NOT_ALLOWED'
        | 'CLIENT_CERTIFICATE_REQUIRED'
        | 'LOGIN_REFUSED'
        | 'SESSION_INVALID'
        | 'LOGIN_TOO_OLD'
        | 'SSO_REFUSED'
        | 'LOGOUT_TOKEN_INVALID'
        | 'SSO_NO_ROLE'
        | 'SSO_UNAVAILABLE'
        | 'CROSS_SITE'
        | 'INVITATION_INVALID'
        | 'PASSWORD_REFUSED'
        | 'CODE_REFUSED'
        | 'BAD_REQUEST'
        | 'URL_NOT_ENCODED'
        | 'UNKNOWN_FILTER'
        | 'BAD_CURSOR'
        | 'NOT_FOUND'
        | 'METHOD_NOT_ALLOWED'
        | 'GONE'
        | 'CONFLICT'
        | 'STILL_REFUSED'
        | 'REQUEST_TOO_SLOW'
        | 'HEADERS_TOO_LARGE'
        | 'TOO_MANY_REQUESTS'
        | 'ENROLL_IMAGE_PATH'
        | 'ENROLL_NOT_FOUND'
        | 'ENROLL_AUTH'
        | 'ENROLL_FORBIDDEN'
        | 'ENROLL_REFUSED'
        | 'ENROLL_UNAVAILABLE'
        | 'ENROLL_BAD_ANSWER'
        | 'ENROLL_ANSWER_TOO_LARGE'
        | 'ENROLL_IMAGE_TOO_LARGE'
        | 'ENROLL_IMAGE_DAMAGED'
        | 'ENROLL_IMAGE_HARMFUL'
        | 'ENROLL_NOT_CONFIGURED'
        | 'ENROLL_BUSY'
        | 'SCANNER_UNAVAILABLE'
        | 'ENROLL_TIMEOUT'
        | 'IMAGE_MISSING'
        | 'IMAGE_NOT_FETCHED'
        | 'IMAGE_NOT_AN_IMAGE'
        | 'IMAGE_FAILED'
        | 'IMAGE_NO_THUMBNAIL'
        | 'IMAGE_STORE_UNAVAILABLE'
        | 'REVEAL_NOT_APPROVED'
        | 'SECOND_PERSON_NEEDED'
        | 'RESTRICTED'
        | 'APPLICANT_ERASED'
        | 'ERASURE_UNDER_WAY'
        | 'ERASURE_NOT_DONE'
        | 'CURSOR_AHEAD'
        | 'CURSOR_TOO_OLD'
        | 'ACK_BACKWARDS'
        | 'CONSUMER_EXISTS'
        | 'TOO_MANY_READERS'
        | 'TOO_MANY_READERS_OF_KEY'
        | 'ENDPOINT_TARGET_FORBIDDEN'
        | 'EXPORT_NOT_READY'
        | 'TOO_MANY_EXPORTS'
        | 'KEY_IN_USE'
        | 'KEYS_IN_SETTINGS'
        | 'SEARCH_TOO_SLOW'
        | 'OVERLOADED'
        | 'AUDIT_UNAVAILABLE'
        | 'DATABASE_UNAVAILABLE'
        | 'SHUTTING_DOWN'
        | 'NOT_READY'
        | 'INTERNAL';
    };
    EnrolledImagesDto: {
      /** @description One entry per path, in the order of the request. */
      items: components['schemas']['EnrolledImageDto'][];
    };
    MintSessionBody: {
      /**
       * @description `onboarding`: somebody wants to enroll. `authentication`: an applicant proves their identity.
       * @enum {string}
       */
      kind: 'onboarding' | 'authentication';
      /**
       * @description Your own key of the customer; needed for `onboarding`. Choose one without personal data.
       * @example customer-10017
       */
      correlationId?: string;
      /**
       * @description Continues this request of eNROLL.
       * @example 1700398203730
       */
      requestId?: string;
      /**
       * @description The applicant to authenticate; needed for `authentication`.
       * @example 5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1
       */
      applicantId?: string;
      /**
       * @description eNROLL's level of trust (it spells it `levelOfTrutToken`); needed for `authentication`.
       * @example 2
       */
      levelOfTrust?: string;
      /** @description Onboarding: passed on to eNROLL, not kept. */
      deviceId?: string;
      /** @description Onboarding: passed on to eNROLL, not kept. */
      kycRequestTypeId?: string;
      /** @description Onboarding: passed on to eNROLL, not kept. */
      userId?: string;
      /** @description Onboarding: passed on to eNROLL, not kept. */
      userName?: string;
    };
    MintedSessionDto: {
      /**
       * Format: uuid
       * @description Rollcall's id of the session.
       * @example 9d0f5f7e-54a1-4f43-8c1e-0c6f1f6f2a10
       */
      sessionId: string;
      /**
       * @description What the session is for.
       * @enum {string}
       */
      kind: 'onboarding' | 'authentication';
      /**
       * @description `open`: begun, nothing heard of it since.
       * @enum {string}
       */
      state: 'open' | 'finished';
      /**
       * @description Your own id of the customer; null where none was given.
       * @example customer-10017
       */
      correlationId: string | null;
      /**
       * @description eNROLL's id of the request; null where none is known.
       * @example 1700398203730
       */
      requestId: string | null;
      /** @description Authentication: the applicant to authenticate. Onboarding: the new applicant, once finished. */
      applicantId: string | null;
      /**
       * @description Name of the API key.
       * @example mobile-backend
       */
      mintedBy: string;
      /**
       * Format: date-time
       * @description When we asked for its token.
       */
      mintedAt: string;
      /**
       * Format: date-time
       * @description End of the token.
       */
      expiresAt: string | null;
      /**
       * Format: date-time
       * @description When its enrollment was received; null before.
       */
      finishedAt: string | null;
      /** @description For eNROLL's app or page. Shown here once and not kept. */
      token: string;
    };
    SessionPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The sessions of this page. */
      items: components['schemas']['SessionDto'][];
    };
    PausedDto: {
      /**
       * Format: date-time
       * @description When it was paused.
       */
      at: string;
      /** @description Name of the API key, or `cli:<user>@<host>`. */
      by: string;
    };
    MirrorFaultDto: {
      /**
       * @description What is wrong.
       * @example IMAGE_STORE_FULL
       */
      code: string;
      /**
       * Format: date-time
       * @description Since when.
       */
      since: string;
    };
    ImageCountsDto: {
      /** @description To be fetched. */
      wanted: number;
      /** @description Fetched and in the store. */
      fetched: number;
      /** @description eNROLL does not have them. */
      missing: number;
      /** @description eNROLL answered something that is no image. */
      notImage: number;
      /** @description Given up after too many tries. */
      failed: number;
    };
    MirrorStatusDto: {
      /** @description Whether eNROLL's query API is configured; without it images stay wanted. */
      configured: boolean;
      /**
       * @description Where images are kept.
       * @enum {string}
       */
      store: 'disk' | 's3';
      /** @description Who paused the mirror; null while it runs. */
      paused: components['schemas']['PausedDto'] | null;
      /** @description What keeps images from being fetched; null if nothing does. */
      fault: components['schemas']['MirrorFaultDto'] | null;
      /** @description Images by state. */
      counts: components['schemas']['ImageCountsDto'];
      /** @description Distinct images in the store. */
      storedImages: number;
      /** @description Their size, sealed. */
      storedBytes: number;
    };
    RetryImagesBody: {
      /** @description Absent: all but `fetched`, which needs an `applicantId`. Images that wait for their next try are tried at once in any case. */
      states?: ('missing' | 'not_image' | 'failed' | 'fetched')[];
      /** @description Absent: of all applicants. */
      applicantId?: string;
    };
    RetriedDto: {
      /** @description Images that are due again. */
      retried: number;
    };
    ImageDto: {
      /**
       * @description The field that names the image.
       * @enum {string}
       */
      field: 'livePhotoPath' | 'idFrontScanPath' | 'idBackScanPath' | 'passportScanPath' | 'photo';
      /** @description The first version that names it. */
      version: number;
      /** @description Whether it is what the field shows now. */
      isCurrent: boolean;
      /**
       * @description eNROLL's path, opaque.
       * @example kyc/1700398203730/front.jpg
       */
      path: string;
      /**
       * @description Its state in the mirror.
       * @enum {string}
       */
      state: 'wanted' | 'fetched' | 'missing' | 'not_image' | 'failed';
      /** @description Tries so far; outages do not count. */
      attempts: number;
      /**
       * Format: date-time
       * @description When it is tried next; null if it is not.
       */
      nextAttemptAt: string | null;
      /**
       * @description Why the last try brought nothing, if that is known.
       * @example ENROLL_NOT_FOUND
       */
      errorCode: string | null;
      /** @description Of the bytes as fetched, hexadecimal. Null without `pii:read`: whoever has a picture could find out whose it is. */
      sha256: string | null;
      /**
       * @description As its magic bytes say.
       * @example image/jpeg
       */
      mediaType: string | null;
      /**
       * @description Null without `pii:read`, as `sha256` is.
       * @example 183204
       */
      bytes: number | null;
      /**
       * Format: date-time
       * @description When a version first named it.
       */
      wantedAt: string;
      /**
       * Format: date-time
       * @description When it left the state `wanted`; null before.
       */
      settledAt: string | null;
    };
    ImageListDto: {
      /** @description All images of the applicant. */
      items: components['schemas']['ImageDto'][];
    };
    RunDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /**
       * Format: date-time
       * @description Start of the range that eNROLL is asked about.
       */
      from: string;
      /**
       * Format: date-time
       * @description End of the range, excluded.
       */
      to: string;
      /**
       * @description What started it.
       * @enum {string}
       */
      trigger: 'schedule' | 'api' | 'cli';
      /** @description Name of the API key, `cli:<user>@<host>` or `schedule`. */
      startedBy: string;
      /** @description A dry run changes no applicant. */
      dryRun: boolean;
      /**
       * @description `waiting`: starts soon, or resumes at `nextAttemptAt`; `errorCode` says why it waits.
       * @enum {string}
       */
      state: 'waiting' | 'running' | 'completed' | 'failed' | 'cancelled';
      /** @description Pages requested from eNROLL. */
      asked: number;
      /** @description Applicants on those pages. */
      found: number;
      /** @description Of these, how many were missing here. */
      missing: number;
      /** @description Of these, how many had other content here. */
      different: number;
      /** @description Received in the range, but eNROLL does not know them. */
      missingThere: number;
      /** @description Gaps of this run that it closed. */
      healed: number;
      /** @description Entries that cannot be used. They are in quarantine, except those of a dry run. */
      quarantined: number;
      /**
       * Format: date-time
       * @description Read up to here; null before and after reading.
       */
      reachedAt: string | null;
      /** @description Consecutive attempts without progress. */
      attempts: number;
      /**
       * @description Why it failed or waits; null otherwise.
       * @example ENROLL_UNAVAILABLE
       */
      errorCode: string | null;
      /**
       * Format: date-time
       * @description Next attempt, while it waits.
       */
      nextAttemptAt: string | null;
      /**
       * Format: date-time
       * @description When it was created.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When work on it began; null before.
       */
      startedAt: string | null;
      /**
       * Format: date-time
       * @description When it ended; null before.
       */
      finishedAt: string | null;
    };
    RunPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The runs of this page. */
      items: components['schemas']['RunDto'][];
    };
    StartRunBody: {
      /**
       * @description Enrolled at or after this time; a date is the beginning of that day in Cairo.
       * @example 2026-11-01
       */
      from: string;
      /**
       * @description Enrolled before this time; a date is the beginning of that day in Cairo.
       * @example 2026-12-01
       */
      to: string;
      /**
       * @description True: record the gaps, but change no applicant.
       * @default false
       */
      dryRun?: boolean;
    };
    GapDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /**
       * Format: uuid
       * @description The run that saw it last.
       */
      runId: string;
      /** @description eNROLL's id of the application. */
      applicantId: string;
      /**
       * @description Which side lacks the applicant or has other content.
       * @enum {string}
       */
      kind: 'missing_here' | 'different_here' | 'missing_there';
      /**
       * @description Whether it is still open.
       * @enum {string}
       */
      state: 'open' | 'healed' | 'ignored';
      /**
       * Format: date-time
       * @description As eNROLL says; for `missing_there`, when we first received it.
       */
      enrolledAt: string;
      /**
       * Format: date-time
       * @description When a run first saw it.
       */
      foundAt: string;
      /**
       * Format: date-time
       * @description When it was closed; null before.
       */
      healedAt: string | null;
      /** @description For `missing_here`: seconds from the enrollment until the applicant was here. */
      lateSeconds: number | null;
      /** @description Why it is ignored. */
      resolution: string | null;
    };
    GapPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The gaps of this page. */
      items: components['schemas']['GapDto'][];
    };
    HealGapsBody: {
      /** @description `nextCursor` of the previous answer. */
      cursor?: string;
    };
    HealedDto: {
      /** @description Open gaps that eNROLL was asked about. */
      asked: number;
      /** @description Gaps that were closed. */
      healed: number;
      /** @description Gaps that are open now. */
      open: number;
      /** @description Send it as `cursor` to continue with the next open gaps. Null at the end. */
      nextCursor: string | null;
    };
    IgnoreGapBody: {
      /**
       * @description Why it may be ignored; kept with the gap.
       * @example a test applicant, deleted by eNROLL's team
       */
      reason: string;
    };
    PeriodDto: {
      /**
       * Format: date-time
       * @description Included.
       */
      from: string;
      /**
       * Format: date-time
       * @description Excluded.
       */
      to: string;
    };
    StatementDto: {
      /** @description Who states it: the base URL of this server. */
      issuer: string;
      /**
       * Format: date-time
       * @description When it was made.
       */
      statedAt: string;
      /** @description The period it covers. */
      period: components['schemas']['PeriodDto'];
      /** @description True if eNROLL was asked about the whole period, every expected applicant is here, no gap is open, and nothing of the period is quarantined, refused or pending, whether it came by callback or otherwise. */
      complete: boolean;
      /** @description Parts of the period that no completed run has asked about. A dry run that saw unusable entries does not count. */
      uncovered: components['schemas']['PeriodDto'][];
      /** @description Applicants that eNROLL enrolled in the period. */
      expected: number;
      /** @description Of these, how many are here. */
      received: number;
      /** @description Of these, how many were missing at the first check. */
      late: number;
      /** @description Closed gaps of the period, of every kind. */
      healed: number;
      /** @description Ignored gaps of the period. */
      ignored: number;
      /** @description Open gaps of the period. */
      open: number;
      /** @description Open in quarantine: elements received in the period, and entries of eNROLL about applicants enrolled in it. */
      quarantined: number;
      /** @description Callbacks of the period whose whole body was refused: receipts in state `rejected`. */
      refused: number;
      /** @description Callbacks of the period that are not applied yet. */
      pending: number;
      /** @description Greatest `lateSeconds` of the period. */
      longestLateSeconds: number | null;
      /** @description The completed runs that it is based on, at most 100. */
      runs: string[];
    };
    SignedStatementDto: {
      /** @description The statement in plain JSON. */
      statement: components['schemas']['StatementDto'];
      /** @description The same statement as a compact JWS (RFC 7515), signed with EdDSA; its `kid` is in `/.well-known/jwks.json`. */
      jws: string;
    };
    JwkDto: {
      /**
       * @description Key type.
       * @example OKP
       */
      kty: string;
      /**
       * @description Curve.
       * @example Ed25519
       */
      crv: string;
      /**
       * @description Algorithm.
       * @example EdDSA
       */
      alg: string;
      /**
       * @description For signatures.
       * @example sig
       */
      use: string;
      /** @description SHA-256 thumbprint (RFC 7638). */
      kid: string;
      /** @description The public key, base64url. */
      x: string;
    };
    JwksDto: {
      /** @description Every key that a valid statement may be signed with. */
      keys: components['schemas']['JwkDto'][];
    };
    ErasureDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /**
       * @description Whom it erases. Empty where it is of elements of quarantine that name nobody.
       * @example [
       *       "A-1001"
       *     ]
       */
      applicantIds: string[];
      /**
       * @description How far it is. From `restricted` on nobody reads the person.
       * @enum {string}
       */
      state: 'restricted' | 'held' | 'erasing' | 'erased';
      /** @description Why. */
      reason: string;
      /**
       * @description Who asked for it.
       * @example user:mona
       */
      requestedBy: string;
      /**
       * Format: date-time
       * @description When.
       */
      requestedAt: string;
      /**
       * Format: date-time
       * @description Since when something is gone.
       */
      beganAt: string | null;
      /**
       * Format: date-time
       * @description Since when nothing is left.
       */
      erasedAt: string | null;
      /**
       * @description What was overwritten so far, how many of each.
       * @example {
       *       "versions": 3,
       *       "receipts": 3,
       *       "images": 4
       *     }
       */
      counts: {
        [key: string]: number;
      };
      /**
       * @description What keeps it from going on; it tries again by itself.
       * @example IMAGE_STORE_UNREACHABLE
       */
      errorCode: string | null;
    };
    ErasurePageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The erasures of this page. */
      items: components['schemas']['ErasureDto'][];
    };
    RequestErasureBody: {
      /**
       * @description This one applicant.
       * @example A-1001
       */
      applicantId?: string;
      /**
       * @description All applicants who have this national id, and those of whom quarantine alone knows. An erasure keeps it sealed until its last look, if at all.
       * @example 29703012357788
       */
      nationalId?: string;
      /**
       * @description Why. The audit keeps it: name a case, not a person.
       * @example request 2026-118 of the person
       */
      reason: string;
    };
    RedactedReceiptDto: {
      /**
       * Format: uuid
       * @description The erasure.
       */
      erasureId: string;
      /**
       * Format: date-time
       * @description When.
       */
      redactedAt: string;
      /** @description Places in its list that were cut out; null: the whole body, which is no list. */
      elements: number[] | null;
      /** @description Keyed hash of the bytes that stayed as they were received; hex. */
      keptHash: string;
      /**
       * Format: uuid
       * @description The receipt.
       */
      receiptId: string;
    };
    CertificateDto: {
      /**
       * @description Who certifies.
       * @example https://rollcall.example
       */
      issuer: string;
      /**
       * Format: uuid
       * @description The erasure.
       */
      erasureId: string;
      /** @description Who was erased. */
      applicantIds: string[];
      /** @description Why. */
      reason: string;
      /** @description Who asked for it. */
      requestedBy: string;
      /**
       * Format: date-time
       * @description When.
       */
      requestedAt: string;
      /**
       * Format: date-time
       * @description When it began.
       */
      beganAt: string;
      /**
       * Format: date-time
       * @description When nothing was left.
       */
      erasedAt: string;
      /** @description What was overwritten, how many of each. */
      counts: {
        [key: string]: number;
      };
      /** @description Receipts that elements were cut out of. */
      receipts: components['schemas']['RedactedReceiptDto'][];
      /** @description What stays. */
      stays: string;
    };
    SignedCertificateDto: {
      /** @description The certificate, to read. */
      certificate: components['schemas']['CertificateDto'];
      /** @description The same, signed: a compact JWS (EdDSA) with `typ` `rollcall-retention-certificate+jws`. Its key is in `/.well-known/jwks.json`. */
      jws: string;
    };
    PersonBody: {
      /**
       * @description This one applicant.
       * @example A-1001
       */
      applicantId?: string;
      /**
       * @description All applicants who have this national id, and those of whom quarantine alone knows. An erasure keeps it sealed until its last look, if at all.
       * @example 29703012357788
       */
      nationalId?: string;
      /**
       * @description Why. The audit keeps it: name a case, not a person.
       * @example request 2026-118 of the person
       */
      reason: string;
    };
    NotificationDto: {
      /**
       * @description The alert opened, is still open, or is over.
       * @enum {string}
       */
      kind: 'opened' | 'reminder' | 'resolved';
      /**
       * @description How it is sent.
       * @enum {string}
       */
      channel: 'webhook' | 'mail';
      /**
       * @description `due`: to be sent, and retried on failure; `given_up`: not sent within three days.
       * @enum {string}
       */
      state: 'due' | 'sent' | 'given_up';
      /** @description Attempts so far. */
      attempts: number;
      /**
       * @description The last error.
       * @example SMTP_UNREACHABLE
       */
      errorCode: string | null;
      /**
       * Format: date-time
       * @description When it was created.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When the channel accepted it; null before.
       */
      sentAt: string | null;
    };
    AlertDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /**
       * @description The rule that went wrong.
       * @enum {string}
       */
      rule:
        | 'silence'
        | 'tokens_refused'
        | 'callbacks_refused'
        | 'reject_spike'
        | 'quarantine_grows'
        | 'receipts_pending'
        | 'endpoint_failing'
        | 'consumer_behind'
        | 'images_behind'
        | 'gaps_open'
        | 'history_changed'
        | 'disk_full'
        | 'tampered'
        | 'erasure_stuck'
        | 'client_secret_expiring'
        | 'endpoint_secret_expiring';
      /**
       * @description The item, if the rule checks several; else empty.
       * @example enroll
       */
      subject: string;
      /**
       * @description `resolved` once the rule is fine again.
       * @enum {string}
       */
      state: 'open' | 'resolved';
      /**
       * @description The rule in words.
       * @example Quarantine grows
       */
      title: string;
      /**
       * @description What was measured, in words; no personal data.
       * @example Elements that went to quarantine within an hour: 12; open in all: 40.
       */
      summary: string;
      /**
       * @description Counts, ages in seconds and your own names, from the last time that the rule fired.
       * @example {
       *       "recent": 12,
       *       "open": 40
       *     }
       */
      context: {
        [key: string]: unknown;
      };
      /** @description Where to look. */
      link: string;
      /**
       * Format: date-time
       * @description When it opened.
       */
      openedAt: string;
      /**
       * Format: date-time
       * @description When it was resolved; null while it is open.
       */
      resolvedAt: string | null;
      /**
       * Format: date-time
       * @description When somebody acknowledged it; null before.
       */
      acknowledgedAt: string | null;
      /** @description Name of the API key, or `cli:<user>@<host>`. */
      acknowledgedBy: string | null;
      /** @description Notifications about it, oldest first. */
      notifications: components['schemas']['NotificationDto'][];
    };
    AlertPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The alerts of this page. */
      items: components['schemas']['AlertDto'][];
    };
    TestedChannelDto: {
      /**
       * @description The tested channel.
       * @enum {string}
       */
      channel: 'webhook' | 'mail';
      /**
       * @description Result of the test.
       * @enum {string}
       */
      outcome: 'sent' | 'failed' | 'not_configured';
      /**
       * @description What went wrong; `docs/alerts.md` lists the codes.
       * @example SMTP_AUTH
       */
      code: string | null;
    };
    TestedDto: {
      /** @description One entry per channel. */
      channels: components['schemas']['TestedChannelDto'][];
    };
    CircuitDto: {
      /**
       * @description `open`: nothing is sent until `until`; `half_open`: the next delivery closes or opens it.
       * @enum {string}
       */
      state: 'closed' | 'open' | 'half_open';
      /** @description Failed attempts in a row. */
      failures: number;
      /**
       * Format: date-time
       * @description When it is tried again; null unless `open`.
       */
      until: string | null;
    };
    EndpointDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /** @description A unique name, for people. */
      name: string;
      /**
       * @description How events are sent.
       * @enum {string}
       */
      kind: 'http' | 'nats';
      /** @description HTTP: `https://…`; in production `http://…` only into allowed ranges. NATS: `nats://host:port` or `tls://host:port`. Without credentials. */
      url: string;
      /** @description NATS only: the subject of an event is this, a dot and the type of the event. */
      subject: string | null;
      /** @description Types of events that are sent; empty: all. */
      events: (
        | 'applicant.created'
        | 'applicant.updated'
        | 'applicant.outcome_changed'
        | 'applicant.flagged'
        | 'applicant.images_ready'
        | 'applicant.erased'
      )[];
      /** @description Only events with these outcomes are sent; empty: all. */
      outcomes: ('accepted' | 'rejected' | 'conflict' | 'unknown')[];
      /** @description Fields of the applicant that are sent with each event. Without any, events hold no personal data. Sensitive fields need the scope `pii:read`. */
      fields: (
        | 'gender'
        | 'phoneNumbers'
        | 'emails'
        | 'livePhotoPath'
        | 'firstName'
        | 'familyName'
        | 'address'
        | 'state'
        | 'idNumber'
        | 'documentNumber'
        | 'documentTypeCode'
        | 'issueDate'
        | 'nationality'
        | 'idFrontScanPath'
        | 'idBackScanPath'
        | 'photo'
        | 'passportScanPath'
        | 'issuingAuthority'
        | 'status'
      )[];
      /** @description Maximum attempts per second; null: no limit. */
      ratePerSecond: number | null;
      /**
       * @description `paused`: events are queued and wait. `disabled`: events are not even queued.
       * @enum {string}
       */
      state: 'active' | 'paused' | 'disabled';
      /**
       * @description Why it is `disabled`: `FAILING` for days, or `GONE` (410).
       * @example FAILING
       */
      stateReason: string | null;
      /**
       * Format: date-time
       * @description When it entered this state.
       */
      stateChangedAt: string;
      /** @description Whether it rests after failures. */
      circuit: components['schemas']['CircuitDto'];
      /**
       * Format: date-time
       * @description It has had no success since this time.
       */
      failingSince: string | null;
      /**
       * Format: date-time
       * @description When an attempt last succeeded; null: never.
       */
      lastSuccessAt: string | null;
      /**
       * Format: date-time
       * @description When an attempt last failed; null: never.
       */
      lastFailureAt: string | null;
      /**
       * @description Why the last failed attempt failed; null: none has.
       * @example CONNECTION_REFUSED
       */
      lastFailureCode: string | null;
      /** @description The API key by name, or `cli:<user>@<host>`. */
      createdBy: string;
      /**
       * Format: date-time
       * @description Events after this time are delivered.
       */
      createdAt: string;
    };
    EndpointPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The endpoints of this page. */
      items: components['schemas']['EndpointDto'][];
    };
    CreateEndpointBody: {
      /**
       * @description A unique name, for people.
       * @example core-banking
       */
      name: string;
      /**
       * @description How events are sent.
       * @default http
       * @enum {string}
       */
      kind?: 'http' | 'nats';
      /**
       * @description HTTP: `https://…`; in production `http://…` only into allowed ranges. NATS: `nats://host:port` or `tls://host:port`. Without credentials.
       * @example https://crm.example/rollcall
       */
      url: string;
      /**
       * @description NATS only: the subject of an event is this, a dot and the type of the event.
       * @example rollcall
       */
      subject?: string;
      /** @description NATS only: a token, `user:password`, or the text of a credentials file. Kept sealed and never shown; empty: none. */
      credentials?: string;
      /** @description Types of events that are sent; empty: all. */
      events?: (
        | 'applicant.created'
        | 'applicant.updated'
        | 'applicant.outcome_changed'
        | 'applicant.flagged'
        | 'applicant.images_ready'
        | 'applicant.erased'
      )[];
      /** @description Only events with these outcomes are sent; empty: all. */
      outcomes?: ('accepted' | 'rejected' | 'conflict' | 'unknown')[];
      /** @description Fields of the applicant that are sent with each event. Without any, events hold no personal data. Sensitive fields need the scope `pii:read`. */
      fields?: (
        | 'gender'
        | 'phoneNumbers'
        | 'emails'
        | 'livePhotoPath'
        | 'firstName'
        | 'familyName'
        | 'address'
        | 'state'
        | 'idNumber'
        | 'documentNumber'
        | 'documentTypeCode'
        | 'issueDate'
        | 'nationality'
        | 'idFrontScanPath'
        | 'idBackScanPath'
        | 'photo'
        | 'passportScanPath'
        | 'issuingAuthority'
        | 'status'
      )[];
      /** @description Maximum attempts per second; null: no limit. */
      ratePerSecond?: number | null;
    };
    CreatedEndpointDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /** @description A unique name, for people. */
      name: string;
      /**
       * @description How events are sent.
       * @enum {string}
       */
      kind: 'http' | 'nats';
      /** @description HTTP: `https://…`; in production `http://…` only into allowed ranges. NATS: `nats://host:port` or `tls://host:port`. Without credentials. */
      url: string;
      /** @description NATS only: the subject of an event is this, a dot and the type of the event. */
      subject: string | null;
      /** @description Types of events that are sent; empty: all. */
      events: (
        | 'applicant.created'
        | 'applicant.updated'
        | 'applicant.outcome_changed'
        | 'applicant.flagged'
        | 'applicant.images_ready'
        | 'applicant.erased'
      )[];
      /** @description Only events with these outcomes are sent; empty: all. */
      outcomes: ('accepted' | 'rejected' | 'conflict' | 'unknown')[];
      /** @description Fields of the applicant that are sent with each event. Without any, events hold no personal data. Sensitive fields need the scope `pii:read`. */
      fields: (
        | 'gender'
        | 'phoneNumbers'
        | 'emails'
        | 'livePhotoPath'
        | 'firstName'
        | 'familyName'
        | 'address'
        | 'state'
        | 'idNumber'
        | 'documentNumber'
        | 'documentTypeCode'
        | 'issueDate'
        | 'nationality'
        | 'idFrontScanPath'
        | 'idBackScanPath'
        | 'photo'
        | 'passportScanPath'
        | 'issuingAuthority'
        | 'status'
      )[];
      /** @description Maximum attempts per second; null: no limit. */
      ratePerSecond: number | null;
      /**
       * @description `paused`: events are queued and wait. `disabled`: events are not even queued.
       * @enum {string}
       */
      state: 'active' | 'paused' | 'disabled';
      /**
       * @description Why it is `disabled`: `FAILING` for days, or `GONE` (410).
       * @example FAILING
       */
      stateReason: string | null;
      /**
       * Format: date-time
       * @description When it entered this state.
       */
      stateChangedAt: string;
      /** @description Whether it rests after failures. */
      circuit: components['schemas']['CircuitDto'];
      /**
       * Format: date-time
       * @description It has had no success since this time.
       */
      failingSince: string | null;
      /**
       * Format: date-time
       * @description When an attempt last succeeded; null: never.
       */
      lastSuccessAt: string | null;
      /**
       * Format: date-time
       * @description When an attempt last failed; null: never.
       */
      lastFailureAt: string | null;
      /**
       * @description Why the last failed attempt failed; null: none has.
       * @example CONNECTION_REFUSED
       */
      lastFailureCode: string | null;
      /** @description The API key by name, or `cli:<user>@<host>`. */
      createdBy: string;
      /**
       * Format: date-time
       * @description Events after this time are delivered.
       */
      createdAt: string;
      /**
       * @description Verifies signatures. Shown only once.
       * @example whsec_…
       */
      secret: string;
    };
    BacklogDto: {
      /** @description Waiting deliveries, counted up to 100,000. */
      due: number;
      /**
       * Format: date-time
       * @description Time of the oldest event that waits.
       */
      oldestDueAt: string | null;
      /** @description Deliveries that were given up, counted up to 100,000. */
      dead: number;
    };
    SecretDto: {
      /**
       * Format: date-time
       * @description When it was created.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it stops signing, after a rotation; null: it is the current one.
       */
      expiresAt: string | null;
    };
    EndpointDetailDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /** @description A unique name, for people. */
      name: string;
      /**
       * @description How events are sent.
       * @enum {string}
       */
      kind: 'http' | 'nats';
      /** @description HTTP: `https://…`; in production `http://…` only into allowed ranges. NATS: `nats://host:port` or `tls://host:port`. Without credentials. */
      url: string;
      /** @description NATS only: the subject of an event is this, a dot and the type of the event. */
      subject: string | null;
      /** @description Types of events that are sent; empty: all. */
      events: (
        | 'applicant.created'
        | 'applicant.updated'
        | 'applicant.outcome_changed'
        | 'applicant.flagged'
        | 'applicant.images_ready'
        | 'applicant.erased'
      )[];
      /** @description Only events with these outcomes are sent; empty: all. */
      outcomes: ('accepted' | 'rejected' | 'conflict' | 'unknown')[];
      /** @description Fields of the applicant that are sent with each event. Without any, events hold no personal data. Sensitive fields need the scope `pii:read`. */
      fields: (
        | 'gender'
        | 'phoneNumbers'
        | 'emails'
        | 'livePhotoPath'
        | 'firstName'
        | 'familyName'
        | 'address'
        | 'state'
        | 'idNumber'
        | 'documentNumber'
        | 'documentTypeCode'
        | 'issueDate'
        | 'nationality'
        | 'idFrontScanPath'
        | 'idBackScanPath'
        | 'photo'
        | 'passportScanPath'
        | 'issuingAuthority'
        | 'status'
      )[];
      /** @description Maximum attempts per second; null: no limit. */
      ratePerSecond: number | null;
      /**
       * @description `paused`: events are queued and wait. `disabled`: events are not even queued.
       * @enum {string}
       */
      state: 'active' | 'paused' | 'disabled';
      /**
       * @description Why it is `disabled`: `FAILING` for days, or `GONE` (410).
       * @example FAILING
       */
      stateReason: string | null;
      /**
       * Format: date-time
       * @description When it entered this state.
       */
      stateChangedAt: string;
      /** @description Whether it rests after failures. */
      circuit: components['schemas']['CircuitDto'];
      /**
       * Format: date-time
       * @description It has had no success since this time.
       */
      failingSince: string | null;
      /**
       * Format: date-time
       * @description When an attempt last succeeded; null: never.
       */
      lastSuccessAt: string | null;
      /**
       * Format: date-time
       * @description When an attempt last failed; null: never.
       */
      lastFailureAt: string | null;
      /**
       * @description Why the last failed attempt failed; null: none has.
       * @example CONNECTION_REFUSED
       */
      lastFailureCode: string | null;
      /** @description The API key by name, or `cli:<user>@<host>`. */
      createdBy: string;
      /**
       * Format: date-time
       * @description Events after this time are delivered.
       */
      createdAt: string;
      /** @description Its waiting deliveries. */
      backlog: components['schemas']['BacklogDto'];
      /** @description The secrets that sign now, newest first. */
      secrets: components['schemas']['SecretDto'][];
    };
    UpdateEndpointBody: {
      /**
       * @description A unique name, for people.
       * @example core-banking
       */
      name?: string;
      /**
       * @description HTTP: `https://…`; in production `http://…` only into allowed ranges. NATS: `nats://host:port` or `tls://host:port`. Without credentials.
       * @example https://crm.example/rollcall
       */
      url?: string;
      /**
       * @description NATS only: the subject of an event is this, a dot and the type of the event.
       * @example rollcall
       */
      subject?: string;
      /** @description NATS only: a token, `user:password`, or the text of a credentials file. Kept sealed and never shown; empty: none. */
      credentials?: string;
      /** @description Types of events that are sent; empty: all. */
      events?: (
        | 'applicant.created'
        | 'applicant.updated'
        | 'applicant.outcome_changed'
        | 'applicant.flagged'
        | 'applicant.images_ready'
        | 'applicant.erased'
      )[];
      /** @description Only events with these outcomes are sent; empty: all. */
      outcomes?: ('accepted' | 'rejected' | 'conflict' | 'unknown')[];
      /** @description Fields of the applicant that are sent with each event. Without any, events hold no personal data. Sensitive fields need the scope `pii:read`. */
      fields?: (
        | 'gender'
        | 'phoneNumbers'
        | 'emails'
        | 'livePhotoPath'
        | 'firstName'
        | 'familyName'
        | 'address'
        | 'state'
        | 'idNumber'
        | 'documentNumber'
        | 'documentTypeCode'
        | 'issueDate'
        | 'nationality'
        | 'idFrontScanPath'
        | 'idBackScanPath'
        | 'photo'
        | 'passportScanPath'
        | 'issuingAuthority'
        | 'status'
      )[];
      /** @description Maximum attempts per second; null: no limit. */
      ratePerSecond?: number | null;
    };
    NewSecretDto: {
      /**
       * @description Shown only once.
       * @example whsec_…
       */
      secret: string;
    };
    DeliveryDto: {
      /**
       * @description The `webhook-id` that every attempt is sent with.
       * @example msg_120457_901_9f86d081884c
       */
      id: string;
      /**
       * @description What happened.
       * @enum {string}
       */
      event:
        | 'applicant.created'
        | 'applicant.updated'
        | 'applicant.outcome_changed'
        | 'applicant.flagged'
        | 'applicant.images_ready'
        | 'applicant.erased'
        | 'rollcall.test';
      /** @description The applicant it is about. */
      applicantId: string;
      /** @description The version it is about. */
      version: number;
      /**
       * Format: date-time
       * @description When it happened.
       */
      occurredAt: string;
      /**
       * @description `due`: waits for its next attempt, or for an earlier event of its applicant. `dead`: given up.
       * @enum {string}
       */
      state: 'due' | 'delivered' | 'dead';
      /** @description Number of attempts so far. */
      attempts: number;
      /**
       * Format: date-time
       * @description When it is tried next; null unless `due`.
       */
      nextAttemptAt: string | null;
      /**
       * Format: date-time
       * @description When it was delivered or given up.
       */
      settledAt: string | null;
      /**
       * @description Of the last attempt. Why it failed; null: it succeeded.
       * @example HTTP_5XX
       */
      lastCode: string | null;
    };
    DeliveryPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The deliveries of this page. */
      items: components['schemas']['DeliveryDto'][];
    };
    AttemptDto: {
      /** @description Counts the attempts of the delivery, from 1. */
      number: number;
      /**
       * Format: date-time
       * @description When it was made.
       */
      at: string;
      /** @description How long it took, in milliseconds. */
      durationMs: number;
      /** @description HTTP status, where there was an answer. */
      status: number | null;
      /**
       * @description Why it failed; null: it succeeded.
       * @example TIMEOUT
       */
      code: string | null;
      /** @description The beginning of the answer to a failed attempt, without credentials and long numbers. */
      answer: string | null;
    };
    AttemptPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The attempts of this page. */
      items: components['schemas']['AttemptDto'][];
    };
    BulkBody: {
      /** @description `nextCursor` of the previous page; opaque. */
      cursor?: string;
      /**
       * @description The start of the range of events.
       * @example 2026-11-23T08:00:00Z
       */
      since: string;
      /**
       * @description True: only count.
       * @default false
       */
      dryRun?: boolean;
    };
    BulkDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description Deliveries that are due now, or would be without `dryRun`. */
      count: number;
    };
    OutcomesDto: {
      /** @description Approved by eNROLL. */
      accepted: number;
      /** @description Rejected by eNROLL. */
      rejected: number;
      /** @description URL and status contradict each other. */
      conflict: number;
      /** @description Neither URL nor status tells the outcome. */
      unknown: number;
    };
    ApplicantTotalsDto: {
      /** @description Count of all applicants. */
      total: number;
      /** @description Counts by current outcome. */
      byOutcome: components['schemas']['OutcomesDto'];
    };
    ByKindDto: {
      /** @description Receipts at the success URL. */
      success: number;
      /** @description Receipts at the fail URL. */
      fail: number;
      /** @description Receipts at the URL for both. */
      any: number;
    };
    RefusedDto: {
      /** @description Requests for a token. */
      tokens: number;
      /** @description Callbacks, also those that left a receipt. */
      callbacks: number;
    };
    LatencyDto: {
      /**
       * @description Half of the answers took no longer.
       * @example 4.76
       */
      p50: number;
      /**
       * @description 95 % of the answers took no longer.
       * @example 9.51
       */
      p95: number;
      /**
       * @description 99 % of the answers took no longer.
       * @example 16
       */
      p99: number;
    };
    CallbackCountsDto: {
      /** @description Receipts by URL. */
      callbacks: components['schemas']['ByKindDto'];
      /** @description Requests that were refused as they came, by strangers too; 0 for other sources. `GET /api/v1/refusals` lists them. */
      refused: components['schemas']['RefusedDto'];
      /** @description Receipts that could not be read at all. */
      rejected: number;
      /** @description Elements in all lists. */
      received: number;
      /** @description Elements that made a new version. */
      applied: number;
      /** @description Duplicate or stale elements. */
      duplicates: number;
      /** @description Elements that went to quarantine. */
      quarantined: number;
      /** @description Milliseconds until a kept callback was answered, estimated from a histogram; null: none was measured. */
      latencyMs: components['schemas']['LatencyDto'] | null;
    };
    SilenceDto: {
      /**
       * Format: date-time
       * @description Time of the last callback; null: there was none.
       */
      lastCallbackAt: string | null;
      /**
       * @description Minutes since the last callback; null: there was none.
       * @example 3.2
       */
      minutesSinceLast: number | null;
      /**
       * @description The longest silence of this hour of the week in Cairo, in seven of the last eight weeks; null: fewer than four weeks are known.
       * @example 11
       */
      usualMinutes: number | null;
      /**
       * @description The silence that is too long: three times the usual and ten minutes at least; while the usual is unknown, the alert limit `silenceHours`.
       * @example 33
       */
      limitMinutes: number;
      /** @description Whether the silence is longer than that; null: there was no callback so far. */
      isSilent: boolean | null;
    };
    OverviewDto: {
      /**
       * Format: date-time
       * @description Start of the counted range, a full hour.
       */
      from: string;
      /**
       * Format: date-time
       * @description End of the range, a full hour, excluded.
       */
      to: string;
      /**
       * Format: date-time
       * @description Applicants and events committed before this time are counted.
       */
      asOf: string;
      /**
       * Format: date-time
       * @description As `asOf` of `callbacks`.
       */
      callbacksAsOf: string | null;
      /** @description Applicants first received in the range. */
      applicants: components['schemas']['ApplicantTotalsDto'];
      /**
       * @description Events in the range by type, without types that have none.
       * @example {
       *       "applicant.created": 120,
       *       "applicant.updated": 7
       *     }
       */
      events: {
        [key: string]: number;
      };
      /** @description Callbacks of eNROLL in the range. */
      callbacks: components['schemas']['CallbackCountsDto'];
      /** @description Time since the last callback. */
      silence: components['schemas']['SilenceDto'];
    };
    NamesDto: {
      /**
       * @description In English.
       * @example Fayoum
       */
      en: string;
      /**
       * @description In Arabic.
       * @example الفيوم
       */
      ar: string;
    };
    SeriesDto: {
      /**
       * @description Null stands for those without a value.
       * @example accepted
       */
      value: string | null;
      /** @description Only of governorates. */
      names: components['schemas']['NamesDto'] | null;
      /** @description Count of the whole range. */
      total: number;
      /**
       * @description One per bucket.
       * @example [
       *       12,
       *       0,
       *       7
       *     ]
       */
      counts: number[];
    };
    RestDto: {
      /** @description Count of the whole range. */
      total: number;
      /**
       * @description One per bucket.
       * @example [
       *       12,
       *       0,
       *       7
       *     ]
       */
      counts: number[];
    };
    ApplicantStatsDto: {
      /**
       * Format: date-time
       * @description Start of the counted range, a full hour.
       */
      from: string;
      /**
       * Format: date-time
       * @description End of the range, a full hour, excluded.
       */
      to: string;
      /**
       * Format: date-time
       * @description Everything committed before this time is counted.
       */
      asOf: string;
      /**
       * @description The length of a bucket.
       * @enum {string}
       */
      bucket: 'hour' | 'day' | 'none';
      /**
       * @description Start of each bucket; it ends where the next one starts.
       * @example [
       *       "2026-11-01T22:00:00.000Z"
       *     ]
       */
      buckets: string[];
      /** @description The most frequent value first, at most a hundred values. */
      series: components['schemas']['SeriesDto'][];
      /** @description All other values together; null if there are none. */
      rest: components['schemas']['RestDto'] | null;
      /**
       * @description How the counts are grouped.
       * @enum {string}
       */
      by: 'outcome' | 'status' | 'governorate' | 'nationality' | 'documentType' | 'flag';
    };
    EventStatsDto: {
      /**
       * Format: date-time
       * @description Start of the counted range, a full hour.
       */
      from: string;
      /**
       * Format: date-time
       * @description End of the range, a full hour, excluded.
       */
      to: string;
      /**
       * Format: date-time
       * @description Everything committed before this time is counted.
       */
      asOf: string;
      /**
       * @description The length of a bucket.
       * @enum {string}
       */
      bucket: 'hour' | 'day' | 'none';
      /**
       * @description Start of each bucket; it ends where the next one starts.
       * @example [
       *       "2026-11-01T22:00:00.000Z"
       *     ]
       */
      buckets: string[];
      /** @description The most frequent value first, at most a hundred values. */
      series: components['schemas']['SeriesDto'][];
      /** @description All other values together; null if there are none. */
      rest: components['schemas']['RestDto'] | null;
      /**
       * @description How the counts are grouped.
       * @enum {string}
       */
      by: 'type' | 'source' | 'outcome';
    };
    CallbackBucketDto: {
      /** @description Receipts by URL. */
      callbacks: components['schemas']['ByKindDto'];
      /** @description Requests that were refused as they came, by strangers too; 0 for other sources. `GET /api/v1/refusals` lists them. */
      refused: components['schemas']['RefusedDto'];
      /** @description Receipts that could not be read at all. */
      rejected: number;
      /** @description Elements in all lists. */
      received: number;
      /** @description Elements that made a new version. */
      applied: number;
      /** @description Duplicate or stale elements. */
      duplicates: number;
      /** @description Elements that went to quarantine. */
      quarantined: number;
      /** @description Milliseconds until a kept callback was answered, estimated from a histogram; null: none was measured. */
      latencyMs: components['schemas']['LatencyDto'] | null;
      /**
       * Format: date-time
       * @description Start of the bucket.
       */
      start: string;
    };
    CallbackStatsDto: {
      /**
       * Format: date-time
       * @description Start of the counted range, a full hour.
       */
      from: string;
      /**
       * Format: date-time
       * @description End of the range, a full hour, excluded.
       */
      to: string;
      /**
       * Format: date-time
       * @description Everything received before this time is counted, about two minutes after it came; null: nothing is counted yet.
       */
      asOf: string | null;
      /**
       * @description Where the lists came from.
       * @enum {string}
       */
      source: 'callback' | 'replay' | 'reconciliation';
      /**
       * @description The length of a bucket.
       * @enum {string}
       */
      bucket: 'hour' | 'day' | 'none';
      /** @description One entry per bucket, oldest first. */
      buckets: components['schemas']['CallbackBucketDto'][];
    };
    InstallationDto: {
      /**
       * Format: uuid
       * @description The id of the installation: all its replicas and commands share it.
       */
      id: string;
      /**
       * @description The version that answers.
       * @example 1.2.0
       */
      version: string;
      /** @description Base URL of the server that started last. */
      publicUrl: string | null;
      /**
       * @description Its database, without the login.
       * @example postgres://db.example.org:5432/rollcall
       */
      database: string;
    };
    HealthDto: {
      /** @description Whether this process takes callbacks: as `/health/ready`. */
      ready: boolean;
      /** @description Why not; empty where it is ready. */
      reasons: string[];
    };
    DayDto: {
      /** @description Requests that were refused as they came, by strangers too; 0 for other sources. `GET /api/v1/refusals` lists them. */
      refused: components['schemas']['RefusedDto'];
      /** @description Receipts that could not be read at all. */
      rejected: number;
      /** @description Receipts of all callback URLs, also those that were rejected. */
      callbacks: number;
    };
    CallbacksStatusDto: {
      /**
       * Format: date-time
       * @description Time of the last callback; null: there was none.
       */
      lastCallbackAt: string | null;
      /**
       * @description The longest silence of this hour of the week in Cairo, in seven of the last eight weeks; null: fewer than four weeks are known.
       * @example 11
       */
      usualMinutes: number | null;
      /** @description Whether the silence is longer than that; null: there was no callback so far. */
      isSilent: boolean | null;
      /** @description Since midnight in Cairo. */
      today: components['schemas']['DayDto'];
      /** @description The day before, in Cairo. */
      yesterday: components['schemas']['DayDto'];
      /** @description Kept, and not applied yet. */
      pending: number;
    };
    RecentRefusalsDto: {
      /** @description Of clients, and of callers that named one. */
      ofClients: number;
      /** @description Of anybody else. */
      ofStrangers: number;
    };
    RefusedStatusDto: {
      /** @description Requests for a token. */
      tokens: components['schemas']['RecentRefusalsDto'];
      /** @description Callbacks. */
      callbacks: components['schemas']['RecentRefusalsDto'];
    };
    QuarantineStatusDto: {
      /** @description Elements that wait for somebody. */
      open: number;
      /** @description Of these, from the last hour. */
      lastHour: number;
    };
    ImagesStatusDto: {
      /** @description Images still to be fetched. */
      waiting: number;
      /** @description Images that could not be fetched. */
      failed: number;
      /** @description Seconds by which fetching is late. */
      behindSeconds: number;
      /** @description Whether eNROLL's query API is configured. */
      configured: boolean;
      /** @description Whether somebody paused the mirror. */
      paused: boolean;
      /** @description What keeps all of them; null: nothing. */
      fault: string | null;
    };
    DeliveriesStatusDto: {
      /** @description Deliveries that wait, a thousand of each endpoint at most. */
      due: number;
      /** @description Deliveries that were given up, counted the same way. */
      dead: number;
      /**
       * @description Endpoints that fail or are disabled, by name.
       * @example [
       *       "crm"
       *     ]
       */
      failing: string[];
    };
    LastProbeDto: {
      /**
       * Format: date-time
       * @description When the latest of these tests came.
       */
      at: string;
      /**
       * @description The URL as it was called, without its query.
       * @example /callbacks/success
       */
      url: string;
      /** @description Whether a valid access token came along; the test is answered 200 either way. */
      tokenValid: boolean;
    };
    LastProbesDto: {
      /** @description At the success URL. */
      success: components['schemas']['LastProbeDto'] | null;
      /** @description At the fail URL. */
      fail: components['schemas']['LastProbeDto'] | null;
      /** @description At the URL for both. */
      any: components['schemas']['LastProbeDto'] | null;
    };
    LastTokenDto: {
      /**
       * @description The client.
       * @example enroll
       */
      clientId: string;
      /**
       * Format: date-time
       * @description When it was given a token.
       */
      at: string;
      /**
       * @description Where its credentials stood: in the form, in `Authorization: Basic`, or in raw headers.
       * @enum {string}
       */
      credentialsIn: 'form' | 'basic' | 'headers';
    };
    AttentionDto: {
      /**
       * @description What it is: stable. A newer release may have others.
       * @example QUARANTINE_OPEN
       * @enum {string}
       */
      code:
        | 'NOT_READY'
        | 'CALLBACKS_SILENT'
        | 'NEVER_CALLED'
        | 'TOKENS_REFUSED'
        | 'CALLBACKS_REFUSED'
        | 'RECEIPTS_REJECTED'
        | 'RECEIPTS_PENDING'
        | 'QUARANTINE_OPEN'
        | 'ENDPOINT_FAILING'
        | 'DELIVERIES_DEAD'
        | 'IMAGES_PAUSED'
        | 'IMAGES_FAULT'
        | 'IMAGES_LATE'
        | 'IMAGES_FAILED'
        | 'GAPS_OPEN'
        | 'ALERTS_OPEN';
      /**
       * @description What needs somebody.
       * @example Elements that wait in quarantine: 3.
       */
      what: string;
      /**
       * @description The command that goes on from there.
       * @example rollcall quarantine list
       */
      command: string;
      /** @description How many; null where it counts nothing. */
      count: number | null;
      /**
       * @description What it is about: the name of the endpoint, the code of the fault, why it is not ready; null for all others.
       * @example crm
       */
      about: string | null;
      /**
       * Format: uuid
       * @description The endpoint that fails.
       */
      endpointId: string | null;
    };
    StatusDto: {
      /**
       * Format: date-time
       * @description When it was read.
       */
      at: string;
      /** @description Which installation answers. */
      installation: components['schemas']['InstallationDto'];
      /** @description Whether it can work. */
      health: components['schemas']['HealthDto'];
      /** @description What came. */
      callbacks: components['schemas']['CallbacksStatusDto'];
      /** @description What was refused within about an hour. */
      refused: components['schemas']['RefusedStatusDto'];
      /** @description What could not be taken. */
      quarantine: components['schemas']['QuarantineStatusDto'];
      /** @description The mirror of images. */
      images: components['schemas']['ImagesStatusDto'];
      /** @description What is handed on. */
      deliveries: components['schemas']['DeliveriesStatusDto'];
      /** @description Open gaps between eNROLL and Rollcall. */
      gaps: number;
      /** @description Open alerts. */
      alerts: number;
      /** @description The last Callback-Test of each URL; null: there was none. */
      callbackTests: components['schemas']['LastProbesDto'];
      /** @description The last token of each client, the latest first. */
      tokens: components['schemas']['LastTokenDto'][];
      /** @description What needs attention; empty where nothing does. */
      needsAttention: components['schemas']['AttentionDto'][];
    };
    JobDto: {
      /**
       * @description Its name, as it stands in the log.
       * @example inbox.apply-pending
       */
      name: string;
      /**
       * @description `job`: a queue whose jobs are tried again; `poll`: one process looks for something to do.
       * @enum {string}
       */
      kind: 'job' | 'poll';
      /**
       * @description When it begins by itself: five fields of cron, on the clock of Cairo.
       * @example 17 2 * * *
       */
      cron: string | null;
      /** @description How often it looks, in seconds. Some sleep until they are woken. */
      everySeconds: number | null;
      /** @description Jobs that wait, counted up to 1000; null for a poll. */
      waiting: number | null;
      /** @description Jobs under way, counted up to 1000; null for a poll. */
      running: number | null;
      /** @description Jobs that were given up after their last try, of 90 days, counted up to 1000; null for a poll. */
      failed: number | null;
      /**
       * Format: date-time
       * @description Since when the oldest job waits.
       */
      oldestWaitingAt: string | null;
      /**
       * Format: date-time
       * @description When a job last came to its end; null: none within about a day, or a poll.
       */
      lastFinishedAt: string | null;
      /**
       * Format: date-time
       * @description When a job was last given up.
       */
      lastFailedAt: string | null;
      /** @description Living processes that work it off; a poll runs in one. 0: nobody does it. */
      processes: number;
    };
    JobListDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description By name. */
      items: components['schemas']['JobDto'][];
    };
    SettingDto: {
      /**
       * @description Its variable in the environment.
       * @example ROLLCALL_TOKEN_TTL_SECONDS
       */
      name: string;
      /**
       * @description Its topic, as docs/configuration.md has it.
       * @enum {string}
       */
      group:
        | 'listening'
        | 'database'
        | 'keys'
        | 'callers'
        | 'singleSignOn'
        | 'log'
        | 'tls'
        | 'enroll'
        | 'images'
        | 'handingOn'
        | 'alerts'
        | 'keeping';
      /** @description What it means, in English; names stand in backticks. */
      description: string;
      /** @description Whether it is a secret. No secret is shown. */
      isSecret: boolean;
      /** @description Whether a value was given. */
      isSet: boolean;
      /** @description What is in force, without logins in URLs; null: none, or a secret. Of `DATABASE_URL` where the database is. */
      value: string | null;
      /** @description Whether that is the default. */
      isDefault: boolean;
      /**
       * @description `environment`: a variable, also one of `.env`; `file`: the file that its `…_FILE` names; `command`: `ROLLCALL_KEYS_COMMAND`.
       * @enum {string}
       */
      source: 'environment' | 'file' | 'command' | 'default';
    };
    SettingListDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description In the order of docs/configuration.md. */
      items: components['schemas']['SettingDto'][];
    };
    AuditEntryDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /**
       * @description When, in microseconds.
       * @example 2026-11-29T09:30:00.123456Z
       */
      at: string;
      /**
       * @description Who: the name of an API key, `cli:<user>@<host>`, or `system`.
       * @example core-banking
       */
      actor: string;
      /**
       * @description What was done.
       * @example applicant.read
       */
      action: string;
      /**
       * @description To whom or what, as `<noun>:<id>`.
       * @example applicant:A-1001
       */
      subject: string;
      /** @description Why, where a reason was given. */
      reason: string | null;
      /**
       * @description Address of the caller; null for what no request asked for.
       * @example 10.2.0.7
       */
      address: string | null;
      /** @description Id of the request, as in the log and in `X-Request-Id`. */
      requestId: string | null;
      /**
       * @description More about it; no personal data.
       * @example {
       *       "via": "read",
       *       "version": 3
       *     }
       */
      detail: {
        [key: string]: unknown;
      };
      /**
       * @description Its number in the chain; null for the seconds until it is chained.
       * @example 10432
       */
      n: number | null;
      /** @description Hash of its link: SHA-256 over the link before and this entry, in hexadecimal. */
      hash: string | null;
    };
    AuditPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The entries of this page. */
      items: components['schemas']['AuditEntryDto'][];
    };
    VerifyAuditBody: {
      /**
       * @description How many links of the chain.
       * @default 5000
       */
      links?: number;
      /** @description The number of the last of them; without it the newest. */
      upTo?: number;
    };
    TamperingDto: {
      /** @description The number of the first link that is wrong. */
      n: number;
      /**
       * Format: uuid
       * @description Its entry, as far as it is known.
       */
      entry: string | null;
      /**
       * @description What was done with it. `signature`: the signed head of a day is not of this chain.
       * @enum {string}
       */
      what: 'changed' | 'removed' | 'inserted' | 'signature';
    };
    AuditVerdictDto: {
      /** @description The number of the first link that was looked at. */
      first: number;
      /** @description That of the last. */
      last: number;
      /** @description How many links are as they were written. */
      links: number;
      /** @description How many signed heads of days fit them. */
      heads: number;
      /** @description Whether nothing is wrong. */
      intact: boolean;
      /** @description What is wrong first; null where nothing is. */
      tampering: components['schemas']['TamperingDto'] | null;
    };
    PrivacyEdgesDto: {
      /**
       * Format: date-time
       * @description At or after.
       */
      from: string;
      /**
       * Format: date-time
       * @description Before.
       */
      to: string;
    };
    DeedsDto: {
      /**
       * @description Who, as in the audit.
       * @example user:mona
       */
      actor: string;
      /**
       * @description What was done.
       * @example applicant.reveal
       */
      action: string;
      /**
       * @description How often.
       * @example 3
       */
      count: number;
      /**
       * Format: date-time
       * @description When first.
       */
      firstAt: string;
      /**
       * Format: date-time
       * @description When last.
       */
      lastAt: string;
    };
    DeedDto: {
      /**
       * Format: uuid
       * @description Id of the entry in the audit.
       */
      id: string;
      /**
       * Format: date-time
       * @description When.
       */
      at: string;
      /**
       * @description Who.
       * @example user:mona
       */
      actor: string;
      /**
       * @description What was done.
       * @example applicant.reveal
       */
      action: string;
      /**
       * @description To whom or what.
       * @example applicant:A-1001
       */
      subject: string;
      /** @description Why, where a reason was given. */
      reason: string | null;
    };
    PrivacyClassDto: {
      /**
       * @description Kind of deeds.
       * @enum {string}
       */
      class:
        'reveals' | 'reads' | 'rawReads' | 'exports' | 'subjectAccesses' | 'erasures' | 'holds' | 'retention';
      /** @description What it means. */
      meaning: string;
      /**
       * @description How many entries of the audit.
       * @example 3
       */
      count: number;
      /** @description By whom, most first. */
      actors: components['schemas']['DeedsDto'][];
      /** @description Each of them, oldest first; none of `reads`, of which there are too many: `rollcall audit export` has them. */
      entries: components['schemas']['DeedDto'][];
      /**
       * @description Entries that are counted and not listed.
       * @example 0
       */
      leftOff: number;
    };
    PrivacyReportDto: {
      /** @description Who states it: our public URL. */
      issuer: string;
      /**
       * Format: date-time
       * @description When.
       */
      statedAt: string;
      /** @description Of which time. */
      period: components['schemas']['PrivacyEdgesDto'];
      /** @description Every kind, also those that did not happen. */
      classes: components['schemas']['PrivacyClassDto'][];
    };
    SignedPrivacyReportDto: {
      /** @description The report in plain JSON. */
      report: components['schemas']['PrivacyReportDto'];
      /** @description The same report as a compact JWS (RFC 7515), signed with EdDSA; its `kid` is in `/.well-known/jwks.json`. */
      jws: string;
    };
    HoldDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /**
       * @description Whether it still holds.
       * @enum {string}
       */
      state: 'placed' | 'lifted';
      /**
       * @description The applicant that is held; null where a national id is.
       * @example A-1001
       */
      applicantId: string | null;
      /**
       * @description The applicants whom it holds now. Of a national id these may become more. Empty once it is lifted.
       * @example [
       *       "A-1001"
       *     ]
       */
      applicantIds: string[];
      /**
       * @description Why.
       * @example order of the prosecution 4711/2026
       */
      reason: string;
      /**
       * @description Who placed it.
       * @example user:mona
       */
      placedBy: string;
      /**
       * Format: date-time
       * @description When.
       */
      placedAt: string;
      /**
       * @description Who lifted it.
       * @example user:ali
       */
      liftedBy: string | null;
      /**
       * Format: date-time
       * @description When.
       */
      liftedAt: string | null;
    };
    HoldPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The holds of this page. */
      items: components['schemas']['HoldDto'][];
    };
    PlaceHoldBody: {
      /**
       * @description Whom to hold: this one applicant.
       * @example A-1001
       */
      applicantId?: string;
      /**
       * @description Whom to hold: everybody with this national id, now and later. It is kept sealed and never shown.
       * @example 29703012357788
       */
      idNumber?: string;
      /**
       * @description Why nothing may be removed. The audit keeps it: name a case, not a person.
       * @example order of the prosecution 4711/2026
       */
      reason: string;
    };
    PolicyClassDto: {
      /**
       * @description Which class of data.
       * @example receipts
       * @enum {string}
       */
      class:
        | 'receipts'
        | 'versions'
        | 'approved'
        | 'rejected'
        | 'images'
        | 'quarantine'
        | 'deliveries'
        | 'sessions'
        | 'reconciliation'
        | 'probes'
        | 'refusals'
        | 'exports'
        | 'audit';
      /** @description What it is. */
      what: string;
      /** @description For how many days; null: see `withoutEnd`. */
      keepDays: number | null;
      /** @description Where it has no days of its own, how long else. */
      withoutEnd: string | null;
      /** @description From when the days count. */
      from: string;
      /** @description By which law, or for which purpose. */
      reason: string;
      /**
       * @description The setting of the days; null where there is none.
       * @example ROLLCALL_KEEP_RECEIPTS_DAYS
       */
      setting: string | null;
      /**
       * @description Who removes it: a run, an erasure that a run asks for, a job of its own, or the owner of the database.
       * @enum {string}
       */
      removedBy: 'run' | 'erasure' | 'own job' | 'owner';
    };
    PolicyDto: {
      /** @description Every class. */
      classes: components['schemas']['PolicyClassDto'][];
    };
    PreviewClassDto: {
      /**
       * @description Which class of data.
       * @example receipts
       * @enum {string}
       */
      class:
        | 'receipts'
        | 'versions'
        | 'approved'
        | 'rejected'
        | 'images'
        | 'quarantine'
        | 'deliveries'
        | 'sessions'
        | 'reconciliation'
        | 'probes'
        | 'refusals'
        | 'exports'
        | 'audit';
      /**
       * Format: date-time
       * @description What is older is due; null: nothing is.
       */
      dueBefore: string | null;
      /** @description Rows that a run would remove; of applicants: people. */
      due: number;
      /**
       * Format: date-time
       * @description Time of the oldest of them.
       */
      oldest: string | null;
      /** @description Rows that are as old, and stay because of a hold. */
      held: number;
    };
    PreviewDto: {
      /** @description Every class that a run removes. */
      classes: components['schemas']['PreviewClassDto'][];
      /** @description Applicants under hold. */
      heldApplicants: number;
    };
    RetentionStepDto: {
      /**
       * @description Which class of data.
       * @example receipts
       * @enum {string}
       */
      class:
        | 'receipts'
        | 'versions'
        | 'approved'
        | 'rejected'
        | 'images'
        | 'quarantine'
        | 'deliveries'
        | 'sessions'
        | 'reconciliation'
        | 'probes'
        | 'refusals'
        | 'exports'
        | 'audit';
      /** @description The days of the policy when the run began. */
      keepDays: number;
      /**
       * Format: date-time
       * @description What is older was due.
       */
      dueBefore: string;
      /**
       * @description A failed one was tried five times; the next run tries again.
       * @enum {string}
       */
      state: 'waiting' | 'done' | 'failed';
      /** @description Rows removed so far; of applicants: erasures asked for. */
      removed: number;
      /** @description Rows that were due and stayed because of a hold. */
      held: number;
      /**
       * @description Months that were dropped whole.
       * @example [
       *       "2021-10"
       *     ]
       */
      months: string[];
      /** @description Why the last try failed. */
      errorCode: string | null;
      /**
       * Format: date-time
       * @description When it was over.
       */
      finishedAt: string | null;
    };
    RetentionRunDto: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string;
      /**
       * @description What began it.
       * @enum {string}
       */
      trigger: 'schedule' | 'api' | 'cli';
      /**
       * @description Who began it.
       * @example user:mona
       */
      startedBy: string;
      /**
       * @description Failed: at least one class failed; the others are done.
       * @enum {string}
       */
      state: 'running' | 'completed' | 'failed';
      /**
       * Format: date-time
       * @description When it began.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it was over.
       */
      finishedAt: string | null;
      /** @description What was removed, class by class. */
      classes: components['schemas']['RetentionStepDto'][];
    };
    RetentionRunPageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The runs of this page. */
      items: components['schemas']['RetentionRunDto'][];
    };
    KeyDto: {
      /**
       * @description Its id in the ring; never the key.
       * @example k1
       */
      id: string;
      /**
       * @description `current`: the first of the ring, which seals; `opens`: opens what it has sealed; `retired`: nothing uses it.
       * @enum {string}
       */
      state: 'current' | 'opens' | 'retired';
      /** @description Whether the ring of this server holds it. */
      inRing: boolean;
      /**
       * Format: date-time
       * @description When it first was the first key; null: never.
       */
      firstUsedAt: string | null;
      /**
       * Format: date-time
       * @description When a server last said that it seals with it.
       */
      signedAt: string | null;
      /**
       * Format: date-time
       * @description When it was retired.
       */
      retiredAt: string | null;
    };
    KeyListDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description Those of the ring first, then retired ones. */
      items: components['schemas']['KeyDto'][];
    };
    RotatedKeyDto: {
      /**
       * @description Id of the new key.
       * @example k20261130
       */
      id: string;
      /**
       * @description The servers read the ring when they start.
       * @enum {string}
       */
      sealsAfter: 'restart';
    };
    ResealedPlaceDto: {
      /**
       * @description A table, a column, or what is stored.
       * @example applicants
       */
      place: string;
      /**
       * Format: date-time
       * @description What is written since is of the first key.
       */
      startedAt: string;
      /** @description Rows when it began. */
      total: number;
      /** @description Rows that were looked at. */
      seen: number;
      /** @description Rows that have gone over. */
      rewritten: number;
      /** @description Keyed hashes of what is gone, so that they could not be made anew: such a delivery counts as new content. */
      forgotten: number;
      /** @description Rows that no key opens, or that were changed: they stay. */
      unopened: number;
      /**
       * Format: date-time
       * @description When it was done; null: not yet.
       */
      finishedAt: string | null;
    };
    UnopenedRowDto: {
      /**
       * @description Where it is.
       * @example receipts.body
       */
      place: string;
      /** @description Its primary key. */
      rowKey: string;
      /** @description The key that its bytes name. */
      keyId: string | null;
      /**
       * @description Why it does not go over.
       * @example UNSEAL_FAILED
       */
      code: string;
    };
    ResealDto: {
      /** @description The key that everything goes over to; null: never begun. */
      keyId: string | null;
      /**
       * @description `outdated`: it was for a key that is not the first any more.
       * @enum {string}
       */
      state: 'none' | 'running' | 'finished' | 'outdated';
      /** @description First keys of other servers that live: nothing goes over until they have the same. */
      waitsForKeys: string[];
      /** @description How far each place is. */
      places: components['schemas']['ResealedPlaceDto'][];
      /** @description Rows that stay as they are, the first hundred. */
      rows: components['schemas']['UnopenedRowDto'][];
    };
    RetireKeyBody: {
      /**
       * @description End sessions, invitations and recovery codes that may hang on the key. People log in again and make new recovery codes.
       * @default false
       */
      endCredentials?: boolean;
    };
    RetiredDto: {
      /**
       * @description Its id in the ring.
       * @example k1
       */
      id: string;
      /**
       * @description Nothing uses it any more.
       * @enum {string}
       */
      state: 'retired';
      /** @description Rows that name it and that it did not open: they stay closed. */
      unopened: number;
    };
    TimelineEntryDto: {
      /** @description True if the row in the database says something else than what was sealed with it; absent otherwise. What is shown is what was sealed. */
      tampered?: boolean;
      /**
       * @description The columns that were changed. `sealed`: the sealed state is not of this row, so nothing is known of it, and `outcome` is `unknown`.
       * @example [
       *       "outcome"
       *     ]
       */
      tamperedFields?: string[];
      /**
       * Format: date-time
       * @description When it came, was found, was wanted or was done; entries are in this order.
       */
      at: string;
      /**
       * @description `version`, `repeat` (an element that changed nothing), `quarantine` (one that could not be taken), `image`, `gap` (found by reconciliation), `delivery` (an event for an endpoint), `audit` (who saw or did something).
       * @enum {string}
       */
      type: 'version' | 'repeat' | 'quarantine' | 'image' | 'gap' | 'delivery' | 'audit';
      /**
       * @description What happened: the event of a version or delivery; `duplicate` or `stale`; the code of the quarantine; the field of the image; the kind of the gap; the action of the audit.
       * @example applicant.updated
       */
      what: string;
      /**
       * @description What became of it: the outcome of a version, the state of all others; null for `repeat` and `audit`.
       * @example accepted
       */
      state: string | null;
      /**
       * Format: date-time
       * @description When it was replayed or discarded, fetched, healed, delivered, or given up; null before.
       */
      settledAt: string | null;
      /**
       * @description The version that was made, names the image, or was handed on.
       * @example 2
       */
      version: number | null;
      /** @description Of a `version`: eNROLL's status code. */
      status: number | null;
      /** @description Of a `version`: what is doubtful in it. */
      flags: string[] | null;
      /**
       * @description Of a `version`: the fields that differ from the version before.
       * @example [
       *       "address"
       *     ]
       */
      changedFields: string[] | null;
      /**
       * Format: uuid
       * @description Of a `version`, `repeat` or `quarantine`: the receipt that it came in.
       */
      receiptId: string | null;
      /** @description Of a `version`, `repeat` or `quarantine`: its place in that receipt. */
      elementIndex: number | null;
      /**
       * @description Of a `version`, `repeat` or `quarantine`: who brought it, a callback, a replay, or reconciliation.
       * @enum {string|null}
       */
      source: 'callback' | 'replay' | 'reconciliation' | null;
      /**
       * @description Of a `version`, `repeat` or `quarantine`: the callback URL it came to.
       * @enum {string|null}
       */
      kind: 'success' | 'fail' | 'any' | null;
      /**
       * Format: uuid
       * @description The element in quarantine, the gap, the endpoint of the delivery, or the entry of the audit.
       */
      id: string | null;
      /**
       * @description Who resolved the quarantine; the name of the endpoint; who saw or did something.
       * @example core-banking
       */
      by: string | null;
      /**
       * @description Why it is in quarantine, was not fetched, was ignored, was not delivered, or was looked at.
       * @example null
       */
      reason: string | null;
    };
    TimelinePageDto: {
      /** @description Send it as `cursor` to get the next page; null at the end. */
      nextCursor: string | null;
      /** @description The entries of this page, newest first. */
      items: components['schemas']['TimelineEntryDto'][];
      /**
       * @description Types that are left out, since the caller lacks the scope to read them.
       * @example [
       *       "audit"
       *     ]
       */
      leftOut: ('version' | 'repeat' | 'quarantine' | 'image' | 'gap' | 'delivery' | 'audit')[];
    };
    CheckIntegrationBody: {
      /**
       * @description The Client Id of the panel. It comes with `clientSecret`, or not at all.
       * @example enroll
       */
      clientId?: string;
      /**
       * Format: password
       * @description The secret that was pasted into the panel; not kept. Without it `token` is skipped, and no callback is sent.
       */
      clientSecret?: string;
    };
    FindingDto: {
      /**
       * @description What was tried.
       * @example Callback-Test /callbacks/success
       */
      check: string;
      /**
       * @description `unproven`: nobody can tell from here; `skipped`: it was not tried, `found` says why.
       * @enum {string}
       */
      status: 'ok' | 'unproven' | 'warning' | 'failed' | 'skipped';
      /**
       * @description What came of it, in words.
       * @example 200 in 12 ms
       */
      found: string;
      /** @description What to change, and where; null: nothing. */
      fix: string | null;
    };
    IntegrationCheckDto: {
      /**
       * @description Who called: never eNROLL.
       * @enum {string}
       */
      playedBy: 'rollcall';
      /**
       * @description The public URL that was called: that of this installation, always.
       * @example https://rollcall.example.org
       */
      url: string;
      /**
       * Format: date-time
       * @description When it began.
       */
      startedAt: string;
      /** @description What was found, in the order of the checks. */
      findings: components['schemas']['FindingDto'][];
    };
    MessageDataDto: {
      /** @description True if the row in the database says something else than what was sealed with it; absent otherwise. What is shown is what was sealed. */
      tampered?: boolean;
      /**
       * @description The columns that were changed. `sealed`: the sealed state is not of this row, so nothing is known of it, and `outcome` is `unknown`.
       * @example [
       *       "outcome"
       *     ]
       */
      tamperedFields?: string[];
      /** @description Position of this event, which never changes. Give it as `after` to continue from here; detect duplicates by it. */
      cursor: string;
      /**
       * @description eNROLL's id of the application.
       * @example 5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1
       */
      applicantId: string;
      /** @description Counts up per applicant. If a failover or a restore lost a version, another one may come with the same number. */
      version: number;
      /**
       * @description What eNROLL decided, according to this version.
       * @enum {string}
       */
      outcome: 'accepted' | 'rejected' | 'conflict' | 'unknown';
      /**
       * @description The outcome of the version before; null for the first version.
       * @enum {string|null}
       */
      previousOutcome: 'accepted' | 'rejected' | 'conflict' | 'unknown' | null;
      /**
       * @description eNROLL's status code; null if it was not sent.
       * @example 4
       */
      status: number | null;
      /**
       * @description Fields that differ from the version before.
       * @example [
       *       "address",
       *       "emails"
       *     ]
       */
      changedFields: string[];
      /** @description Flags of this version; for `applicant.flagged` the new ones. */
      flags: string[];
      /**
       * Format: uuid
       * @description The callback it came from; null for `applicant.images_ready`.
       */
      receiptId: string | null;
      /**
       * @description Values of the requested fields in this version; absent if none were requested.
       * @example {
       *       "nationality": "EGY"
       *     }
       */
      fields?: Record<string, never>;
    };
    MessageDto: {
      /**
       * @description What happened.
       * @enum {string}
       */
      type:
        | 'applicant.created'
        | 'applicant.updated'
        | 'applicant.outcome_changed'
        | 'applicant.flagged'
        | 'applicant.images_ready'
        | 'applicant.erased'
        | 'rollcall.test';
      /**
       * Format: date-time
       * @description When it happened; the same for every attempt.
       */
      timestamp: string;
      /** @description The event, as in the feed. */
      data: components['schemas']['MessageDataDto'];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type TokenForm = components['schemas']['TokenForm'];
export type TokenResponse = components['schemas']['TokenResponse'];
export type TokenError = components['schemas']['TokenError'];
export type ProblemDto = components['schemas']['ProblemDto'];
export type ApiKeyDto = components['schemas']['ApiKeyDto'];
export type ApiKeyPageDto = components['schemas']['ApiKeyPageDto'];
export type CreateApiKeyBody = components['schemas']['CreateApiKeyBody'];
export type CreatedApiKeyDto = components['schemas']['CreatedApiKeyDto'];
export type ClientSecretDto = components['schemas']['ClientSecretDto'];
export type ClientDto = components['schemas']['ClientDto'];
export type ClientPageDto = components['schemas']['ClientPageDto'];
export type CreateClientBody = components['schemas']['CreateClientBody'];
export type CreatedClientDto = components['schemas']['CreatedClientDto'];
export type NewClientSecretBody = components['schemas']['NewClientSecretBody'];
export type LogInBody = components['schemas']['LogInBody'];
export type MeDto = components['schemas']['MeDto'];
export type InvitationBody = components['schemas']['InvitationBody'];
export type EnrollmentDto = components['schemas']['EnrollmentDto'];
export type ConfirmationBody = components['schemas']['ConfirmationBody'];
export type AcceptedDto = components['schemas']['AcceptedDto'];
export type FirstLinkBody = components['schemas']['FirstLinkBody'];
export type ChangePasswordBody = components['schemas']['ChangePasswordBody'];
export type RenewRecoveryCodesBody = components['schemas']['RenewRecoveryCodesBody'];
export type RecoveryCodesDto = components['schemas']['RecoveryCodesDto'];
export type SessionDto = components['schemas']['SessionDto'];
export type SessionListDto = components['schemas']['SessionListDto'];
export type LogoutTokenForm = components['schemas']['LogoutTokenForm'];
export type UserDto = components['schemas']['UserDto'];
export type UserPageDto = components['schemas']['UserPageDto'];
export type InviteBody = components['schemas']['InviteBody'];
export type InvitationDto = components['schemas']['InvitationDto'];
export type ChangeUserBody = components['schemas']['ChangeUserBody'];
export type RoleDto = components['schemas']['RoleDto'];
export type RoleListDto = components['schemas']['RoleListDto'];
export type ApplicantElement = components['schemas']['ApplicantElement'];
export type CallbackItem = components['schemas']['CallbackItem'];
export type CallbackReport = components['schemas']['CallbackReport'];
export type CallbackTestAnswer = components['schemas']['CallbackTestAnswer'];
export type ReceiptElementDto = components['schemas']['ReceiptElementDto'];
export type ListedReceiptDto = components['schemas']['ListedReceiptDto'];
export type ReceiptPageDto = components['schemas']['ReceiptPageDto'];
export type RedactionDto = components['schemas']['RedactionDto'];
export type ReceiptDto = components['schemas']['ReceiptDto'];
export type QuarantineItemDto = components['schemas']['QuarantineItemDto'];
export type QuarantinePageDto = components['schemas']['QuarantinePageDto'];
export type QuarantineCountDto = components['schemas']['QuarantineCountDto'];
export type QuarantineCountsDto = components['schemas']['QuarantineCountsDto'];
export type MaskedFieldDto = components['schemas']['MaskedFieldDto'];
export type MaskedElementDto = components['schemas']['MaskedElementDto'];
export type QuarantineDto = components['schemas']['QuarantineDto'];
export type RevealReasonBody = components['schemas']['RevealReasonBody'];
export type RevealedElementDto = components['schemas']['RevealedElementDto'];
export type RevealRequestDto = components['schemas']['RevealRequestDto'];
export type ReplayFilter = components['schemas']['ReplayFilter'];
export type ReplayBody = components['schemas']['ReplayBody'];
export type ReplayItemDto = components['schemas']['ReplayItemDto'];
export type ReplayDto = components['schemas']['ReplayDto'];
export type FixBody = components['schemas']['FixBody'];
export type DiscardBody = components['schemas']['DiscardBody'];
export type ProbeDto = components['schemas']['ProbeDto'];
export type ProbePageDto = components['schemas']['ProbePageDto'];
export type RefusalDto = components['schemas']['RefusalDto'];
export type RefusalPageDto = components['schemas']['RefusalPageDto'];
export type ParsedDateDto = components['schemas']['ParsedDateDto'];
export type GovernorateDto = components['schemas']['GovernorateDto'];
export type DerivedDto = components['schemas']['DerivedDto'];
export type ApplicantItemDto = components['schemas']['ApplicantItemDto'];
export type ApplicantPageDto = components['schemas']['ApplicantPageDto'];
export type SearchApplicantsBody = components['schemas']['SearchApplicantsBody'];
export type ApplicantDto = components['schemas']['ApplicantDto'];
export type DifferenceDto = components['schemas']['DifferenceDto'];
export type VersionDto = components['schemas']['VersionDto'];
export type VersionPageDto = components['schemas']['VersionPageDto'];
export type RevealBody = components['schemas']['RevealBody'];
export type RevealedDto = components['schemas']['RevealedDto'];
export type RevealRequestPageDto = components['schemas']['RevealRequestPageDto'];
export type ChangeEventDto = components['schemas']['ChangeEventDto'];
export type ChangesPageDto = components['schemas']['ChangesPageDto'];
export type CreateConsumerBody = components['schemas']['CreateConsumerBody'];
export type LagDto = components['schemas']['LagDto'];
export type ConsumerDto = components['schemas']['ConsumerDto'];
export type ConsumerPageDto = components['schemas']['ConsumerPageDto'];
export type AckBody = components['schemas']['AckBody'];
export type RewindBody = components['schemas']['RewindBody'];
export type ApplicantFilterDto = components['schemas']['ApplicantFilterDto'];
export type CreateExportBody = components['schemas']['CreateExportBody'];
export type ExportDto = components['schemas']['ExportDto'];
export type ExportPageDto = components['schemas']['ExportPageDto'];
export type EnrollTokenDto = components['schemas']['EnrollTokenDto'];
export type ApplicantIdDto = components['schemas']['ApplicantIdDto'];
export type EnrolledApplicantDto = components['schemas']['EnrolledApplicantDto'];
export type EnrolledPageDto = components['schemas']['EnrolledPageDto'];
export type EnrolledByIdsBody = components['schemas']['EnrolledByIdsBody'];
export type EnrolledByIdsDto = components['schemas']['EnrolledByIdsDto'];
export type ImagesBody = components['schemas']['ImagesBody'];
export type EnrolledImageDto = components['schemas']['EnrolledImageDto'];
export type EnrolledImagesDto = components['schemas']['EnrolledImagesDto'];
export type MintSessionBody = components['schemas']['MintSessionBody'];
export type MintedSessionDto = components['schemas']['MintedSessionDto'];
export type SessionPageDto = components['schemas']['SessionPageDto'];
export type PausedDto = components['schemas']['PausedDto'];
export type MirrorFaultDto = components['schemas']['MirrorFaultDto'];
export type ImageCountsDto = components['schemas']['ImageCountsDto'];
export type MirrorStatusDto = components['schemas']['MirrorStatusDto'];
export type RetryImagesBody = components['schemas']['RetryImagesBody'];
export type RetriedDto = components['schemas']['RetriedDto'];
export type ImageDto = components['schemas']['ImageDto'];
export type ImageListDto = components['schemas']['ImageListDto'];
export type RunDto = components['schemas']['RunDto'];
export type RunPageDto = components['schemas']['RunPageDto'];
export type StartRunBody = components['schemas']['StartRunBody'];
export type GapDto = components['schemas']['GapDto'];
export type GapPageDto = components['schemas']['GapPageDto'];
export type HealGapsBody = components['schemas']['HealGapsBody'];
export type HealedDto = components['schemas']['HealedDto'];
export type IgnoreGapBody = components['schemas']['IgnoreGapBody'];
export type PeriodDto = components['schemas']['PeriodDto'];
export type StatementDto = components['schemas']['StatementDto'];
export type SignedStatementDto = components['schemas']['SignedStatementDto'];
export type JwkDto = components['schemas']['JwkDto'];
export type JwksDto = components['schemas']['JwksDto'];
export type ErasureDto = components['schemas']['ErasureDto'];
export type ErasurePageDto = components['schemas']['ErasurePageDto'];
export type RequestErasureBody = components['schemas']['RequestErasureBody'];
export type RedactedReceiptDto = components['schemas']['RedactedReceiptDto'];
export type CertificateDto = components['schemas']['CertificateDto'];
export type SignedCertificateDto = components['schemas']['SignedCertificateDto'];
export type PersonBody = components['schemas']['PersonBody'];
export type NotificationDto = components['schemas']['NotificationDto'];
export type AlertDto = components['schemas']['AlertDto'];
export type AlertPageDto = components['schemas']['AlertPageDto'];
export type TestedChannelDto = components['schemas']['TestedChannelDto'];
export type TestedDto = components['schemas']['TestedDto'];
export type CircuitDto = components['schemas']['CircuitDto'];
export type EndpointDto = components['schemas']['EndpointDto'];
export type EndpointPageDto = components['schemas']['EndpointPageDto'];
export type CreateEndpointBody = components['schemas']['CreateEndpointBody'];
export type CreatedEndpointDto = components['schemas']['CreatedEndpointDto'];
export type BacklogDto = components['schemas']['BacklogDto'];
export type SecretDto = components['schemas']['SecretDto'];
export type EndpointDetailDto = components['schemas']['EndpointDetailDto'];
export type UpdateEndpointBody = components['schemas']['UpdateEndpointBody'];
export type NewSecretDto = components['schemas']['NewSecretDto'];
export type DeliveryDto = components['schemas']['DeliveryDto'];
export type DeliveryPageDto = components['schemas']['DeliveryPageDto'];
export type AttemptDto = components['schemas']['AttemptDto'];
export type AttemptPageDto = components['schemas']['AttemptPageDto'];
export type BulkBody = components['schemas']['BulkBody'];
export type BulkDto = components['schemas']['BulkDto'];
export type OutcomesDto = components['schemas']['OutcomesDto'];
export type ApplicantTotalsDto = components['schemas']['ApplicantTotalsDto'];
export type ByKindDto = components['schemas']['ByKindDto'];
export type RefusedDto = components['schemas']['RefusedDto'];
export type LatencyDto = components['schemas']['LatencyDto'];
export type CallbackCountsDto = components['schemas']['CallbackCountsDto'];
export type SilenceDto = components['schemas']['SilenceDto'];
export type OverviewDto = components['schemas']['OverviewDto'];
export type NamesDto = components['schemas']['NamesDto'];
export type SeriesDto = components['schemas']['SeriesDto'];
export type RestDto = components['schemas']['RestDto'];
export type ApplicantStatsDto = components['schemas']['ApplicantStatsDto'];
export type EventStatsDto = components['schemas']['EventStatsDto'];
export type CallbackBucketDto = components['schemas']['CallbackBucketDto'];
export type CallbackStatsDto = components['schemas']['CallbackStatsDto'];
export type InstallationDto = components['schemas']['InstallationDto'];
export type HealthDto = components['schemas']['HealthDto'];
export type DayDto = components['schemas']['DayDto'];
export type CallbacksStatusDto = components['schemas']['CallbacksStatusDto'];
export type RecentRefusalsDto = components['schemas']['RecentRefusalsDto'];
export type RefusedStatusDto = components['schemas']['RefusedStatusDto'];
export type QuarantineStatusDto = components['schemas']['QuarantineStatusDto'];
export type ImagesStatusDto = components['schemas']['ImagesStatusDto'];
export type DeliveriesStatusDto = components['schemas']['DeliveriesStatusDto'];
export type LastProbeDto = components['schemas']['LastProbeDto'];
export type LastProbesDto = components['schemas']['LastProbesDto'];
export type LastTokenDto = components['schemas']['LastTokenDto'];
export type AttentionDto = components['schemas']['AttentionDto'];
export type StatusDto = components['schemas']['StatusDto'];
export type JobDto = components['schemas']['JobDto'];
export type JobListDto = components['schemas']['JobListDto'];
export type SettingDto = components['schemas']['SettingDto'];
export type SettingListDto = components['schemas']['SettingListDto'];
export type AuditEntryDto = components['schemas']['AuditEntryDto'];
export type AuditPageDto = components['schemas']['AuditPageDto'];
export type VerifyAuditBody = components['schemas']['VerifyAuditBody'];
export type TamperingDto = components['schemas']['TamperingDto'];
export type AuditVerdictDto = components['schemas']['AuditVerdictDto'];
export type PrivacyEdgesDto = components['schemas']['PrivacyEdgesDto'];
export type DeedsDto = components['schemas']['DeedsDto'];
export type DeedDto = components['schemas']['DeedDto'];
export type PrivacyClassDto = components['schemas']['PrivacyClassDto'];
export type PrivacyReportDto = components['schemas']['PrivacyReportDto'];
export type SignedPrivacyReportDto = components['schemas']['SignedPrivacyReportDto'];
export type HoldDto = components['schemas']['HoldDto'];
export type HoldPageDto = components['schemas']['HoldPageDto'];
export type PlaceHoldBody = components['schemas']['PlaceHoldBody'];
export type PolicyClassDto = components['schemas']['PolicyClassDto'];
export type PolicyDto = components['schemas']['PolicyDto'];
export type PreviewClassDto = components['schemas']['PreviewClassDto'];
export type PreviewDto = components['schemas']['PreviewDto'];
export type RetentionStepDto = components['schemas']['RetentionStepDto'];
export type RetentionRunDto = components['schemas']['RetentionRunDto'];
export type RetentionRunPageDto = components['schemas']['RetentionRunPageDto'];
export type KeyDto = components['schemas']['KeyDto'];
export type KeyListDto = components['schemas']['KeyListDto'];
export type RotatedKeyDto = components['schemas']['RotatedKeyDto'];
export type ResealedPlaceDto = components['schemas']['ResealedPlaceDto'];
export type UnopenedRowDto = components['schemas']['UnopenedRowDto'];
export type ResealDto = components['schemas']['ResealDto'];
export type RetireKeyBody = components['schemas']['RetireKeyBody'];
export type RetiredDto = components['schemas']['RetiredDto'];
export type TimelineEntryDto = components['schemas']['TimelineEntryDto'];
export type TimelinePageDto = components['schemas']['TimelinePageDto'];
export type CheckIntegrationBody = components['schemas']['CheckIntegrationBody'];
export type FindingDto = components['schemas']['FindingDto'];
export type IntegrationCheckDto = components['schemas']['IntegrationCheckDto'];
export type MessageDataDto = components['schemas']['MessageDataDto'];
export type MessageDto = components['schemas']['MessageDto'];
export type $defs = Record<string, never>;
export interface operations {
  issueToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': components['schemas']['TokenForm'];
      };
    };
    responses: {
      /** @description A token. */
      200: {
        headers: {
          /** @description `no-store` */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2ln",
           *       "expires_in": 3600,
           *       "token_type": "Bearer"
           *     }
           */
          'application/json': components['schemas']['TokenResponse'];
        };
      };
      /** @description `invalid_request` */
      400: {
        headers: {
          /** @description `no-store` */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "error": "invalid_request",
           *       "error_description": "The parameter grant_type is missing"
           *     }
           */
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description `invalid_client` */
      401: {
        headers: {
          /** @description `no-store` */
          'Cache-Control'?: string;
          /** @description `Basic`, where Basic was used. */
          'WWW-Authenticate'?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "error": "invalid_client",
           *       "error_description": "Client authentication failed"
           *     }
           */
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description `access_denied` */
      403: {
        headers: {
          /** @description `no-store` */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "error": "access_denied",
           *       "error_description": "This may not be called from your address"
           *     }
           */
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description `invalid_request` */
      405: {
        headers: {
          /** @description `no-store` */
          'Cache-Control'?: string;
          /** @description `POST` */
          Allow?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "error": "invalid_request",
           *       "error_description": "The token endpoint takes POST alone"
           *     }
           */
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description `invalid_request` */
      413: {
        headers: {
          /** @description `no-store` */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "error": "invalid_request",
           *       "error_description": "The body is too large"
           *     }
           */
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description `invalid_request` */
      415: {
        headers: {
          /** @description `no-store` */
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "error": "invalid_request",
           *       "error_description": "The body must be application/x-www-form-urlencoded"
           *     }
           */
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description `too_many_requests` */
      429: {
        headers: {
          /** @description `no-store` */
          'Cache-Control'?: string;
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "error": "too_many_requests",
           *       "error_description": "Too many failed requests, try again later"
           *     }
           */
          'application/json': components['schemas']['TokenError'];
        };
      };
      /** @description `temporarily_unavailable` */
      503: {
        headers: {
          /** @description `no-store` */
          'Cache-Control'?: string;
          /** @description Seconds. */
          'Retry-After'?: number;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "error": "temporarily_unavailable",
           *       "error_description": "The database does not answer"
           *     }
           */
          'application/json': components['schemas']['TokenError'];
        };
      };
    };
  };
  listApiKeys: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiKeyPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  createApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateApiKeyBody'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedApiKeyDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the API key. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiKeyDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  disableApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the API key. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is disabled. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  rotateApiKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the API key. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Keep the `key`: it is not shown again. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedApiKeyDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listClients: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClientPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  createClient: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateClientBody'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedClientDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readClient: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the client. */
        clientId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClientDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  createClientSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the client. */
        clientId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewClientSecretBody'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedClientDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  disableClient: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the client. */
        clientId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClientDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  enableClient: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the client. */
        clientId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClientDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  logIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LogInBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `LOGIN_REFUSED`: Login, password or code is wrong. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CROSS_SITE`: The request does not come from a page of this server. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  logOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The cookie opens nothing any more. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  acceptInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['InvitationBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EnrollmentDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CROSS_SITE`: The request does not come from a page of this server. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INVITATION_INVALID`: The invitation is unknown, used or over. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `PASSWORD_REFUSED`: The password is not acceptable. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  confirmInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ConfirmationBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CROSS_SITE`: The request does not come from a page of this server. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INVITATION_INVALID`: The invitation is unknown, used or over. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CODE_REFUSED`: The code is not a current one. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  useFirstLink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['FirstLinkBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CROSS_SITE`: The request does not come from a page of this server. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INVITATION_INVALID`: The invitation is unknown, used or over. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  changePassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangePasswordBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MeDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. `LOGIN_REFUSED`: Login, password or code is wrong. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `PASSWORD_REFUSED`: The password is not acceptable. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  renewRecoveryCodes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RenewRecoveryCodesBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecoveryCodesDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. `LOGIN_REFUSED`: Login, password or code is wrong. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionListDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  endOtherSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Only this session is left. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. `LOGIN_TOO_OLD`: This needs a log-in of the last minutes: log in again. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  endSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the session. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session opens nothing any more. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. `LOGIN_TOO_OLD`: This needs a log-in of the last minutes: log in again. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  beginSingleSignOn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description To the provider. */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `SSO_UNAVAILABLE`: The identity provider does not answer. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  finishSingleSignOn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Logged in, to the console. */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `LOGIN_REFUSED`: Login, password or code is wrong. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `SSO_REFUSED`: The answer of the identity provider cannot be taken. `SSO_NO_ROLE`: The identity provider gives no role here. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `SSO_UNAVAILABLE`: The identity provider does not answer. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  endProvidedSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': components['schemas']['LogoutTokenForm'];
      };
    };
    responses: {
      /** @description They have ended. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `LOGOUT_TOKEN_INVALID`: The log-out token of the identity provider cannot be taken. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `SSO_UNAVAILABLE`: The identity provider does not answer. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listUsers: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  inviteUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['InviteBody'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InvitationDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the person. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  disableUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the person. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Their sessions and their link open nothing any more. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  changeUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the person. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeUserBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  resetUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the person. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InvitationDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  endUserSessions: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the person. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Their sessions open nothing any more. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listRoles: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RoleListDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  receiveSuccess: {
    parameters: {
      query?: never;
      header?: {
        /** @description Present with any value: nothing is read or applied, the answer is 200 (M3). Needs no token. */
        'Callback-Test'?: string;
      };
      path?: never;
      cookie?: never;
    };
    /** @description A list of applicants, `{"applicants": [...]}`, or one applicant (M5). gzip and deflate are accepted. */
    requestBody: {
      content: {
        'application/json':
          | components['schemas']['ApplicantElement'][]
          | {
              applicants: components['schemas']['ApplicantElement'][];
            }
          | components['schemas']['ApplicantElement'];
      };
    };
    responses: {
      /** @description At least one element was taken, and everything reported is committed; or the answer to a Callback-Test. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json':
            components['schemas']['CallbackReport'] | components['schemas']['CallbackTestAnswer'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `NOT_UTF8`: The body is not UTF-8. `WRONG_SHAPE`: The body is neither a list of applicants nor an applicant. `TOO_DEEP`: The JSON is nested too deeply. `BAD_ENCODING`: The compressed body is damaged. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. `CLIENT_CERTIFICATE_REQUIRED`: A client certificate of the right authority is required. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_SLOW`: The body took too long to arrive. */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ALL_ELEMENTS_REFUSED`: No element of the list could be taken. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `OVERLOADED`: Too many callbacks are waiting. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  receiveFail: {
    parameters: {
      query?: never;
      header?: {
        /** @description Present with any value: nothing is read or applied, the answer is 200 (M3). Needs no token. */
        'Callback-Test'?: string;
      };
      path?: never;
      cookie?: never;
    };
    /** @description A list of applicants, `{"applicants": [...]}`, or one applicant (M5). gzip and deflate are accepted. */
    requestBody: {
      content: {
        'application/json':
          | components['schemas']['ApplicantElement'][]
          | {
              applicants: components['schemas']['ApplicantElement'][];
            }
          | components['schemas']['ApplicantElement'];
      };
    };
    responses: {
      /** @description At least one element was taken, and everything reported is committed; or the answer to a Callback-Test. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json':
            components['schemas']['CallbackReport'] | components['schemas']['CallbackTestAnswer'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `NOT_UTF8`: The body is not UTF-8. `WRONG_SHAPE`: The body is neither a list of applicants nor an applicant. `TOO_DEEP`: The JSON is nested too deeply. `BAD_ENCODING`: The compressed body is damaged. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. `CLIENT_CERTIFICATE_REQUIRED`: A client certificate of the right authority is required. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_SLOW`: The body took too long to arrive. */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ALL_ELEMENTS_REFUSED`: No element of the list could be taken. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `OVERLOADED`: Too many callbacks are waiting. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  receiveAny: {
    parameters: {
      query?: never;
      header?: {
        /** @description Present with any value: nothing is read or applied, the answer is 200 (M3). Needs no token. */
        'Callback-Test'?: string;
      };
      path?: never;
      cookie?: never;
    };
    /** @description A list of applicants, `{"applicants": [...]}`, or one applicant (M5). gzip and deflate are accepted. */
    requestBody: {
      content: {
        'application/json':
          | components['schemas']['ApplicantElement'][]
          | {
              applicants: components['schemas']['ApplicantElement'][];
            }
          | components['schemas']['ApplicantElement'];
      };
    };
    responses: {
      /** @description At least one element was taken, and everything reported is committed; or the answer to a Callback-Test. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json':
            components['schemas']['CallbackReport'] | components['schemas']['CallbackTestAnswer'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `NOT_UTF8`: The body is not UTF-8. `WRONG_SHAPE`: The body is neither a list of applicants nor an applicant. `TOO_DEEP`: The JSON is nested too deeply. `BAD_ENCODING`: The compressed body is damaged. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. `CLIENT_CERTIFICATE_REQUIRED`: A client certificate of the right authority is required. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_SLOW`: The body took too long to arrive. */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ALL_ELEMENTS_REFUSED`: No element of the list could be taken. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `OVERLOADED`: Too many callbacks are waiting. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listReceipts: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description Only receipts with an element about this applicant. E.g. `A-1001`. */
        applicantId?: string;
        /** @description Only receipts in this state. */
        state?: 'applied' | 'pending' | 'rejected';
        /** @description Only receipts of this callback URL. */
        kind?: 'success' | 'fail' | 'any';
        /** @description Only receipts that came this way. */
        source?: 'callback' | 'replay' | 'reconciliation';
        /** @description Received at or after. */
        receivedFrom?: string;
        /** @description Received before. */
        receivedTo?: string;
        /**
         * @deprecated
         * @description The old name of `receivedFrom`.
         */
        from?: string;
        /**
         * @deprecated
         * @description The old name of `receivedTo`.
         */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceiptPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. `RESTRICTED`: The applicant is under erasure: nothing of it is shown. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `APPLICANT_ERASED`: The personal data of this applicant was erased. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readReceipt: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the receipt. */
        receiptId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReceiptDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readReceiptBody: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the receipt. */
        receiptId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bytes. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
          'application/octet-stream': string;
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listQuarantine: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description Only elements refused with this code. E.g. `APPLICANT_ID_MISSING`. */
        code?: string;
        /** @description Only elements about this applicant. */
        applicantId?: string;
        /** @description Only elements of this receipt. */
        receiptId?: string;
        /** @description Only elements received at or after. */
        receivedFrom?: string;
        /** @description Only elements received before. */
        receivedTo?: string;
        /** @description Without it: elements of every state. */
        state?: 'open' | 'replayed' | 'discarded';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QuarantinePageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  countQuarantine: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QuarantineCountsDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readQuarantined: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the element. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QuarantineDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  revealQuarantined: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the element. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RevealReasonBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RevealedElementDto'];
        };
      };
      /** @description A second person has to approve it. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RevealRequestDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `REVEAL_NOT_APPROVED`: The reveal is not approved. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `AUDIT_UNAVAILABLE`: The audit cannot be written, so nothing is shown or changed. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  replayQuarantined: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReplayBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplayDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `OVERLOADED`: Too many callbacks are waiting. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  fixQuarantined: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the element. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['FixBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReplayItemDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `STILL_REFUSED`: The element still cannot be taken. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `OVERLOADED`: Too many callbacks are waiting. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  discardQuarantined: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the element. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DiscardBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QuarantineItemDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listProbes: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProbePageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listRefusals: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description Only at this URL. */
        route?: 'token' | 'success' | 'fail' | 'any';
        /** @description Only of such callers. */
        caller?: 'client' | 'named' | 'stranger';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RefusalPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listApplicants: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description Only applicants with this outcome. */
        outcome?: 'accepted' | 'rejected' | 'conflict' | 'unknown';
        /** @description Only applicants with this status code of eNROLL. E.g. `4`. */
        status?: number;
        /** @description First received at or after. */
        receivedFrom?: string;
        /** @description First received before. */
        receivedTo?: string;
        /** @description Only applicants of this nationality, as sent. E.g. `EGY`. */
        nationality?: string;
        /** @description Only applicants with this `documentTypeCode`. E.g. `EGY`. */
        documentType?: string;
        /** @description Only applicants with this flag. E.g. `nationalIdChecksum`. */
        flag?: string;
        /** @description Your own key of the customer, as given when the session token was minted here. It finds the applicant once eNROLL has named the session of the application, seconds after its callback. E.g. `customer-10017`. */
        correlationId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApplicantPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `GONE`: This operation is no longer available. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  searchApplicants: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SearchApplicantsBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApplicantPageDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `SEARCH_TOO_SLOW`: The search took too long. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readApplicant: {
    parameters: {
      query?: {
        /** @description What was known at that time; without it, what is known now. */
        asOf?: string;
      };
      header?: never;
      path: {
        /** @description eNROLL's id of the application. */
        applicantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApplicantDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listVersions: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description eNROLL's id of the application. */
        applicantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['VersionPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  revealApplicant: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description eNROLL's id of the application. */
        applicantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RevealBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RevealedDto'];
        };
      };
      /** @description A second person has to approve it. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RevealRequestDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `REVEAL_NOT_APPROVED`: The reveal is not approved. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `AUDIT_UNAVAILABLE`: The audit cannot be written, so nothing is shown or changed. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listRevealRequests: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description Only requests about this applicant. */
        applicantId?: string;
        /** @description Only requests for this element in quarantine. */
        quarantineId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RevealRequestPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  approveReveal: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the request. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RevealRequestDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. `SECOND_PERSON_NEEDED`: Somebody else has to approve this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `AUDIT_UNAVAILABLE`: The audit cannot be written, so nothing is shown or changed. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listChanges: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description Seconds to wait if there is no event yet. The answer comes with the first event, or with an empty page at the end. */
        wait?: number;
        /** @description A `cursor` or `nextCursor` of this feed; absent: from the oldest change that is kept. */
        after?: string;
        /** @description Only events of these types; repeated, or joined by commas. */
        event?: (
          | 'applicant.created'
          | 'applicant.updated'
          | 'applicant.outcome_changed'
          | 'applicant.flagged'
          | 'applicant.images_ready'
          | 'applicant.erased'
        )[];
        /** @description Only events with these outcomes; repeated, or joined by commas. */
        outcome?: ('accepted' | 'rejected' | 'conflict' | 'unknown')[];
        /** @description Fields of the version to add to each event, repeated or joined by commas. Personal fields need the scope `pii:read`, and each read is recorded. */
        fields?: (
          | 'gender'
          | 'phoneNumbers'
          | 'emails'
          | 'livePhotoPath'
          | 'firstName'
          | 'familyName'
          | 'address'
          | 'state'
          | 'idNumber'
          | 'documentNumber'
          | 'documentTypeCode'
          | 'issueDate'
          | 'nationality'
          | 'idFrontScanPath'
          | 'idBackScanPath'
          | 'photo'
          | 'passportScanPath'
          | 'issuingAuthority'
          | 'status'
        )[];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangesPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. `CURSOR_AHEAD`: The cursor lies beyond what the feed shows. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CURSOR_TOO_OLD`: Events after the cursor are no longer kept. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. `TOO_MANY_READERS_OF_KEY`: This API key has too many readers waiting for the feed. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_READERS`: Too many readers wait for the feed. `DATABASE_UNAVAILABLE`: The database does not answer. `SHUTTING_DOWN`: The server is stopping. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  streamChanges: {
    parameters: {
      query?: {
        /** @description A `cursor` or `nextCursor` of this feed; absent: from the oldest change that is kept. */
        after?: string;
        /** @description Only events of these types; repeated, or joined by commas. */
        event?: (
          | 'applicant.created'
          | 'applicant.updated'
          | 'applicant.outcome_changed'
          | 'applicant.flagged'
          | 'applicant.images_ready'
          | 'applicant.erased'
        )[];
        /** @description Only events with these outcomes; repeated, or joined by commas. */
        outcome?: ('accepted' | 'rejected' | 'conflict' | 'unknown')[];
        /** @description Fields of the version to add to each event, repeated or joined by commas. Personal fields need the scope `pii:read`, and each read is recorded. */
        fields?: (
          | 'gender'
          | 'phoneNumbers'
          | 'emails'
          | 'livePhotoPath'
          | 'firstName'
          | 'familyName'
          | 'address'
          | 'state'
          | 'idNumber'
          | 'documentNumber'
          | 'documentTypeCode'
          | 'issueDate'
          | 'nationality'
          | 'idFrontScanPath'
          | 'idBackScanPath'
          | 'photo'
          | 'passportScanPath'
          | 'issuingAuthority'
          | 'status'
        )[];
      };
      header?: {
        /** @description The last `id` that the reader saw; it takes precedence over `after`. */
        'Last-Event-ID'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events until the caller leaves, the API key is disabled, or the server stops. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. `CURSOR_AHEAD`: The cursor lies beyond what the feed shows. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CURSOR_TOO_OLD`: Events after the cursor are no longer kept. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. `TOO_MANY_READERS_OF_KEY`: This API key has too many readers waiting for the feed. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_READERS`: Too many readers wait for the feed. `DATABASE_UNAVAILABLE`: The database does not answer. `SHUTTING_DOWN`: The server is stopping. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listConsumers: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsumerPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  createConsumer: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateConsumerBody'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsumerDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. `BAD_CURSOR`: The cursor is not one of ours. `CURSOR_AHEAD`: The cursor lies beyond what the feed shows. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONSUMER_EXISTS`: A consumer of this name already exists. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CURSOR_TOO_OLD`: Events after the cursor are no longer kept. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readConsumer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the consumer. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsumerDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  deleteConsumer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the consumer. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The consumer is deleted. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readConsumerChanges: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description Seconds to wait if there is no event yet. The answer comes with the first event, or with an empty page at the end. */
        wait?: number;
      };
      header?: never;
      path: {
        /** @description Name of the consumer. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChangesPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `CURSOR_AHEAD`: The cursor lies beyond what the feed shows. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CURSOR_TOO_OLD`: Events after the cursor are no longer kept. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. `TOO_MANY_READERS_OF_KEY`: This API key has too many readers waiting for the feed. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_READERS`: Too many readers wait for the feed. `DATABASE_UNAVAILABLE`: The database does not answer. `SHUTTING_DOWN`: The server is stopping. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ackConsumer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the consumer. */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AckBody'];
      };
    };
    responses: {
      /** @description The cursor is at this place. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. `BAD_CURSOR`: The cursor is not one of ours. `CURSOR_AHEAD`: The cursor lies beyond what the feed shows. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ACK_BACKWARDS`: The consumer has already acknowledged more than that. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  rewindConsumer: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the consumer. */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RewindBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsumerDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. `BAD_CURSOR`: The cursor is not one of ours. `CURSOR_AHEAD`: The cursor lies beyond what the feed shows. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CURSOR_TOO_OLD`: Events after the cursor are no longer kept. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listExports: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExportPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  createExport: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateExportBody'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExportDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. `TOO_MANY_EXPORTS`: This API key has too many exports waiting. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readExport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the export. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExportDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  deleteExport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the export. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  downloadExport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the export. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bytes. */
      200: {
        headers: {
          'Content-Disposition'?: string;
          'Content-Length'?: number;
          [name: string]: unknown;
        };
        content: {
          'text/csv; charset=utf-8': string;
          'application/x-ndjson': string;
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
          'application/vnd.apache.parquet': string;
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `EXPORT_NOT_READY`: The export has no file. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `IMAGE_STORE_UNAVAILABLE`: The image store does not answer. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  cancelExport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the export. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExportDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  checkEnrollToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EnrollTokenDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_AUTH`: eNROLL refused our credentials. `ENROLL_FORBIDDEN`: eNROLL does not allow this. `ENROLL_REFUSED`: eNROLL refused the request. `ENROLL_UNAVAILABLE`: eNROLL does not answer. `ENROLL_BAD_ANSWER`: The answer of eNROLL does not fit the dialect. `ENROLL_ANSWER_TOO_LARGE`: The answer of eNROLL is too large. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `ENROLL_BUSY`: eNROLL must not be called right now. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_TIMEOUT`: eNROLL took too long to answer. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  findEnrolledApplicantId: {
    parameters: {
      query: {
        /** @description eNROLL's id of the request. */
        requestId: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApplicantIdDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_FOUND`: Not found at eNROLL. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_AUTH`: eNROLL refused our credentials. `ENROLL_FORBIDDEN`: eNROLL does not allow this. `ENROLL_REFUSED`: eNROLL refused the request. `ENROLL_UNAVAILABLE`: eNROLL does not answer. `ENROLL_BAD_ANSWER`: The answer of eNROLL does not fit the dialect. `ENROLL_ANSWER_TOO_LARGE`: The answer of eNROLL is too large. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `ENROLL_BUSY`: eNROLL must not be called right now. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_TIMEOUT`: eNROLL took too long to answer. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  findEnrolled: {
    parameters: {
      query?: {
        /** @description eNROLL's id of the request. E.g. `1700398203730`. */
        requestId?: string;
        /** @description Your own key of the customer. E.g. `customer-10017`. */
        correlationId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EnrolledPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_FOUND`: Not found at eNROLL. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_AUTH`: eNROLL refused our credentials. `ENROLL_FORBIDDEN`: eNROLL does not allow this. `ENROLL_REFUSED`: eNROLL refused the request. `ENROLL_UNAVAILABLE`: eNROLL does not answer. `ENROLL_BAD_ANSWER`: The answer of eNROLL does not fit the dialect. `ENROLL_ANSWER_TOO_LARGE`: The answer of eNROLL is too large. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `ENROLL_BUSY`: eNROLL must not be called right now. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_TIMEOUT`: eNROLL took too long to answer. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listEnrolledByDate: {
    parameters: {
      query: {
        /** @description Enrolled at or after this time; a date is the beginning of that day in Cairo. */
        from: string;
        /** @description Enrolled before this time; a date is the beginning of that day in Cairo. */
        to: string;
        /** @description `nextCursor` of the page before; opaque. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EnrolledPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_FOUND`: Not found at eNROLL. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_AUTH`: eNROLL refused our credentials. `ENROLL_FORBIDDEN`: eNROLL does not allow this. `ENROLL_REFUSED`: eNROLL refused the request. `ENROLL_UNAVAILABLE`: eNROLL does not answer. `ENROLL_BAD_ANSWER`: The answer of eNROLL does not fit the dialect. `ENROLL_ANSWER_TOO_LARGE`: The answer of eNROLL is too large. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `ENROLL_BUSY`: eNROLL must not be called right now. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_TIMEOUT`: eNROLL took too long to answer. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listEnrolledByIds: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EnrolledByIdsBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EnrolledByIdsDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_FOUND`: Not found at eNROLL. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_AUTH`: eNROLL refused our credentials. `ENROLL_FORBIDDEN`: eNROLL does not allow this. `ENROLL_REFUSED`: eNROLL refused the request. `ENROLL_UNAVAILABLE`: eNROLL does not answer. `ENROLL_BAD_ANSWER`: The answer of eNROLL does not fit the dialect. `ENROLL_ANSWER_TOO_LARGE`: The answer of eNROLL is too large. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `ENROLL_BUSY`: eNROLL must not be called right now. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_TIMEOUT`: eNROLL took too long to answer. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readEnrollImage: {
    parameters: {
      query: {
        /** @description As in an image field of the applicant; opaque. */
        path: string;
        /** @description `photo` for a path of the field `photo`. Some tenants serve it by a separate call. */
        call?: 'image' | 'photo';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bytes. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/jpeg': string;
          'image/png': string;
          'image/webp': string;
          'application/pdf': string;
          'application/octet-stream': string;
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `ENROLL_IMAGE_PATH`: The image path is not acceptable. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_FOUND`: Not found at eNROLL. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_AUTH`: eNROLL refused our credentials. `ENROLL_FORBIDDEN`: eNROLL does not allow this. `ENROLL_REFUSED`: eNROLL refused the request. `ENROLL_UNAVAILABLE`: eNROLL does not answer. `ENROLL_BAD_ANSWER`: The answer of eNROLL does not fit the dialect. `ENROLL_ANSWER_TOO_LARGE`: The answer of eNROLL is too large. `ENROLL_IMAGE_TOO_LARGE`: The image is too large. `ENROLL_IMAGE_DAMAGED`: The image is not complete base64. `ENROLL_IMAGE_HARMFUL`: The scanner found something harmful in the image. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `ENROLL_BUSY`: eNROLL must not be called right now. `SCANNER_UNAVAILABLE`: The scanner of images does not answer. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_TIMEOUT`: eNROLL took too long to answer. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readEnrollImages: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ImagesBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EnrolledImagesDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. `ENROLL_IMAGE_PATH`: The image path is not acceptable. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_FOUND`: Not found at eNROLL. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_AUTH`: eNROLL refused our credentials. `ENROLL_FORBIDDEN`: eNROLL does not allow this. `ENROLL_REFUSED`: eNROLL refused the request. `ENROLL_UNAVAILABLE`: eNROLL does not answer. `ENROLL_BAD_ANSWER`: The answer of eNROLL does not fit the dialect. `ENROLL_ANSWER_TOO_LARGE`: The answer of eNROLL is too large. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `ENROLL_BUSY`: eNROLL must not be called right now. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_TIMEOUT`: eNROLL took too long to answer. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listSessionTokens: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description `open`: who started and never finished. */
        state?: 'open' | 'finished';
        /** @description Only sessions of this kind. */
        kind?: 'onboarding' | 'authentication';
        /** @description Only sessions of this customer of yours. E.g. `customer-10017`. */
        correlationId?: string;
        /** @description Only the session of this request. E.g. `1700398203730`. */
        requestId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  mintSessionToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MintSessionBody'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MintedSessionDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_AUTH`: eNROLL refused our credentials. `ENROLL_FORBIDDEN`: eNROLL does not allow this. `ENROLL_REFUSED`: eNROLL refused the request. `ENROLL_UNAVAILABLE`: eNROLL does not answer. `ENROLL_BAD_ANSWER`: The answer of eNROLL does not fit the dialect. `ENROLL_ANSWER_TOO_LARGE`: The answer of eNROLL is too large. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `ENROLL_BUSY`: eNROLL must not be called right now. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_TIMEOUT`: eNROLL took too long to answer. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readImageStatus: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MirrorStatusDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  retryImages: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RetryImagesBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RetriedDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  pauseImages: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MirrorStatusDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  resumeImages: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MirrorStatusDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listImages: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description eNROLL's id of the application. */
        applicantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImageListDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readImage: {
    parameters: {
      query?: {
        /** @description `thumb`: a WebP of at most 320 x 320 pixels without metadata; `full`: as eNROLL gave it. */
        size?: 'thumb' | 'full';
        /** @description What the field showed at this version; absent: what it shows now. */
        version?: number;
      };
      header?: {
        /** @description The `ETag` of the image that the caller has. */
        'If-None-Match'?: string;
      };
      path: {
        /** @description eNROLL's id of the application. */
        applicantId: string;
        /** @description Which image, by the field that names it. */
        field: 'livePhotoPath' | 'idFrontScanPath' | 'idBackScanPath' | 'passportScanPath' | 'photo';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The bytes. */
      200: {
        headers: {
          ETag?: string;
          'Cache-Control'?: string;
          [name: string]: unknown;
        };
        content: {
          'image/jpeg': string;
          'image/png': string;
          'image/webp': string;
          'application/pdf': string;
        };
      };
      /** @description The caller has it already. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. `IMAGE_MISSING`: eNROLL does not have this image. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `IMAGE_NOT_FETCHED`: The image is not fetched yet. `IMAGE_NOT_AN_IMAGE`: eNROLL sent something that is not an image. `IMAGE_FAILED`: The image could not be fetched. `IMAGE_NO_THUMBNAIL`: This image cannot be made into a thumbnail. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `IMAGE_STORE_UNAVAILABLE`: The image store does not answer. `OVERLOADED`: Too many callbacks are waiting. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  revealImage: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description eNROLL's id of the application. */
        applicantId: string;
        /** @description Which image, by the field that names it. */
        field: 'livePhotoPath' | 'idFrontScanPath' | 'idBackScanPath' | 'passportScanPath' | 'photo';
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RevealReasonBody'];
      };
    };
    responses: {
      /** @description The bytes, whole. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/jpeg': string;
          'image/png': string;
          'image/webp': string;
          'application/pdf': string;
        };
      };
      /** @description A second person has to approve it. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RevealRequestDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. `IMAGE_MISSING`: eNROLL does not have this image. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `IMAGE_NOT_FETCHED`: The image is not fetched yet. `IMAGE_NOT_AN_IMAGE`: eNROLL sent something that is not an image. `IMAGE_FAILED`: The image could not be fetched. `REVEAL_NOT_APPROVED`: The reveal is not approved. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `IMAGE_STORE_UNAVAILABLE`: The image store does not answer. `OVERLOADED`: Too many callbacks are waiting. `AUDIT_UNAVAILABLE`: The audit cannot be written, so nothing is shown or changed. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listReconciliationRuns: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description Absent: all. */
        state?: 'waiting' | 'running' | 'completed' | 'failed' | 'cancelled';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  startReconciliationRun: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['StartRunBody'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readReconciliationRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the run. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  cancelReconciliationRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the run. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listReconciliationGaps: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description Absent: all. */
        state?: 'open' | 'healed' | 'ignored';
        /** @description Absent: all. */
        kind?: 'missing_here' | 'different_here' | 'missing_there';
        /** @description Only gaps last seen by this run. */
        runId?: string;
        /** @description Only gaps of this applicant. */
        applicantId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GapPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  healReconciliationGaps: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['HealGapsBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealedDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_FOUND`: Not found at eNROLL. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_AUTH`: eNROLL refused our credentials. `ENROLL_FORBIDDEN`: eNROLL does not allow this. `ENROLL_REFUSED`: eNROLL refused the request. `ENROLL_UNAVAILABLE`: eNROLL does not answer. `ENROLL_BAD_ANSWER`: The answer of eNROLL does not fit the dialect. `ENROLL_ANSWER_TOO_LARGE`: The answer of eNROLL is too large. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `ENROLL_BUSY`: eNROLL must not be called right now. `OVERLOADED`: Too many callbacks are waiting. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_TIMEOUT`: eNROLL took too long to answer. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  healReconciliationGap: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the gap. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GapDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. `ENROLL_NOT_FOUND`: Not found at eNROLL. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_AUTH`: eNROLL refused our credentials. `ENROLL_FORBIDDEN`: eNROLL does not allow this. `ENROLL_REFUSED`: eNROLL refused the request. `ENROLL_UNAVAILABLE`: eNROLL does not answer. `ENROLL_BAD_ANSWER`: The answer of eNROLL does not fit the dialect. `ENROLL_ANSWER_TOO_LARGE`: The answer of eNROLL is too large. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `ENROLL_BUSY`: eNROLL must not be called right now. `OVERLOADED`: Too many callbacks are waiting. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_TIMEOUT`: eNROLL took too long to answer. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  ignoreReconciliationGap: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the gap. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['IgnoreGapBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GapDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  stateCompleteness: {
    parameters: {
      query: {
        /** @description Enrolled at or after this time; a date is the beginning of that day in Cairo. */
        from: string;
        /** @description Enrolled before this time; a date is the beginning of that day in Cairo. */
        to: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignedStatementDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ENROLL_NOT_CONFIGURED`: eNROLL's query API is not configured. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readJwks: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JwksDto'];
        };
      };
      /** @description `METHOD_NOT_ALLOWED`: The method is not allowed here. */
      405: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listErasures: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description Only these; all where it is absent. */
        state?: 'restricted' | 'held' | 'erasing' | 'erased';
        /** @description Only those of this applicant. E.g. `A-1001`. */
        applicantId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErasurePageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  requestErasure: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RequestErasureBody'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErasureDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ERASURE_UNDER_WAY`: An erasure of this applicant is under way. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `AUDIT_UNAVAILABLE`: The audit cannot be written, so nothing is shown or changed. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readErasure: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the erasure. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ErasureDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readErasureCertificate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the erasure. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignedCertificateDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ERASURE_NOT_DONE`: The erasure is not done yet. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readErasureCertificatePdf: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the erasure. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The file. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/pdf': string;
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ERASURE_NOT_DONE`: The erasure is not done yet. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  accessSubject: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PersonBody'];
      };
    };
    responses: {
      /** @description The file. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/zip': string;
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `AUDIT_UNAVAILABLE`: The audit cannot be written, so nothing is shown or changed. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listAlerts: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description Absent: both. */
        state?: 'open' | 'resolved';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AlertPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readAlert: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the alert. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AlertDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  testAlerts: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TestedDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  acknowledgeAlert: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the alert. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AlertDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listEndpoints: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndpointPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  createEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateEndpointBody'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedEndpointDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. `ENDPOINT_TARGET_FORBIDDEN`: Nothing may be sent to this target. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndpointDetailDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  deleteEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Deleted. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  updateEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateEndpointBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndpointDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. `ENDPOINT_TARGET_FORBIDDEN`: Nothing may be sent to this target. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  pauseEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndpointDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  resumeEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndpointDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  rotateEndpointSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NewSecretDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listDeliveries: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description `due`: waits for its next attempt, or for an earlier event of its applicant. `dead`: given up. */
        state?: 'due' | 'delivered' | 'dead';
        /** @description Only events about this applicant. */
        applicantId?: string;
        /** @description Only events of this type. */
        event?:
          | 'applicant.created'
          | 'applicant.updated'
          | 'applicant.outcome_changed'
          | 'applicant.flagged'
          | 'applicant.images_ready'
          | 'applicant.erased'
          | 'rollcall.test';
      };
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
        /** @description The `webhook-id`. */
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listAttempts: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
        /** @description The `webhook-id`. */
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AttemptPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  resendDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
        /** @description The `webhook-id`. */
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  testEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Queued: read the delivery for its result. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  recoverDeliveries: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BulkBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  replayEvents: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the endpoint. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BulkBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BulkDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readOverview: {
    parameters: {
      query?: {
        /** @description Start of the range, rounded down to the hour; a date means the start of that day in Cairo. Absent: the start of the day six days before the end. E.g. `2026-11-01`. */
        from?: string;
        /** @description End of the range, rounded up to the hour and excluded; a date means the start of that day in Cairo. Absent: now. E.g. `2026-12-01`. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OverviewDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  countApplicants: {
    parameters: {
      query?: {
        /** @description Start of the range, rounded down to the hour; a date means the start of that day in Cairo. Absent: the start of the day six days before the end. E.g. `2026-11-01`. */
        from?: string;
        /** @description End of the range, rounded up to the hour and excluded; a date means the start of that day in Cairo. Absent: now. E.g. `2026-12-01`. */
        to?: string;
        /** @description Hours of UTC, days of Cairo (23 to 25 hours), or the whole range in one; at most 400 buckets. */
        bucket?: 'hour' | 'day' | 'none';
        /** @description What to group by. */
        by?: 'outcome' | 'status' | 'governorate' | 'nationality' | 'documentType' | 'flag';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApplicantStatsDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  countEvents: {
    parameters: {
      query?: {
        /** @description Start of the range, rounded down to the hour; a date means the start of that day in Cairo. Absent: the start of the day six days before the end. E.g. `2026-11-01`. */
        from?: string;
        /** @description End of the range, rounded up to the hour and excluded; a date means the start of that day in Cairo. Absent: now. E.g. `2026-12-01`. */
        to?: string;
        /** @description Hours of UTC, days of Cairo (23 to 25 hours), or the whole range in one; at most 400 buckets. */
        bucket?: 'hour' | 'day' | 'none';
        /** @description `source` and `outcome` count only versions: other events have no source. */
        by?: 'type' | 'source' | 'outcome';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventStatsDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  countCallbacks: {
    parameters: {
      query?: {
        /** @description Start of the range, rounded down to the hour; a date means the start of that day in Cairo. Absent: the start of the day six days before the end. E.g. `2026-11-01`. */
        from?: string;
        /** @description End of the range, rounded up to the hour and excluded; a date means the start of that day in Cairo. Absent: now. E.g. `2026-12-01`. */
        to?: string;
        /** @description Hours of UTC, days of Cairo (23 to 25 hours), or the whole range in one; at most 400 buckets. */
        bucket?: 'hour' | 'day' | 'none';
        /** @description Where the lists came from. */
        source?: 'callback' | 'replay' | 'reconciliation';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CallbackStatsDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readSilence: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SilenceDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readStatus: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StatusDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listJobs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobListDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listSettings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SettingListDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  streamLive: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events until the caller leaves, the key or session is over, or the server stops. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. `TOO_MANY_READERS_OF_KEY`: This API key has too many readers waiting for the feed. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_READERS`: Too many readers wait for the feed. `DATABASE_UNAVAILABLE`: The database does not answer. `SHUTTING_DOWN`: The server is stopping. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listAudit: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description At or after this time. E.g. `2026-11-01T00:00:00Z`. */
        from?: string;
        /** @description Before this time. E.g. `2026-12-01T00:00:00Z`. */
        to?: string;
        /** @description What was done to this applicant. E.g. `A-1001`. */
        applicantId?: string;
        /** @description Done by this API key, or `cli:<user>@<host>`. E.g. `core-banking`. */
        actor?: string;
        /** @description Of this kind. E.g. `applicant.read`. */
        action?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  verifyAudit: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['VerifyAuditBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditVerdictDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `OVERLOADED`: Too many callbacks are waiting. `AUDIT_UNAVAILABLE`: The audit cannot be written, so nothing is shown or changed. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  reportPrivacy: {
    parameters: {
      query: {
        /** @description At or after this time; a date begins in UTC. */
        from: string;
        /** @description Before this time. */
        to: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignedPrivacyReportDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listHolds: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
        /** @description Only these; all where it is absent. */
        state?: 'placed' | 'lifted';
        /** @description Only those on this applicant, by its id or by its national id. Of lifted ones those by its id are known alone. E.g. `A-1001`. */
        applicantId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HoldPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  placeHold: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PlaceHoldBody'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HoldDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `ERASURE_UNDER_WAY`: An erasure of this applicant is under way. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `APPLICANT_ERASED`: The personal data of this applicant was erased. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `AUDIT_UNAVAILABLE`: The audit cannot be written, so nothing is shown or changed. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  liftHold: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the hold. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HoldDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `AUDIT_UNAVAILABLE`: The audit cannot be written, so nothing is shown or changed. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readRetentionPolicy: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  previewRetention: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PreviewDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `AUDIT_UNAVAILABLE`: The audit cannot be written, so nothing is shown or changed. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listRetentionRuns: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RetentionRunPageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  startRetentionRun: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RetentionRunDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `AUDIT_UNAVAILABLE`: The audit cannot be written, so nothing is shown or changed. `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readRetentionRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the run. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RetentionRunDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readRetentionCertificate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the run. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignedCertificateDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyListDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  rotateKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RotatedKeyDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `KEYS_IN_SETTINGS`: The key ring is in the settings: rollcall keys rotate prints a new key for it. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readReseal: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResealDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  resealKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResealDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  retireKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the key. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RetireKeyBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RetiredDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. `KEY_IN_USE`: The key is still in use. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listTimeline: {
    parameters: {
      query?: {
        /** @description Most items to answer. */
        limit?: number;
        /** @description `nextCursor` of the previous page; opaque. */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description eNROLL's id of the application. */
        applicantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TimelinePageDto'];
        };
      };
      /** @description `BAD_REQUEST`: The request is not valid. `UNKNOWN_FILTER`: The query has an unknown parameter. `BAD_CURSOR`: The cursor is not one of ours. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. `RESTRICTED`: The applicant is under erasure: nothing of it is shown. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `NOT_FOUND`: Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `APPLICANT_ERASED`: The personal data of this applicant was erased. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  checkIntegration: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CheckIntegrationBody'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IntegrationCheckDto'];
        };
      };
      /** @description `NOT_JSON`: The body is not JSON. `TOO_DEEP`: The JSON is nested too deeply. `BAD_REQUEST`: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOKEN_MISSING`: A bearer token is required. `TOKEN_INVALID`: The bearer token is not valid. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `INSUFFICIENT_SCOPE`: The credential lacks the needed scope. `ADDRESS_NOT_ALLOWED`: This may not be called from your address. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `CONFLICT`: The request conflicts with the current state. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `BODY_TOO_LARGE`: The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `UNSUPPORTED_MEDIA_TYPE`: The body is of a type that is not accepted here. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many requests. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `DATABASE_UNAVAILABLE`: The database does not answer. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  onApplicantCreated: {
    parameters: {
      query?: never;
      header: {
        /** @description The same for every attempt of one event: drop an id that you have seen. */
        'webhook-id': string;
        /** @description When this attempt was made, in seconds since 1970. */
        'webhook-timestamp': string;
        /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; two while a secret is rotated. */
        'webhook-signature': string;
        /** @description `true` where the database was restored after the event: it may have been sent before. */
        'rollcall-may-be-repeated'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "applicant.created",
         *       "timestamp": "2026-11-23T08:00:00.000Z",
         *       "data": {
         *         "applicantId": "5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1",
         *         "version": 1,
         *         "outcome": "accepted",
         *         "previousOutcome": null,
         *         "status": 4,
         *         "changedFields": [
         *           "applicantId",
         *           "firstName",
         *           "familyName",
         *           "status"
         *         ],
         *         "flags": [],
         *         "receiptId": "019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1",
         *         "cursor": "WyJjaGFuZ2VzIiw…"
         *       }
         *     }
         */
        'application/json': components['schemas']['MessageDto'];
      };
    };
    responses: {
      /** @description Disables the endpoint. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Delivered. Anything else except 410 is tried again. */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onApplicantUpdated: {
    parameters: {
      query?: never;
      header: {
        /** @description The same for every attempt of one event: drop an id that you have seen. */
        'webhook-id': string;
        /** @description When this attempt was made, in seconds since 1970. */
        'webhook-timestamp': string;
        /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; two while a secret is rotated. */
        'webhook-signature': string;
        /** @description `true` where the database was restored after the event: it may have been sent before. */
        'rollcall-may-be-repeated'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "applicant.updated",
         *       "timestamp": "2026-11-23T08:00:00.000Z",
         *       "data": {
         *         "applicantId": "5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1",
         *         "version": 2,
         *         "outcome": "accepted",
         *         "previousOutcome": "accepted",
         *         "status": 4,
         *         "changedFields": [
         *           "address"
         *         ],
         *         "flags": [],
         *         "receiptId": "019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1",
         *         "cursor": "WyJjaGFuZ2VzIiw…"
         *       }
         *     }
         */
        'application/json': components['schemas']['MessageDto'];
      };
    };
    responses: {
      /** @description Disables the endpoint. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Delivered. Anything else except 410 is tried again. */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onApplicantOutcomeChanged: {
    parameters: {
      query?: never;
      header: {
        /** @description The same for every attempt of one event: drop an id that you have seen. */
        'webhook-id': string;
        /** @description When this attempt was made, in seconds since 1970. */
        'webhook-timestamp': string;
        /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; two while a secret is rotated. */
        'webhook-signature': string;
        /** @description `true` where the database was restored after the event: it may have been sent before. */
        'rollcall-may-be-repeated'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "applicant.outcome_changed",
         *       "timestamp": "2026-11-23T08:00:00.000Z",
         *       "data": {
         *         "applicantId": "5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1",
         *         "version": 2,
         *         "outcome": "rejected",
         *         "previousOutcome": "accepted",
         *         "status": 5,
         *         "changedFields": [
         *           "status"
         *         ],
         *         "flags": [],
         *         "receiptId": "019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1",
         *         "cursor": "WyJjaGFuZ2VzIiw…"
         *       }
         *     }
         */
        'application/json': components['schemas']['MessageDto'];
      };
    };
    responses: {
      /** @description Disables the endpoint. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Delivered. Anything else except 410 is tried again. */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onApplicantFlagged: {
    parameters: {
      query?: never;
      header: {
        /** @description The same for every attempt of one event: drop an id that you have seen. */
        'webhook-id': string;
        /** @description When this attempt was made, in seconds since 1970. */
        'webhook-timestamp': string;
        /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; two while a secret is rotated. */
        'webhook-signature': string;
        /** @description `true` where the database was restored after the event: it may have been sent before. */
        'rollcall-may-be-repeated'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "applicant.flagged",
         *       "timestamp": "2026-11-23T08:00:00.000Z",
         *       "data": {
         *         "applicantId": "5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1",
         *         "version": 2,
         *         "outcome": "accepted",
         *         "previousOutcome": null,
         *         "status": 4,
         *         "changedFields": [],
         *         "flags": [
         *           "nationalIdChecksum"
         *         ],
         *         "receiptId": "019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1",
         *         "cursor": "WyJjaGFuZ2VzIiw…"
         *       }
         *     }
         */
        'application/json': components['schemas']['MessageDto'];
      };
    };
    responses: {
      /** @description Disables the endpoint. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Delivered. Anything else except 410 is tried again. */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onApplicantImagesReady: {
    parameters: {
      query?: never;
      header: {
        /** @description The same for every attempt of one event: drop an id that you have seen. */
        'webhook-id': string;
        /** @description When this attempt was made, in seconds since 1970. */
        'webhook-timestamp': string;
        /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; two while a secret is rotated. */
        'webhook-signature': string;
        /** @description `true` where the database was restored after the event: it may have been sent before. */
        'rollcall-may-be-repeated'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "applicant.images_ready",
         *       "timestamp": "2026-11-23T08:00:00.000Z",
         *       "data": {
         *         "applicantId": "5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1",
         *         "version": 2,
         *         "outcome": "accepted",
         *         "previousOutcome": null,
         *         "status": 4,
         *         "changedFields": [],
         *         "flags": [],
         *         "receiptId": null,
         *         "cursor": "WyJjaGFuZ2VzIiw…"
         *       }
         *     }
         */
        'application/json': components['schemas']['MessageDto'];
      };
    };
    responses: {
      /** @description Disables the endpoint. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Delivered. Anything else except 410 is tried again. */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onApplicantErased: {
    parameters: {
      query?: never;
      header: {
        /** @description The same for every attempt of one event: drop an id that you have seen. */
        'webhook-id': string;
        /** @description When this attempt was made, in seconds since 1970. */
        'webhook-timestamp': string;
        /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; two while a secret is rotated. */
        'webhook-signature': string;
        /** @description `true` where the database was restored after the event: it may have been sent before. */
        'rollcall-may-be-repeated'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "applicant.erased",
         *       "timestamp": "2026-11-23T08:00:00.000Z",
         *       "data": {
         *         "applicantId": "5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1",
         *         "version": 2,
         *         "outcome": "accepted",
         *         "previousOutcome": null,
         *         "status": 4,
         *         "changedFields": [],
         *         "flags": [],
         *         "receiptId": null,
         *         "cursor": "WyJjaGFuZ2VzIiw…"
         *       }
         *     }
         */
        'application/json': components['schemas']['MessageDto'];
      };
    };
    responses: {
      /** @description Disables the endpoint. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Delivered. Anything else except 410 is tried again. */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  onRollcallTest: {
    parameters: {
      query?: never;
      header: {
        /** @description The same for every attempt of one event: drop an id that you have seen. */
        'webhook-id': string;
        /** @description When this attempt was made, in seconds since 1970. */
        'webhook-timestamp': string;
        /** @description `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; two while a secret is rotated. */
        'webhook-signature': string;
        /** @description `true` where the database was restored after the event: it may have been sent before. */
        'rollcall-may-be-repeated'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "type": "rollcall.test",
         *       "timestamp": "2026-11-23T08:00:00.000Z",
         *       "data": {
         *         "applicantId": "5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1",
         *         "version": 2,
         *         "outcome": "unknown",
         *         "previousOutcome": null,
         *         "status": null,
         *         "changedFields": [],
         *         "flags": [],
         *         "receiptId": null,
         *         "cursor": ""
         *       }
         *     }
         */
        'application/json': components['schemas']['MessageDto'];
      };
    };
    responses: {
      /** @description Disables the endpoint. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description Delivered. Anything else except 410 is tried again. */
      '2XX': {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
}
