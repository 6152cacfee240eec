import { describeSpace } from '../../support/widget/space.ts';

describeSpace(['pl', 'tr']);
