const TLS_FAULT = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|^ERR_(SSL|TLS)|^EPROTO$/;

/** Whether this error code means that the other side is not trusted, or that no TLS could be negotiated. */
export function isTlsFault(code: string): boolean {
  return TLS_FAULT.test(code);
}
