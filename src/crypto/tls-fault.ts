const TLS_FAULT = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|^ERR_(SSL|TLS)|^EPROTO$/;

/** Whether an error of this code says that the other side is not trusted, or that TLS could not be agreed on. */
export function isTlsFault(code: string): boolean {
  return TLS_FAULT.test(code);
}
