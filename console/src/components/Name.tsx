/** What people wrote: names, addresses, reasons. Its direction is its own, and does not disturb the text around it. */
export function Name({ children }: { children: string | null | undefined }) {
  if (children === null || children === undefined || children === '') return <Nothing />;
  return <bdi>{children}</bdi>;
}

/** Stands where there is no value. */
export function Nothing() {
  return <span className="nothing">–</span>;
}
