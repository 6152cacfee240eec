import { describeSpace } from '../../support/widget/space.ts';

describeSpace(['en', 'de', 'nl']);
