import { describeSpace } from './testing/space.ts';

describeSpace(['ar', 'he']);
