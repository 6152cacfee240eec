import { describeSpace } from './testing/space.ts';

describeSpace(['es', 'fr', 'it']);
