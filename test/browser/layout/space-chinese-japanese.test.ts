import { describeSpace } from '../../support/widget/space.ts';

describeSpace(['ja', 'zh', 'zh-Hant']);
