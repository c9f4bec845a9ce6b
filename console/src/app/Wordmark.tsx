import { Link } from 'react-router';
import mark from './mark.svg';

export function Wordmark() {
  return (
    <Link to="/" className="wordmark">
      <img src={mark} alt="" width={24} height={24} />
      <bdi>Rollcall</bdi>
    </Link>
  );
}
