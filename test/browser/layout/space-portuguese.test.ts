import { describeSpace } from '../../support/widget/space.ts';

describeSpace(['pt', 'pt-PT']);
