import { describeSpace } from './testing/space.ts';

describeSpace(['en', 'de', 'nl']);
