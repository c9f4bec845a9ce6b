import '@mantine/core/styles/Notification.css';
import { Notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.css';

export { notifications } from '@mantine/notifications';

export default function Toasts() {
  return <Notifications position="bottom-right" />;
}
