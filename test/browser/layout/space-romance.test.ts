import { describeSpace } from '../../support/widget/space.ts';

describeSpace(['es', 'fr', 'it']);
