import { Anchor } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { Ltr } from './Ltr';

/** Where nobody is logged in yet, and help is not open. */
const OUTSIDE = ['/login', '/invite'];

/** The code of an error, which leads to what it means. In a window of its own: a form that is half filled in stays. */
export function ErrorCode({ code }: { code: string }) {
  const { pathname } = useLocation();
  if (OUTSIDE.includes(pathname)) return <Ltr>{code}</Ltr>;
  return (
    <Anchor
      component={Link}
      to={`/help/errors#${code}`}
      target="_blank"
      underline="always"
      c="inherit"
      inherit
    >
      <Ltr>{code}</Ltr>
    </Anchor>
  );
}
