import { describeSpace } from './testing/space.ts';

describeSpace(['pt', 'pt-PT']);
