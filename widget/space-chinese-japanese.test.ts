import { describeSpace } from './testing/space.ts';

describeSpace(['ja', 'zh', 'zh-Hant']);
