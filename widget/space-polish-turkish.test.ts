import { describeSpace } from './testing/space.ts';

describeSpace(['pl', 'tr']);
