import { describeSpace } from '../../support/widget/space.ts';

describeSpace(['ar', 'he']);
