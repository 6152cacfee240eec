/** Registers the elements of the operator console. */
import { OtpConsole } from './otp-console.ts';
import { CopyButton } from './parts/copy-button.ts';
import { DialogBox } from './parts/dialog-box.ts';
import { SignIn } from './sign-in.ts';
import { ConnectorCard } from './views/connector-card.ts';
import { ConnectorsView } from './views/connectors-view.ts';
import { FiguresView } from './views/figures-view.ts';
import { MessagePreviews } from './views/message-previews.ts';
import { MessagesView } from './views/messages-view.ts';
import { ResourceEditor } from './views/resource-editor.ts';
import { ResourcesView } from './views/resources-view.ts';
import { SessionsView } from './views/sessions-view.ts';
import { UsageChart } from './views/usage-chart.ts';
import { UsageView } from './views/usage-view.ts';

const ELEMENTS = {
  'console-sign-in': SignIn,
  'copy-button': CopyButton,
  'dialog-box': DialogBox,
  'connector-card': ConnectorCard,
  'connectors-view': ConnectorsView,
  'figures-view': FiguresView,
  'message-previews': MessagePreviews,
  'messages-view': MessagesView,
  'resource-editor': ResourceEditor,
  'resources-view': ResourcesView,
  'sessions-view': SessionsView,
  'usage-chart': UsageChart,
  'usage-view': UsageView,
  'otp-console': OtpConsole,
} as const;

for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(name, element);
